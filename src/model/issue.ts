// One thing found wrong, or worth saying, about a message. It carries positions and codes, never message content.
import { issueCatalogue, type IssueCode, type Severity } from './issues.js';

/** Where in the source: `PID-3[1].4`, `/Orders/0/ID` or `row 17, column VALUE`, with the offset of its first byte. */
export interface Position {
  readonly path: string;
  /** Bytes from the start of the payload; absent where the format has none to give. */
  readonly offset?: number;
  /** From 1, in bytes; of texts that people write in lines. */
  readonly line?: number;
  readonly column?: number;
}

export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  /** The catalogue's sentence with its arguments filled in. */
  readonly text: string;
  readonly position?: Position;
  /** FHIRPath of the element concerned, e.g. `Observation.value.ofType(Quantity).unit`. */
  readonly expression?: string;
  /** The mapping rule that met it, `module#rule`. */
  readonly rule?: string;
  /** What the reference validator calls it, where that is not one of its messages: the invariant. */
  readonly messageId?: string;
}

export interface IssueContext {
  readonly position?: Position;
  readonly expression?: string;
  readonly rule?: string;
  readonly messageId?: string;
  /** Overrides the catalogue's severity where a contract or rule decides so. */
  readonly severity?: Severity;
}

/**
 * Makes an issue of the catalogue. Arguments fill `{name}` in its text; they are names, counts and positions of the
 * configuration or the standards, never values of the message.
 */
export function issue(
  code: IssueCode,
  args: Readonly<Record<string, string | number>> = {},
  context: IssueContext = {},
): Issue {
  return Object.assign(
    { code, severity: issueCatalogue[code].severity, text: filled(sentenceOf(code), args) },
    context,
  );
}

/** A sentence of the catalogue taken apart: every second part is the name of an argument. */
type Sentence = readonly string[];

const sentences = new Map<IssueCode, Sentence>();

function sentenceOf(code: IssueCode): Sentence {
  let sentence = sentences.get(code);
  if (sentence === undefined) sentences.set(code, (sentence = issueCatalogue[code].text.split(/\{(\w+)\}/)));
  return sentence;
}

function filled(sentence: Sentence, args: Readonly<Record<string, string | number>>): string {
  let text = sentence[0]!;
  for (let i = 1; i < sentence.length; i += 2) {
    const name = sentence[i]!;
    text += String(args[name] ?? `{${name}}`) + sentence[i + 1]!;
  }
  return text;
}

const rank: Readonly<Record<Severity, number>> = { fatal: 0, error: 1, warning: 2, information: 3 };

/** True when `a` weighs at least as much as `b`. */
export const atLeast = (a: Severity, b: Severity): boolean => rank[a] <= rank[b];
