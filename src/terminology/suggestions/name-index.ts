// Concepts by the words of their names: which of them a sender's name for a code may mean, likeliest first.
import { foldedText, wordsOf } from '../editions/words.js';

export interface Candidate {
  readonly system: string;
  readonly code: string;
  /** Its display and synonyms, best first. */
  readonly names: readonly string[];
  /** The names are not those of its code system: none of them is its display. */
  readonly isNamedElsewhere?: true;
}

export interface NameMatch {
  readonly candidate: Candidate;
  /** 0 to 1; 1 for a name that is the same but for case, accents and punctuation. */
  readonly likeness: number;
  /** The name that is alike. */
  readonly name: string;
}

/** A name of a candidate, as the index holds it. */
interface Row {
  readonly candidate: Candidate;
  readonly name: string;
  readonly words: readonly string[];
}

/** What a word that only begins like another is worth beside the same word. */
const beginning = 0.8;
/** Shorter beginnings say nothing: `a` begins half of all words. */
const shortestBeginning = 3;

export class NameIndex {
  readonly #rows: readonly Row[];
  readonly #postings = new Map<string, number[]>();
  readonly #words: readonly string[];

  constructor(candidates: readonly Candidate[]) {
    this.#rows = candidates.flatMap((candidate) =>
      candidate.names.map((name) => ({ candidate, name, words: [...new Set(wordsOf(name))] })),
    );
    for (const [at, { words }] of this.#rows.entries()) for (const word of words) this.#post(word, at);
    this.#words = [...this.#postings.keys()].sort();
  }

  #post(word: string, at: number): void {
    const known = this.#postings.get(word);
    if (known === undefined) this.#postings.set(word, [at]);
    else known.push(at);
  }

  /** The candidates that share a word with the text, each with its likest name. */
  find(text: string, most: number): readonly NameMatch[] {
    const asked = [...new Set(wordsOf(text))];
    if (asked.length === 0) return [];
    const shared = new Map<number, number>();
    for (const word of asked)
      for (const [at, worth] of this.#sharing(word)) shared.set(at, (shared.get(at) ?? 0) + worth);
    const whole = asked.reduce((sum, word) => sum + this.#rarity(word), 0);
    const found = [...shared].map(([at, worth]) => this.#match(this.#rows[at]!, worth, whole, foldedText(text).trim()));
    return likest(found).slice(0, most);
  }

  #match({ candidate, name, words }: Row, worth: number, whole: number, asked: string): NameMatch {
    if (foldedText(name).trim() === asked) return { candidate, name, likeness: 1 };
    const own = words.reduce((sum, word) => sum + this.#rarity(word), 0);
    // What was asked for counts more than what the name says besides: `Glucose [Mass/volume] in Serum` is a glucose.
    return { candidate, name, likeness: 0.95 * (0.7 * (worth / whole) + 0.3 * Math.min(1, worth / own)) };
  }

  /** The rows with a word that is this one, or begins it, or begins like it; with what that is worth. */
  #sharing(word: string): ReadonlyMap<number, number> {
    const worth = new Map<number, number>();
    const note = (other: string, factor: number): void => {
      for (const at of this.#postings.get(other) ?? [])
        worth.set(at, Math.max(worth.get(at) ?? 0, factor * this.#rarity(word)));
    };
    note(word, 1);
    for (const other of this.#alike(word)) note(other, beginning);
    return worth;
  }

  *#alike(word: string): Generator<string> {
    for (let length = shortestBeginning; length < word.length; length++) yield word.slice(0, length);
    if (word.length < shortestBeginning) return;
    for (let at = this.#firstFrom(word); this.#words[at]?.startsWith(word) === true; at++) yield this.#words[at]!;
  }

  #firstFrom(word: string): number {
    let [low, high] = [0, this.#words.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#words[middle]! < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Rare words tell more; one that no name has counts as the rarest. */
  #rarity(word: string): number {
    return Math.log(1 + this.#rows.length / (this.#postings.get(word)?.length ?? 1));
  }
}

/** Each candidate once, likest first; of those alike the shorter name, which says less besides. */
function likest(matches: readonly NameMatch[]): NameMatch[] {
  const best = new Map<Candidate, NameMatch>();
  for (const match of matches)
    if (match.likeness > (best.get(match.candidate)?.likeness ?? 0)) best.set(match.candidate, match);
  return [...best.values()].sort((a, b) => b.likeness - a.likeness || a.name.length - b.name.length);
}
