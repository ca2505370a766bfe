// CSV as the mapping compiler sees it: columns are checked against the columns that the package declares for its files.
//
//   VALUE, "Total Cost"  the cell of that column; quotes are allowed where the name is no plain word
//   row                  in a message module: the rows of the message
//   .                    the place itself
//
// A message of a file without `group` is one row, so its columns do not repeat. In a message module of a grouped file a
// column stands in every row, and repeats.
import {
  type PathRefusal,
  type Place,
  type SourceContext,
  type SourceDescription,
  type SourceMessage,
  type SourcePath,
} from '../../model/source.js';
import type { CsvFiles } from './header.js';
import type { CsvMessage } from './message.js';

const csv = (message: SourceMessage): CsvMessage => message as CsvMessage;

type Shape = Pick<SourcePath, 'text' | 'datatype' | 'repeats'>;

const self = (shape: Shape): SourcePath => ({ ...shape, all: (_, at) => [at], first: (_, at) => at });

const rows = (shape: Shape): SourcePath => ({
  ...shape,
  all: (message, at) => csv(message).rowsAt(at),
  first: (message, at) => csv(message).rowsAt(at)[0],
});

function cells(shape: Shape, column: string): SourcePath {
  const all = (message: SourceMessage, at: Place): Place[] =>
    csv(message)
      .rowsAt(at)
      .flatMap((row) => csv(message).cell(row, column) ?? []);
  return { ...shape, all, first: (message, at) => all(message, at)[0] };
}

/** The file kinds a context is about, and whether it may hold several rows. */
function filesOf(context: SourceContext): { files: readonly string[]; message: boolean } | undefined {
  if (context.kind === 'message') return { files: context.structures, message: true };
  if (context.kind === 'file') return { files: context.files, message: true };
  return context.kind === 'row' ? { files: context.files, message: false } : undefined;
}

const unquoted = (text: string): string => /^"(.*)"$/s.exec(text)?.[1] ?? text;

/** The description of a package's CSV files; a column that one of a module's files lacks is refused. */
export function describeCsv(files: CsvFiles): SourceDescription {
  const path = (text: string, context: SourceContext): SourcePath | PathRefusal => {
    const about = filesOf(context);
    if (!about)
      return { reason: 'A CSV module reads a file or a row', mend: 'Write source: { format: csv, row: […] }' };
    const repeats = about.message && about.files.some((kind) => files[kind]?.group !== undefined);
    const shape = { text, datatype: undefined, repeats };
    if (text === '.') return self({ ...shape, repeats: false });
    if (text === 'row' && about.message) return rows(shape);
    const column = unquoted(text);
    return unknownColumn(files, column, about.files) ?? cells(shape, column);
  };
  return {
    format: 'csv',
    path,
    within: (to, context) => (to.text === 'row' ? rowContext(context) : context),
  };
}

const rowContext = (context: SourceContext): SourceContext => ({ kind: 'row', files: filesOf(context)?.files ?? [] });

function unknownColumn(files: CsvFiles, column: string, kinds: readonly string[]): PathRefusal | undefined {
  const lacking = kinds.find((kind) => !files[kind]?.columns.includes(column));
  if (lacking === undefined) return undefined;
  const file = files[lacking];
  if (!file)
    return {
      reason: `The package declares no file "${lacking}"`,
      mend: `Use one of: ${Object.keys(files).join(', ')}`,
    };
  return { reason: `File "${lacking}" has no column "${column}"`, mend: `Use one of: ${file.columns.join(', ')}` };
}
