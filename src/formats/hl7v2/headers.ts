// Finds the segments that divide a payload: message headers, and the headers and trailers of files and batches
// (HL7 v2.5.1 ch. 2.10.3).

export type HeaderName = 'FHS' | 'BHS' | 'MSH' | 'BTS' | 'FTS';

export interface Header {
  readonly name: HeaderName;
  readonly start: number;
}

const names: readonly HeaderName[] = ['MSH', 'FHS', 'BHS', 'BTS', 'FTS'];

/** All headers and trailers that start a line, in order. */
export function findHeaders(view: string): Header[] {
  const found = names.flatMap((name) => starts(view, name));
  return found.sort((a, b) => a.start - b.start);
}

function starts(view: string, name: HeaderName): Header[] {
  const found: Header[] = [];
  for (let at = view.indexOf(name); at >= 0; at = view.indexOf(name, at + 3))
    if (separated(view.charCodeAt(at + 3), name) && startsLine(view, at)) found.push({ name, start: at });
  return found;
}

/** What follows the name must be able to be MSH-1; a trailer may have no field at all. */
const separated = (code: number, name: HeaderName): boolean =>
  Number.isNaN(code) || code === 13 || code === 10
    ? name.endsWith('TS')
    : code > 32 && code < 127 && !isAlphanumeric(code);

const isAlphanumeric = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** Nothing but blanks, a byte order mark or MLLP framing before it on its line. */
function startsLine(view: string, at: number): boolean {
  let i = at - 1;
  while (i >= 0 && isBlank(view.charCodeAt(i)) && at - i < 64) i--;
  return i < 0 || isBreak(view.charCodeAt(i)) || (i === 2 && view.startsWith(byteOrderMark));
}

const byteOrderMark = '\xef\xbb\xbf';
const isBlank = (code: number): boolean => code === 32 || code === 9;
/** CR, LF, and the start and end blocks of MLLP. */
const isBreak = (code: number): boolean => code === 13 || code === 10 || code === 11 || code === 28;

/** True when a stretch of a payload holds text, not just blanks and framing. */
export const hasText = (view: string, start: number, end: number): boolean => firstText(view, start, end) < end;

/** Where text starts in a stretch of a payload; its end when there is none. */
export function firstText(view: string, start: number, end: number): number {
  let i = start === 0 && view.startsWith(byteOrderMark) ? 3 : start;
  while (i < end && (isBlank(view.charCodeAt(i)) || isBreak(view.charCodeAt(i)) || view.charCodeAt(i) === 12)) i++;
  return i;
}
