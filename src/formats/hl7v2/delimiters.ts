// The delimiters a message declares for itself in MSH-1 and MSH-2 (HL7 v2.8.2 ch. 2.5.4; FHS and BHS do the same).

/** Character codes; -1 where the header declares none. */
export interface Delimiters {
  readonly field: number;
  readonly component: number;
  readonly repetition: number;
  readonly escape: number;
  readonly subcomponent: number;
  /** From v2.7 on: ends a value that the sender cut short. */
  readonly truncation: number;
  /** The escape character is written twice, as if the header had been escaped by a programming language. */
  readonly doubled: boolean;
}

/** What the standard recommends and most senders use, without truncation (ch. 2.5.4). */
const recommended: Delimiters = {
  field: 124,
  component: 94,
  repetition: 126,
  escape: 92,
  subcomponent: 38,
  truncation: -1,
  doubled: false,
};

/** Reads the delimiters of the header segment that starts at `start`; undefined when they cannot be told apart. */
export function readDelimiters(view: string, start: number, end: number): Delimiters | undefined {
  if (view.startsWith('|^~\\&|', start + 3)) return recommended;
  const field = view.charCodeAt(start + 3);
  const stop = view.indexOf(view.charAt(start + 3), start + 4);
  const declared = codes(view, start + 4, stop < 0 || stop > end ? end : stop);
  const doubled = declared.length === 5 && declared[2] === declared[3];
  if (doubled) declared.splice(3, 1);
  if (!usable([field, ...declared])) return undefined;
  const [component = -1, repetition = -1, escape = -1, subcomponent = -1, truncation = -1] = declared;
  return { field, component, repetition, escape, subcomponent, truncation, doubled };
}

function codes(view: string, start: number, end: number): number[] {
  const found: number[] = [];
  for (let i = start; i < end && found.length < 6; i++) found.push(view.charCodeAt(i));
  return found;
}

/** One to five encoding characters beside the separator, all different, printable and no letters or digits. */
const usable = (all: readonly number[]): boolean =>
  all.length >= 2 && all.length <= 6 && new Set(all).size === all.length && all.every(isDelimiter);

/** True for ASCII punctuation: what can delimit without being mistaken for text. */
export function isDelimiter(code: number): boolean {
  return (code > 32 && code < 48) || (code > 57 && code < 65) || (code > 90 && code < 97) || (code > 122 && code < 127);
}
