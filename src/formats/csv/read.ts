// A CSV payload to source messages: one for each row, or for each group of consecutive rows.
import type { Envelope } from '../../model/envelope.js';
import { issue, type Issue } from '../../model/issue.js';
import { refusal, success, type Result } from '../../model/result.js';
import type { SourceMessage } from '../../model/source.js';
import { looksLike } from '../payload/looks-like.js';
import { openText, type TextPayload } from '../payload/text-payload.js';
import { headerIssues, matchHeader, type CsvFiles, type Header } from './header.js';
import { CsvMessage, CsvTable } from './message.js';
import { readRecords } from './records.js';
import { readRows, type CsvRow } from './rows.js';

export interface CsvReading {
  readonly files: CsvFiles;
  readonly limits: { readonly bytes: number };
}

export interface CsvPayload {
  /** What is wrong with, or worth saying of, the payload as a whole. */
  readonly issues: readonly Issue[];
  /** Read as they are asked for; every walk over them starts anew. */
  readonly messages: Iterable<Result<SourceMessage>>;
}

/**
 * Reads a payload of CSV (RFC 4180; `,` `;` tab or `|`). A header that the feed does not know, or that names a column
 * twice, gives no message; columns that differ from the declared ones are `csv.header-drift`. A row that is not
 * well-formed (`csv.syntax`) or has too few or many values (`csv.ragged-row`) is refused by itself: the others go on,
 * and a group it stands in stays one.
 */
export function readCsv(envelope: Envelope, { files, limits }: CsvReading): CsvPayload {
  const payload = openText(envelope, 'CSV', limits);
  if (!payload.ok) return { issues: payload.issues, messages: [] };
  const header = matchHeader(payload.value, files);
  if (!header) return { issues: [...payload.issues, noHeader(payload.value)], messages: [] };
  const issues = [...payload.issues, ...headerIssues(header), ...noRows(payload.value, header)];
  if (issues.some(({ severity }) => severity === 'fatal')) return { issues, messages: [] };
  const table = new CsvTable(payload.value, header);
  return { issues, messages: { [Symbol.iterator]: () => messagesOf(table) } };
}

/** A header that might be one of CSV is called unknown; anything else is named for what it looks like. */
function noHeader({ bytes }: TextPayload): Issue {
  const name = looksLike(bytes);
  return name === 'delimited text'
    ? issue('csv.header-missing', {}, { position: { path: 'row 1', offset: 0 } })
    : issue('read.wrong-format', { format: 'CSV', looksLike: name });
}

function noRows({ bytes, from }: TextPayload, { delimiter }: Header): Issue[] {
  const [, first] = firstTwo(readRecords(bytes, from, delimiter.charCodeAt(0)));
  return first === undefined ? [issue('csv.no-rows', {}, { position: { path: 'row 1' } })] : [];
}

function firstTwo<T>(items: Iterator<T>): readonly [T | undefined, T | undefined] {
  return [items.next().value as T | undefined, items.next().value as T | undefined];
}

function messagesOf(table: CsvTable): Generator<Result<SourceMessage>> {
  const columns = table.header.file.group?.flatMap((name) => table.indexOf(name) ?? []) ?? [];
  const isWhole = columns.length > 0 && columns.length === table.header.file.group?.length;
  return isWhole ? groupedMessages(table, columns) : rowMessages(table);
}

/** A good row, or the issue that refuses it; the header is passed over. */
function* dataRows(table: CsvTable): Generator<CsvRow | Issue> {
  const rows = readRows(table.payload, table.header.delimiter);
  rows.next();
  for (const row of rows) yield faultOf(row, table) ?? row;
}

const isIssue = (found: CsvRow | Issue): found is Issue => 'code' in found;

function* rowMessages(table: CsvTable): Generator<Result<SourceMessage>> {
  for (const row of dataRows(table)) {
    yield isIssue(row) ? refusal(row) : success(new CsvMessage(table, [row]));
  }
}

/** A refused row inside a group comes before the group's message. */
function* groupedMessages(table: CsvTable, columns: readonly number[]): Generator<Result<SourceMessage>> {
  let group: CsvRow[] = [];
  for (const row of dataRows(table)) {
    if (isIssue(row)) {
      yield refusal(row);
      continue;
    }
    const [first] = group;
    if (first && columns.some((index) => first.values[index] !== row.values[index])) {
      yield success(new CsvMessage(table, group));
      group = [];
    }
    group.push(row);
  }
  if (group.length > 0) yield success(new CsvMessage(table, group));
}

function faultOf(row: CsvRow, table: CsvTable): Issue | undefined {
  const { fault } = row.record;
  if (fault !== undefined) return issue('csv.syntax', { reason: fault }, { position: table.position(row) });
  const found = row.values.length;
  if (found === table.width) return undefined;
  return issue('csv.ragged-row', { found, expected: table.width }, { position: table.position(row) });
}
