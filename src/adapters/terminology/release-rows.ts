// The files of a release, read row by row; the first row is the heading. A row of another width than the heading tells that
// the file was cut short or damaged, and is refused with file and line.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { GatewayError } from '../../model/error.js';

const chunkSize = 1 << 20;

/** The lines of a file; of the last one, what there is of it. */
function* linesOf(path: string, encoding = 'utf-8'): Iterable<string> {
  const handle = openSync(path, 'r');
  try {
    const decoder = new TextDecoder(encoding);
    const chunk = new Uint8Array(Math.min(chunkSize, fstatSync(handle).size + 1));
    let rest = '';
    for (let count = readSync(handle, chunk); count > 0; count = readSync(handle, chunk)) {
      const lines = (rest + decoder.decode(chunk.subarray(0, count), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(handle);
  }
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

interface Row {
  /** Of its last line, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const damaged = (path: string, line: number, why: string): GatewayError =>
  new GatewayError('incorrect', `${basename(path)}, line ${line}: ${why}. The file is cut short or damaged.`);

/** All rows but the heading, each of its width. */
function* checked(path: string, rows: Iterable<Row>): Iterable<readonly string[]> {
  let width: number | undefined;
  for (const { line, cells } of rows) {
    if (width === undefined) width = cells.length;
    else if (cells.length === width) yield cells;
    else throw damaged(path, line, `${cells.length} columns where the heading has ${width}`);
  }
}

function* tabbed(path: string, encoding?: string): Iterable<Row> {
  let line = 0;
  for (const text of linesOf(path, encoding)) {
    line += 1;
    yield { line, cells: withoutReturn(text).split('\t') };
  }
}

/** The rows of a file with tabs between its columns. */
export const tabbedRows = (path: string): Iterable<readonly string[]> => checked(path, tabbed(path));

/**
 * The rows of a file with bars between its columns and no heading.
 *
 * @param width columns that every row must have; a bar may end a row.
 */
export function* barredRows(path: string, width: number): Iterable<readonly string[]> {
  let line = 0;
  for (const text of linesOf(path)) {
    line += 1;
    const cells = withoutReturn(text).split('|');
    if (cells.length < width) throw damaged(path, line, `${cells.length} columns of ${width}`);
    yield cells;
  }
}

/** The lines of a file that a reader understands. */
export function* readLines<T>(path: string, read: (line: string) => T | undefined): Iterable<T> {
  let line = 0;
  for (const text of linesOf(path)) {
    line += 1;
    const found = read(withoutReturn(text));
    if (found === undefined) throw damaged(path, line, 'it has not the columns it should have');
    yield found;
  }
}

const cell = /(?:"((?:[^"]|"")*)"|([^,"]*))(,|$)/y;

/** RFC 4180; undefined: a quote stands where none may. */
function cellsOf(text: string): readonly string[] | undefined {
  const cells: string[] = [];
  cell.lastIndex = 0;
  for (let found = cell.exec(text); found !== null; found = cell.exec(text)) {
    const [, quoted, plain = '', end] = found;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') return cells;
  }
  return undefined;
}

const quotes = (text: string): number => text.split('"').length - 1;

/** A quoted cell may hold line breaks: a row ends where its quotes are closed. */
function* commaSeparated(path: string): Iterable<Row> {
  let [line, open] = [0, ''];
  for (const text of linesOf(path)) {
    line += 1;
    const row = open + withoutReturn(text);
    if (quotes(row) % 2 === 1) {
      open = `${row}\n`;
      continue;
    }
    open = '';
    if (row === '') continue;
    const cells = cellsOf(line === 1 ? row.replace(/^\ufeff/, '') : row);
    if (cells === undefined) throw damaged(path, line, 'quotes stand where none may');
    yield { line, cells };
  }
  if (open !== '') throw damaged(path, line, 'a quote is not closed');
}

/** A row by the names of its columns. */
export type NamedRow = Readonly<Record<string, string>>;

/**
 * The rows of a file of comma-separated values, by the names in its heading.
 *
 * @param columns must all be there: a file that lacks one is not what it is taken for.
 */
export const namedRows = (path: string, columns: readonly string[]): Iterable<NamedRow> =>
  named(path, commaSeparated(path), columns);

/** The same of a file with tabs between its columns. @param encoding a label of https://encoding.spec.whatwg.org. */
export const namedTabbedRows = (path: string, columns: readonly string[], encoding: string): Iterable<NamedRow> =>
  named(path, tabbed(path, encoding), columns);

function* named(path: string, all: Iterable<Row>, columns: readonly string[]): Iterable<NamedRow> {
  const rows = all[Symbol.iterator]();
  const heading = (rows.next().value as Row | undefined)?.cells ?? [];
  const missing = columns.filter((each) => !heading.includes(each));
  if (missing.length > 0) throw new GatewayError('incorrect', `${basename(path)} has no column ${missing.join(', ')}.`);
  const others = { [Symbol.iterator]: () => rows };
  for (const { line, cells } of others) {
    if (cells.length !== heading.length)
      throw damaged(path, line, `${cells.length} columns where the heading has ${heading.length}`);
    yield Object.fromEntries(heading.map((name, index) => [name, cells[index]!]));
  }
}
