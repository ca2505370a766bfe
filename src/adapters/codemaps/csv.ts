// A code map as CSV (RFC 4180): a line for each target of a source code, under a fixed header.
import { CsvError, parse } from 'csv-parse/sync';
import { GatewayError } from '../../model/error.js';
import { equivalences, type Equivalence } from '../../terminology/code-map.js';
import { equivalenceBy, relationshipBy, relationships } from '../../terminology/concept-maps/decisions.js';
import type { MapRow, RowTarget } from '../../terminology/concept-maps/rows.js';

export const csvColumns = [
  'system',
  'code',
  'display',
  'relationship',
  'target_system',
  'target_code',
  'target_display',
  'comment',
] as const;

type Line = Readonly<Record<(typeof csvColumns)[number], string>>;

export const printCsv = (rows: readonly MapRow[]): string =>
  [csvColumns.join(','), ...rows.flatMap(linesOf)].map((line) => `${line}\r\n`).join('');

const linesOf = (row: MapRow): string[] =>
  (row.targets.length === 0 ? [nothing] : row.targets).map((target) =>
    [
      ...[row.system, row.code, row.display, relationshipBy.get(target.equivalence) ?? target.equivalence],
      ...(target.code === undefined ? ['', ''] : [target.system, target.code]),
      ...[target.display, target.comment],
    ]
      .map(quoted)
      .join(','),
  );

const nothing: RowTarget = { system: '', equivalence: 'unmatched' };

const quoted = (value = ''): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/**
 * The rows of a CSV text in UTF-8. Columns may stand in any order; those that are always empty may be left out.
 *
 * @throws GatewayError `incorrect` with the line that cannot be read.
 */
export function parseCsv(bytes: Uint8Array): readonly MapRow[] {
  const lines = read(bytes);
  const rows = new Map<string, MapRow>();
  for (const { record, info } of lines) {
    const place = `line ${info.lines}`;
    if ((record.code ?? '') === '') throw new GatewayError('incorrect', `${place}, column code: is required.`);
    const row = rowOf(place, record);
    const known = rows.get(row.code);
    if (known !== undefined && isSameTarget(known, row))
      throw new GatewayError('incorrect', `${place}: says again what ${known.place} says.`);
    rows.set(row.code, known === undefined ? row : { ...known, targets: [...known.targets, ...row.targets] });
  }
  return [...rows.values()];
}

const isSameTarget = (known: MapRow, { targets: [target] }: MapRow): boolean =>
  known.targets.some(({ system, code }) => system === target?.system && code === target.code);

interface ReadLine {
  readonly record: Partial<Line>;
  readonly info: { readonly lines: number };
}

const csv = { columns: header, info: true, skip_empty_lines: true, trim: true, bom: true } as const;

function read(bytes: Uint8Array): readonly ReadLine[] {
  const text = utf8(bytes);
  try {
    return parse<ReadLine>(text, csv);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { code, lines = 1 } = error as CsvError & { readonly lines?: number };
    throw new GatewayError('incorrect', `line ${lines}: is not well-formed CSV (${code}).`);
  }
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new GatewayError('incorrect', 'The CSV is not UTF-8.');
  }
}

function header(names: readonly string[]): string[] {
  const strange = names.findIndex((name) => !(csvColumns as readonly string[]).includes(name));
  if (strange !== -1)
    throw new GatewayError('incorrect', `line 1, column ${strange + 1}: is none of ${csvColumns.join(', ')}.`);
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (twice !== -1) throw new GatewayError('incorrect', `line 1, column ${twice + 1}: stands there twice.`);
  return [...names];
}

function rowOf(place: string, record: Partial<Line>): MapRow {
  const { system = '', code = '', display = '', target_system = '', target_code = '' } = record;
  const { relationship = '', target_display = '', comment = '' } = record;
  const equivalence = equivalenceOf.get(relationship);
  if (equivalence === undefined)
    throw new GatewayError('incorrect', `${place}, column relationship: is none of ${relationships.join(', ')}.`);
  const target: RowTarget = {
    ...{ system: target_system, equivalence },
    ...(target_code !== '' && { code: target_code }),
    ...(target_display !== '' && { display: target_display }),
    ...(comment !== '' && { comment }),
  };
  return { place, system, code, ...(display !== '' && { display }), targets: [target] };
}

/** The words of decisions, and R4's own for the rows that have no other. */
const equivalenceOf: ReadonlyMap<string, Equivalence> = new Map([
  ...equivalences.map((word) => [word, word] as const),
  ...relationships.map((word) => [word, equivalenceBy[word]] as const),
]);
