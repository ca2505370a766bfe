// Which declared file a header belongs to, and by which delimiter: the two are found together, for the right delimiter
// is the one that gives known columns.
import { issue, type Issue } from '../../model/issue.js';
import type { TextPayload } from '../payload/text-payload.js';
import { headerValues } from './rows.js';

/** A kind of file that a feed knows, told by its columns. */
export interface CsvFile {
  readonly columns: readonly string[];
  /** Consecutive rows with equal values in these columns form one message. */
  readonly group?: readonly string[];
}

export type CsvFiles = Readonly<Record<string, CsvFile>>;

export interface Header {
  readonly kind: string;
  readonly file: CsvFile;
  readonly delimiter: string;
  /** The names as the header has them, in its order. */
  readonly columns: readonly string[];
}

interface Candidate extends Header {
  readonly shared: number;
}

const delimiters = [',', ';', '\t', '|'];

/** How many of the declared columns the header has; 0 when that is not more than half of either. */
function sharedColumns(declared: readonly string[], columns: readonly string[]): number {
  const found = new Set(columns);
  const shared = declared.filter((column) => found.has(column)).length;
  return shared * 2 > Math.max(declared.length, columns.length) ? shared : 0;
}

/** How much of both column sets is shared: 1 for the same set. */
const likeness = ({ shared, file, columns }: Candidate): number =>
  shared / (file.columns.length + columns.length - shared);

function candidates(payload: TextPayload, files: CsvFiles): Candidate[] {
  return delimiters.flatMap((delimiter) => {
    const columns = headerValues(payload, delimiter).map((name) => name.trim());
    return Object.entries(files).map(([kind, file]) => ({
      kind,
      file,
      delimiter,
      columns,
      shared: sharedColumns(file.columns, columns),
    }));
  });
}

/** The file kind whose columns the header has, or has most of; undefined when none is near. */
export function matchHeader(payload: TextPayload, files: CsvFiles): Header | undefined {
  return candidates(payload, files)
    .filter(({ shared }) => shared > 0)
    .reduce<Candidate | undefined>((best, one) => (best && likeness(best) >= likeness(one) ? best : one), undefined);
}

const plainName = /^[A-Za-z_][\w .()/-]{0,63}$/;

/** A column's name for messages: a header that is no header at all must not leak its values. */
export const printable = (name: string, index: number): string => (plainName.test(name) ? name : `#${index + 1}`);

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

/** `csv.header-drift` with the columns that differ, `csv.header-duplicate` (fatal) for one named twice. */
export function headerIssues({ file, columns }: Header): Issue[] {
  const position = { path: 'row 1' };
  const twice = columns.findIndex((name, index) => columns.indexOf(name) < index);
  if (twice >= 0) {
    return [issue('csv.header-duplicate', { column: printable(columns[twice] ?? '', twice) }, { position })];
  }
  const declared = new Set(file.columns);
  const present = new Set(columns);
  const missing = file.columns.filter((name) => !present.has(name));
  const added = columns.map((name, index) => (declared.has(name) ? '' : printable(name, index))).filter(Boolean);
  if (missing.length + added.length === 0) return [];
  return [issue('csv.header-drift', { missing: listed(missing), added: listed(added) }, { position })];
}
