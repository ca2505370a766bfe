// Finds the segments that divide a payload: message headers, and the headers and trailers of files and batches
// (HL7 v2.5.1 ch. 2.10.3).
import { Breaks } from './breaks.js';

export type HeaderName = 'FHS' | 'BHS' | 'MSH' | 'BTS' | 'FTS';

export interface Header {
  readonly name: HeaderName;
  readonly start: number;
  /** Where its line starts: before a byte order mark that a file brought along when it was appended to another. */
  readonly line: number;
}

/** All headers and trailers that start a line, in order. */
export function findHeaders(view: string): Header[] {
  const found: Header[] = [];
  const breaks = new Breaks(view, lineBreaks);
  for (let line = 0; line < view.length; line = breaks.from(line) + 1) {
    const start = lineText(view, line);
    const name = nameAt(view, start);
    if (name && separated(view.charCodeAt(start + 3), name)) found.push({ name, start, line });
  }
  return found;
}

/** CR, LF, and the start and end blocks of MLLP. */
const lineBreaks = ['\r', '\n', '\x0b', '\x1c'];

/** Where the text of a line starts: a byte order mark and some blanks may stand before it. */
function lineText(view: string, line: number): number {
  const from =
    view.charCodeAt(line) === 0xef && view.startsWith(byteOrderMark, line) ? line + byteOrderMark.length : line;
  let i = from;
  while (i < from + 64 && isBlank(view.charCodeAt(i))) i++;
  return i;
}

const names: readonly HeaderName[] = ['MSH', 'FHS', 'BHS', 'BTS', 'FTS'];

/** Most lines start with a letter that no header does. */
function nameAt(view: string, start: number): HeaderName | undefined {
  const code = view.charCodeAt(start);
  if (code !== 77 && code !== 70 && code !== 66) return undefined;
  return names.find((name) => view.startsWith(name, start));
}

/** What follows the name must be able to be MSH-1; a trailer may have no field at all. */
const separated = (code: number, name: HeaderName): boolean =>
  Number.isNaN(code) || code === 13 || code === 10
    ? name.endsWith('TS')
    : code > 32 && code < 127 && !isAlphanumeric(code);

const isAlphanumeric = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

const byteOrderMark = '\xef\xbb\xbf';
const isBlank = (code: number): boolean => code === 32 || code === 9;
const isBreak = (code: number): boolean => code === 13 || code === 10 || code === 11 || code === 28;

/** Where text starts in a stretch of a payload; its end when there is none. */
export function firstText(view: string, start: number, end: number): number {
  let i = start === 0 && view.startsWith(byteOrderMark) ? 3 : start;
  while (i < end && (isBlank(view.charCodeAt(i)) || isBreak(view.charCodeAt(i)) || view.charCodeAt(i) === 12)) i++;
  return i;
}
