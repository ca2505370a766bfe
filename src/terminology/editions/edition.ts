// An edition, read: views over the columns of its file, and the questions they answer. Nothing here changes anything, so
// every thread may read the same bytes.
import { flags } from './builder.js';
import { hashOf } from './code-hash.js';
import { viewsOf, type EditionHeader, type Sections } from './file-format.js';
import { inEvery } from './postings.js';
import { wordsOf } from './words.js';

const decoder = new TextDecoder();

interface Texts {
  readonly bytes: Uint8Array;
  readonly ends: Int32Array;
}

interface Lists {
  readonly offsets: Int32Array;
  readonly values: Int32Array;
}

// Texts are copied out of the buffer to be decoded: TextDecoder refuses memory that threads share.
function textAt({ bytes, ends }: Texts, index: number): string {
  const from = index === 0 ? 0 : ends[index - 1]!;
  return decoder.decode(bytes.slice(from, ends[index]));
}

const listAt = ({ offsets, values }: Lists, key: number): Int32Array => values.subarray(offsets[key], offsets[key + 1]);

/** Is the number in the sorted list? */
export function holds(sorted: Int32Array, wanted: number): boolean {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle]!;
    if (value === wanted) return true;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

export class Edition {
  readonly header: EditionHeader;
  readonly size: number;
  readonly #views: Sections;
  readonly #codes: Texts;
  readonly #hash: Int32Array;
  readonly #flags: Uint8Array;
  readonly #ancestors: Lists;
  readonly #descendants: Lists;

  /** @param buffer the sections of the file. */
  constructor(header: EditionHeader, buffer: ArrayBufferLike) {
    this.header = header;
    this.size = header.concepts;
    this.#views = viewsOf(header, buffer);
    this.#codes = this.#texts('codes');
    this.#hash = this.#ints('codes.hash');
    this.#flags = this.#bytes('flags');
    this.#ancestors = this.#lists('ancestors');
    this.#descendants = this.#lists('descendants');
  }

  /** The concept's ordinal; -1 when there is none with this code. */
  find(code: string): number {
    const mask = this.#hash.length - 1;
    for (let slot = hashOf(code) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#hash[slot]!;
      if (entry === 0) return -1;
      if (this.#isCode(entry - 1, code)) return entry - 1;
    }
  }

  // Character by character: making a text of every candidate costs more than the look-up.
  #isCode(ordinal: number, code: string): boolean {
    const { bytes, ends } = this.#codes;
    const from = ordinal === 0 ? 0 : ends[ordinal - 1]!;
    if (ends[ordinal]! - from !== code.length) return false;
    for (let index = 0; index < code.length; index += 1)
      if (bytes[from + index] !== code.charCodeAt(index)) return false;
    return true;
  }

  code(ordinal: number): string {
    const { bytes, ends } = this.#codes;
    let code = '';
    for (let index = ordinal === 0 ? 0 : ends[ordinal - 1]!; index < ends[ordinal]!; index += 1)
      code += String.fromCharCode(bytes[index]!);
    return code;
  }

