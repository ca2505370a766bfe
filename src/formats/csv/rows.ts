// Records to rows of values, through csv-parse.
//
// The pipeline is synchronous and a file may be large, so neither csv-parse's stream (asynchronous) nor its sync call on
// the whole file (every row in memory at once) fits. Its sync call on a batch of records does: what is held is one batch,
// and the start-up cost of a parser is shared by a thousand rows.
import { parse } from 'csv-parse/sync';
import type { TextPayload } from '../payload/text-payload.js';
import { readRecords, type CsvRecord } from './records.js';

export interface CsvRow {
  readonly record: CsvRecord;
  /** Unquoted; empty for a record with a fault. */
  readonly values: readonly string[];
}

const batchRows = 1000;
const batchBytes = 1 << 20;

/** The values of well-formed records. */
function split(payload: TextPayload, records: readonly CsvRecord[], delimiter: string): string[][] {
  const text = records.map(({ start, end }) => payload.decode(start, end)).join('\n');
  return parse(text, { delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true });
}

function* rowsOf(payload: TextPayload, batch: readonly CsvRecord[], delimiter: string): Generator<CsvRow> {
  const lines = split(
    payload,
    batch.filter(({ fault }) => fault === undefined),
    delimiter,
  ).values();
  for (const record of batch) {
    yield { record, values: record.fault === undefined ? (lines.next().value ?? []) : [] };
  }
}

/** Every row of the payload, the header first. */
export function* readRows(payload: TextPayload, delimiter: string): Generator<CsvRow> {
  let batch: CsvRecord[] = [];
  let size = 0;
  for (const record of readRecords(payload.bytes, payload.from, delimiter.charCodeAt(0))) {
    batch.push(record);
    size += record.end - record.start;
    if (batch.length < batchRows && size < batchBytes) continue;
    yield* rowsOf(payload, batch, delimiter);
    batch = [];
    size = 0;
  }
  yield* rowsOf(payload, batch, delimiter);
}

/** The header's values, read with this delimiter; none when it is not well-formed. */
export function headerValues(payload: TextPayload, delimiter: string): string[] {
  const first = readRecords(payload.bytes, payload.from, delimiter.charCodeAt(0)).next();
  if (first.done || first.value.fault !== undefined) return [];
  return split(payload, [first.value], delimiter)[0] ?? [];
}
