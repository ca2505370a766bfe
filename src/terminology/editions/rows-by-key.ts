// Rows grouped by an ordinal in compressed form: the rows of `k` are those from offsets[k] to offsets[k + 1].

export interface Grouping {
  readonly offsets: Int32Array;
  /** Row numbers, key by key, each key's in their first order. */
  readonly order: Int32Array;
}

/** A counting sort: stable, in two passes. */
export function groupRows(keys: Int32Array, size: number): Grouping {
  const offsets = new Int32Array(size + 1);
  for (const key of keys) offsets[key + 1]! += 1;
  for (let key = 0; key < size; key += 1) offsets[key + 1]! += offsets[key]!;
  const next = offsets.slice(0, size);
  const order = new Int32Array(keys.length);
  for (let row = 0; row < keys.length; row += 1) order[next[keys[row]!]!++] = row;
  return { offsets, order };
}

/** The values of the rows in a grouping's order. */
export function arranged(values: Int32Array, order: Int32Array): Int32Array {
  const result = new Int32Array(order.length);
  for (let place = 0; place < order.length; place += 1) result[place] = values[order[place]!]!;
  return result;
}

/** Values by key: both grouped at once. */
export function valuesByKey(
  keys: Int32Array,
  values: Int32Array,
  size: number,
): { offsets: Int32Array; values: Int32Array } {
  const { offsets, order } = groupRows(keys, size);
  return { offsets, values: arranged(values, order) };
}
