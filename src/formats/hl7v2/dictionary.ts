// The HL7 v2 dictionary as run-time code receives it: one union over versions 2.1 to 2.8, written by
// build/hl7v2-dictionary.ts. Rows are strings so that it loads fast; a row is parsed when it is first asked for.
import { parseGrammar, type Grammar } from './grammar.js';

/**
 * Cells of a row are separated by blanks and stand for numbers 1, 2, 3…: `CX*` is a repeating CX, `CWE:0001` a CWE with
 * table 0001, `-` a number that no version defines.
 */
export interface Hl7v2Dictionary {
  /** Fields by segment: `PID` -> `SI CX CX* …`. */
  readonly segments: Readonly<Record<string, string>>;
  /** Components by data type: `CX` -> `ST ST ID:0061 HD:0363 …`; `` for a primitive. */
  readonly types: Readonly<Record<string, string>>;
  /** Grammars by message structure: `ADT_A01` -> `MSH SFT* …`; see grammar.ts. */
  readonly structures: Readonly<Record<string, string>>;
  /** HL7 table 0354, where the trigger event is not the structure's own: `ADT^A08` -> `ADT_A01`. */
  readonly triggers: Readonly<Record<string, string>>;
}

/** A field of a segment, or a component of a data type. */
export interface ElementRow {
  readonly datatype: string;
  readonly repeats: boolean;
  /** HL7 table of four digits. */
  readonly table?: string;
}

/** The dictionary with its rows parsed on demand. Make one per dictionary with {@link lexiconOf}. */
export class Lexicon {
  readonly dictionary: Hl7v2Dictionary;
  readonly #segments = new Map<string, readonly (ElementRow | undefined)[]>();
  readonly #types = new Map<string, readonly (ElementRow | undefined)[]>();
  readonly #structures = new Map<string, Grammar>();

  constructor(dictionary: Hl7v2Dictionary) {
    this.dictionary = dictionary;
  }

  /** The fields of a segment, from index 1; undefined for a segment of no version. */
  fields(segment: string): readonly (ElementRow | undefined)[] | undefined {
    return parsed(this.#segments, this.dictionary.segments, segment, parseRow);
  }

  /** The components of a data type, from index 1; empty for a primitive, undefined for an unknown type. */
  components(datatype: string): readonly (ElementRow | undefined)[] | undefined {
    return parsed(this.#types, this.dictionary.types, datatype, parseRow);
  }

  /** The grammar of a message structure. */
  structure(name: string): Grammar | undefined {
    return parsed(this.#structures, this.dictionary.structures, name, parseGrammar);
  }
}

function parsed<T>(
  cache: Map<string, T>,
  rows: Readonly<Record<string, string>>,
  key: string,
  parse: (row: string) => T,
): T | undefined {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (!Object.hasOwn(rows, key)) return undefined;
  const value = parse(rows[key] ?? '');
  cache.set(key, value);
  return value;
}

function parseRow(row: string): (ElementRow | undefined)[] {
  const cells: (ElementRow | undefined)[] = [undefined];
  for (const cell of row === '' ? [] : row.split(' ')) cells.push(parseCell(cell));
  return cells;
}

function parseCell(cell: string): ElementRow | undefined {
  if (cell === '-') return undefined;
  const [head = '', table] = cell.split(':');
  const repeats = head.endsWith('*');
  const row = { datatype: repeats ? head.slice(0, -1) : head, repeats };
  return table === undefined ? row : { ...row, table };
}

const lexicons = new WeakMap<Hl7v2Dictionary, Lexicon>();

/** The one lexicon of a dictionary, so that parsed rows are shared. */
export function lexiconOf(dictionary: Hl7v2Dictionary): Lexicon {
  const known = lexicons.get(dictionary);
  if (known) return known;
  const made = new Lexicon(dictionary);
  lexicons.set(dictionary, made);
  return made;
}