  isInactive(ordinal: number): boolean {
    return (this.#flags[ordinal]! & flags.inactive) !== 0;
  }

  isAbstract(ordinal: number): boolean {
    return (this.#flags[ordinal]! & flags.abstract) !== 0;
  }

  isDefined(ordinal: number): boolean {
    return (this.#flags[ordinal]! & flags.defined) !== 0;
  }

  parents(ordinal: number): Int32Array {
    return listAt(this.#lists('parents'), ordinal);
  }
  children(ordinal: number): Int32Array {
    return listAt(this.#lists('children'), ordinal);
  }
  /** Sorted. */
  ancestors(ordinal: number): Int32Array {
    return listAt(this.#ancestors, ordinal);
  }
  /** Sorted. */
  descendants(ordinal: number): Int32Array {
    return listAt(this.#descendants, ordinal);
  }

  /** Is `concept` the ancestor itself, or below it? */
  isA(concept: number, ancestor: number): boolean {
    return concept === ancestor || holds(this.ancestors(concept), ancestor);
  }

  display(ordinal: number): string | undefined {
    const row = this.#ints('display')[ordinal]!;
    return row < 0 ? undefined : this.designation(row).value;
  }

  displayRow(ordinal: number): number {
    return this.#ints('display')[ordinal]!;
  }

  /** Rows of the concept's designations, in the order of the release. */
  designationRows(ordinal: number): Int32Array {
    const offsets = this.#ints('designations.offsets');
    return this.#ints('designations.rows').subarray(offsets[ordinal], offsets[ordinal + 1]);
  }

  designation(row: number): {
    readonly value: string;
    readonly language: string;
    readonly use: number;
    readonly flags: number;
  } {
    return {
      value: textAt(this.#texts('designations'), row),
      language: this.header.languages[this.#bytes('designations.language')[row]!] ?? '',
      use: this.#bytes('designations.use')[row]!,
      flags: this.#bytes('designations.flags')[row]!,
    };
  }

  /** Where the attributes of a concept stand in the columns. */
  attributeSpan(ordinal: number): readonly [from: number, to: number] {
    const offsets = this.#ints('attributes.offsets');
    return [offsets[ordinal]!, offsets[ordinal + 1]!];
  }
  get attributeTypes(): Int32Array {
    return this.#ints('attributes.type');
  }
  get attributeTargets(): Int32Array {
    return this.#ints('attributes.target');
  }
  get attributeGroups(): Int32Array {
    return this.#ints('attributes.group');
  }

  text(index: number): string {
    return textAt(this.#texts('texts'), index);
  }

  /** The rows of all properties: those of concept `k` are from offset `k` to offset `k + 1`. */
  get propertyOffsets(): Int32Array {
    return this.#ints('properties.offsets');
  }
  /** Which column of the header a row is of. */
  get propertyIds(): Int32Array {
    return this.#ints('properties.property');
  }
  /** The text that is a row's value. */
  get propertyValues(): Int32Array {
    return this.#ints('properties.value');
  }

  properties(ordinal: number): readonly { readonly property: number; readonly value: string }[] {
    const [ids, values] = [this.propertyIds, this.propertyValues];
    return this.#rows('properties', ordinal, (row) => ({ property: ids[row]!, value: this.text(values[row]!) }));
  }

  /** The first value of one of these columns; undefined: the concept has none. */
  firstValue(ordinal: number, columns: readonly number[]): string | undefined {
    const [offsets, ids] = [this.propertyOffsets, this.propertyIds];
    for (let row = offsets[ordinal]!; row < offsets[ordinal + 1]!; row += 1)
      if (columns.includes(ids[row]!)) return this.text(this.propertyValues[row]!);
    return undefined;
  }

  /** Members of a reference set, in no order; empty for a concept that is none. */
  members(set: number): Int32Array {
    return listAt(this.#lists('members'), set);
  }

  /** What replaces an inactive concept, and how. */
  associations(ordinal: number): readonly { readonly type: number; readonly target: number }[] {
    const [types, targets] = [this.#ints('associations.type'), this.#ints('associations.target')];
    return this.#rows('associations', ordinal, (row) => ({ type: types[row]!, target: targets[row]! }));
  }

  /** What each of a concept's rows in a section holds. */
  #rows<T>(section: string, ordinal: number, read: (row: number) => T): readonly T[] {
    const offsets = this.#ints(`${section}.offsets`);
    const found: T[] = [];
    for (let row = offsets[ordinal]!; row < offsets[ordinal + 1]!; row += 1) found.push(read(row));
    return found;
  }

  /** Concepts that have, for every word of the text, a word that begins with it; sorted. */
  matching(text: string): Int32Array {
    return inEvery(
      [...new Set(wordsOf(text))].map((word) => this.#beginning(word)),
      this.size,
    );
  }

  /** Postings of all words that begin so; a concept stands there once for each. */
  #beginning(prefix: string): Int32Array {
    const { offsets, values } = this.#lists('postings');
    return values.subarray(offsets[this.#firstWord(prefix)], offsets[this.#firstWord(`${prefix}\u{10ffff}`)]);
  }

  /** The first word that is not before the text. */
  #firstWord(text: string): number {
    const words = this.#texts('words');
    let [low, high] = [0, words.ends.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (textAt(words, middle) < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #ints(name: string): Int32Array {
    return this.#views[name] as Int32Array;
  }
  #bytes(name: string): Uint8Array {
    return this.#views[name] as Uint8Array;
  }
  #texts(name: string): Texts {
    return { bytes: this.#bytes(`${name}.bytes`), ends: this.#ints(`${name}.ends`) };
  }
  #lists(name: string): Lists {
    return { offsets: this.#ints(`${name}.offsets`), values: this.#ints(`${name}.values`) };
  }
}
