// Where the records of a CSV file begin and end (RFC 4180 section 2), in one pass and one record at a time.
//
// csv-parse splits and unquotes the values, and is strict; but it cannot go on behind a quote that is never closed, for
// to it the rest of the file is one value. So the boundaries are found here first: a record that is not well-formed ends
// at its own line break, and reading starts again on the next line. A quote that fails to close is met again only by the
// lines between it and the next odd run of quotes, so no byte is looked at more than three times.

export interface CsvRecord {
  /** Its number in the file; the header is row 1, and blank lines count, as in a spreadsheet. */
  readonly row: number;
  /** Bytes, without the line break. */
  readonly start: number;
  readonly end: number;
  /** Why it is not well-formed: one of a fixed list of sentences. */
  readonly fault?: string;
}

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const isLineEnd = (byte: number | undefined): boolean =>
  byte === lineFeed || byte === carriageReturn || byte === undefined;

/** The closing quote of a value whose text starts at `at`; -1 when there is none. */
function closingQuote(bytes: Buffer, at: number): number {
  let found = bytes.indexOf(quote, at);
  while (found >= 0 && bytes[found + 1] === quote) found = bytes.indexOf(quote, found + 2);
  return found;
}

/** The byte after the value that starts at `at` (a delimiter or line end), or why it is no value. */
function endOfValue(bytes: Buffer, at: number, delimiter: number): number | string {
  if (bytes[at] !== quote) return endOfPlainValue(bytes, at, delimiter);
  const close = closingQuote(bytes, at + 1);
  if (close < 0) return 'a quoted value is not closed';
  const after = bytes[close + 1];
  return after === delimiter || isLineEnd(after) ? close + 1 : 'text follows a closing quote';
}

function endOfPlainValue(bytes: Buffer, start: number, delimiter: number): number | string {
  let at = start;
  for (; bytes[at] !== delimiter && !isLineEnd(bytes[at]); at++) {
    if (bytes[at] === quote) return 'a quote stands in a value that is not quoted';
  }
  return at;
}

/** The offset of a well-formed record's value by its number from 0; the record's end when it has fewer. */
export function valueOffset(bytes: Buffer, record: CsvRecord, delimiter: number, index: number): number {
  let at = record.start;
  for (let passed = 0; passed < index && at < record.end; passed++) {
    const end = endOfValue(bytes, at, delimiter);
    at = typeof end === 'string' ? record.end : end + 1;
  }
  return at;
}

function endOfLine(bytes: Buffer, start: number): number {
  let at = start;
  while (!isLineEnd(bytes[at])) at++;
  return at;
}

function recordAt(bytes: Buffer, start: number, row: number, delimiter: number): CsvRecord {
  let end = endOfValue(bytes, start, delimiter);
  while (typeof end === 'number' && bytes[end] === delimiter) end = endOfValue(bytes, end + 1, delimiter);
  return typeof end === 'number' ? { row, start, end } : { row, start, end: endOfLine(bytes, start), fault: end };
}

const afterLineEnd = (bytes: Buffer, end: number): number =>
  bytes[end] === carriageReturn && bytes[end + 1] === lineFeed ? end + 2 : end + 1;

/** Every record that is not a blank line, in order; lines end with CR LF, LF or CR. */
export function* readRecords(bytes: Buffer, from: number, delimiter: number): Generator<CsvRecord> {
  let row = 1;
  for (let at = from; at < bytes.length; row++) {
    const record = recordAt(bytes, at, row, delimiter);
    if (record.end > record.start) yield record;
    at = afterLineEnd(bytes, record.end);
  }
}
