// Finds the segments that divide a payload: message headers, and the headers and trailers of files and batches
// (HL7 v2.5.1 ch. 2.10.3).

export type HeaderName = 'FHS' | 'BHS' | 'MSH' | 'BTS' | 'FTS';

export interface Header {
  readonly name: HeaderName;
  readonly start: number;
  /** Where its line starts: before a byte order mark that a file brought along when it was appended to another. */
  readonly line: number;
}

const names: readonly HeaderName[] = ['MSH', 'FHS', 'BHS', 'BTS', 'FTS'];

/** All headers and trailers that start a line, in order. */
export function findHeaders(view: string): Header[] {
  const found = names.flatMap((name) => starts(view, name));
  return found.sort((a, b) => a.start - b.start);
}

function starts(view: string, name: HeaderName): Header[] {
  const found: Header[] = [];
  for (let start = view.indexOf(name); start >= 0; start = view.indexOf(name, start + 3)) {
    const line = separated(view.charCodeAt(start + 3), name) ? lineStart(view, start) : -1;
    if (line >= 0) found.push({ name, start, line });
  }
  return found;
}

/** What follows the name must be able to be MSH-1; a trailer may have no field at all. */
const separated = (code: number, name: HeaderName): boolean =>
  Number.isNaN(code) || code === 13 || code === 10
    ? name.endsWith('TS')
    : code > 32 && code < 127 && !isAlphanumeric(code);

const isAlphanumeric = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** Where the line of a header starts; -1 when more than blanks, a byte order mark or framing stands before it. */
function lineStart(view: string, start: number): number {
  let i = start;
  while (i > 0 && isBlank(view.charCodeAt(i - 1)) && start - i < 64) i--;
  if (view.startsWith(byteOrderMark, i - 3)) i -= 3;
  return i === 0 || isBreak(view.charCodeAt(i - 1)) ? i : -1;
}

const byteOrderMark = '\xef\xbb\xbf';
const isBlank = (code: number): boolean => code === 32 || code === 9;
/** CR, LF, and the start and end blocks of MLLP. */
const isBreak = (code: number): boolean => code === 13 || code === 10 || code === 11 || code === 28;

/** Where text starts in a stretch of a payload; its end when there is none. */
export function firstText(view: string, start: number, end: number): number {
  let i = start === 0 && view.startsWith(byteOrderMark) ? 3 : start;
  while (i < end && (isBlank(view.charCodeAt(i)) || isBreak(view.charCodeAt(i)) || view.charCodeAt(i) === 12)) i++;
  return i;
}
