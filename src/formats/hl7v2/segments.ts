// Divides the text of one message into segments. CR ends a segment (HL7 v2.5.1 ch. 2.5.1); LF, CRLF and the end
// block of MLLP are taken for it, blank lines are passed over.
import { Breaks } from './breaks.js';
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
  const reader = new LineReader(view, separator);
  const breaks = new Breaks(view, lineBreaks);
  let terminated = true;
  for (let start = 0; start < view.length;) {
    const end = breaks.from(start);
    terminated = end < view.length;
    if (end > start) reader.read(start, end);
    start = end + 1;
  }
  return { segments: reader.segments, oddLines: reader.oddLines, terminated };
}

const lineBreaks = ['\r', '\n', '\x1c'];

class LineReader {
  readonly segments: Segment[] = [];
  readonly oddLines: OddLine[] = [];
  readonly #view: string;
  readonly #separator: number;
  #code = 0;
  #name = '';

  constructor(view: string, separator: number) {
    this.#view = view;
    this.#separator = separator;
  }

  read(start: number, end: number): void {
    if (this.#isNamed(start, end)) {
      this.#add(this.#nameAt(start), start, end);
      return;
    }
    const first = firstVisible(this.#view, start, end);
    if (first === end) return;
    if (this.#isNamed(first, end)) this.#add(this.#nameAt(first), first, end);
    else this.#readOdd(first, end);
  }

  #add(name: string, start: number, end: number): void {
    this.segments.push(new Segment(name, start, end, this.segments.length));
  }

  /** Segments of one name come in rows. */
  #nameAt(start: number): string {
    const view = this.#view;
    const code = (view.charCodeAt(start) << 16) | (view.charCodeAt(start + 1) << 8) | view.charCodeAt(start + 2);
    if (code !== this.#code) {
      this.#code = code;
      this.#name = nameOf(code);
    }
    return this.#name;
  }

  /** A name in lower case or of another length is kept as a segment; any other text continues the last one. */
  #readOdd(start: number, end: number): void {
    const separator = String.fromCharCode(this.#separator);
    const token = this.#view.slice(start, Math.min(end, start + 5)).split(separator, 1)[0] ?? '';
    const named = start + token.length < end && oddName.test(token);
    const last = this.segments.at(-1);
    this.oddLines.push({ offset: start, joined: !named && last !== undefined });
    if (named || !last) this.#add(named ? token.toUpperCase() : '', start, end);
    else last.end = end;
  }

  /** True where three characters of a segment name stand before the separator or the end of the line. */
  #isNamed(start: number, end: number): boolean {
    const view = this.#view;
    return (
      start + 3 <= end &&
      isUpper(view.charCodeAt(start)) &&
      isUpperOrDigit(view.charCodeAt(start + 1)) &&
      isUpperOrDigit(view.charCodeAt(start + 2)) &&
      (start + 3 === end || view.charCodeAt(start + 3) === this.#separator)
    );
  }
}

/** What may be meant as a segment name: `pid`, `PV`, `PIDX`. */
const oddName = /^(?:[A-Za-z][A-Za-z0-9]{2}|[A-Z][A-Z0-9]{1,3})$/;

const isUpper = (code: number): boolean => code >= 65 && code <= 90;
const isUpperOrDigit = (code: number): boolean => isUpper(code) || (code >= 48 && code <= 57);

function firstVisible(view: string, start: number, end: number): number {
  let i = start;
  while (i < end && (view.charCodeAt(i) <= 32 || view.charCodeAt(i) === 0xa0)) i++;
  return i;
}

const names = new Map<number, string>();

/** Segment names are few: one string each, so that comparing them is cheap. */
function nameOf(code: number): string {
  const known = names.get(code);
  if (known !== undefined) return known;
  const name = String.fromCharCode(code >> 16, (code >> 8) & 0xff, code & 0xff);
  names.set(code, name);
  return name;
}
