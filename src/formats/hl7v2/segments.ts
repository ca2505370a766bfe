// Divides the text of one message into segments. CR ends a segment (HL7 v2.5.1 ch. 2.5.1); LF, CRLF and the end
// block of MLLP are taken for it, blank lines are passed over.
import { Segment } from './places.js';

/** A line without a segment name. */
export interface OddLine {
  readonly offset: number;
  /** True when it was taken for the rest of the segment before it: a line break inside a field. */
  readonly joined: boolean;
}

export interface SegmentTable {
  readonly segments: readonly Segment[];
  readonly oddLines: readonly OddLine[];
  /** False when the last segment has no terminator. */
  readonly terminated: boolean;
}

/** Divides `view`, which starts with MSH, by line; `separator` is the code of MSH-1. */
export function readSegments(view: string, separator: number): SegmentTable {
  const drafts: Draft[] = [];
  const oddLines: OddLine[] = [];
  const nextBreak = breaksOf(view);
  let start = 0;
  let terminated = true;
  while (start < view.length) {
    const end = nextBreak(start);
    terminated = end < view.length;
    if (end > start) readLine(view, start, end, separator, drafts, oddLines);
    start = end + 1;
  }
  return {
    segments: drafts.map(({ name, start, end }, index) => new Segment(name, start, end, index)),
    oddLines,
    terminated,
  };
}

interface Draft {
  readonly name: string;
  readonly start: number;
  end: number;
}

function readLine(
  view: string,
  start: number,
  end: number,
  separator: number,
  drafts: Draft[],
  oddLines: OddLine[],
): void {
  if (named(view, start, end, separator)) {
    drafts.push({ name: nameAt(view, start), start, end });
    return;
  }
  const first = firstVisible(view, start, end);
  if (first === end) return;
  readOddLine(view, first, end, separator, drafts, oddLines);
}

/** A name after blanks is a segment; a token of another length before a separator too; the rest continues a field. */
function readOddLine(
  view: string,
  start: number,
  end: number,
  separator: number,
  drafts: Draft[],
  oddLines: OddLine[],
): void {
  if (named(view, start, end, separator)) {
    drafts.push({ name: nameAt(view, start), start, end });
    return;
  }
  const name = /^[A-Za-z0-9]{1,6}/.exec(view.slice(start, Math.min(end, start + 6)))?.[0] ?? '';
  const token = name !== '' && view.charCodeAt(start + name.length) === separator && start + name.length < end;
  const last = drafts.at(-1);
  oddLines.push({ offset: start, joined: !token && last !== undefined });
  if (token || !last) drafts.push({ name: token ? name : '', start, end });
  else last.end = end;
}

/** True where three characters of a segment name stand before the separator or the end of the line. */
function named(view: string, start: number, end: number, separator: number): boolean {
  return (
    start + 3 <= end &&
    isUpper(view.charCodeAt(start)) &&
    isUpperOrDigit(view.charCodeAt(start + 1)) &&
    isUpperOrDigit(view.charCodeAt(start + 2)) &&
    (start + 3 === end || view.charCodeAt(start + 3) === separator)
  );
}

const isUpper = (code: number): boolean => code >= 65 && code <= 90;
const isUpperOrDigit = (code: number): boolean => isUpper(code) || (code >= 48 && code <= 57);

function firstVisible(view: string, start: number, end: number): number {
  let i = start;
  while (i < end && (view.charCodeAt(i) <= 32 || view.charCodeAt(i) === 0xa0)) i++;
  return i;
}

/** The offset of the next line break at or after a place that only moves forward; the length where there is none. */
function breaksOf(view: string): (from: number) => number {
  const carriage = forward(view, '\r');
  const feed = forward(view, '\n');
  const block = forward(view, '\x1c');
  return (from) => Math.min(carriage(from), feed(from), block(from));
}

function forward(view: string, character: string): (from: number) => number {
  let next = -1;
  return (from) => {
    if (next < from) {
      next = view.indexOf(character, from);
      if (next < 0) next = view.length;
    }
    return next;
  };
}

const names = new Map<number, string>();

/** Segment names are few: one string each, so that comparing them is cheap. */
function nameAt(view: string, start: number): string {
  const code = (view.charCodeAt(start) << 16) | (view.charCodeAt(start + 1) << 8) | view.charCodeAt(start + 2);
  const known = names.get(code);
  if (known !== undefined) return known;
  const name = view.slice(start, start + 3);
  names.set(code, name);
  return name;
}
