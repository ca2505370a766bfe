// Rows by the table they stand in, in the order met.

export function byTable<T>(rows: readonly T[], tableOf: (row: T) => string): Map<string, T[]> {
  const tables = new Map<string, T[]>();
  for (const row of rows) {
    const table = tables.get(tableOf(row));
    if (table === undefined) tables.set(tableOf(row), [row]);
    else table.push(row);
  }
  return tables;
}
