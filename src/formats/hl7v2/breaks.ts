// Where lines end.

/** Finds the next of several characters at or after a place that only moves forward: each is looked for once. */
export class Breaks {
  readonly #view: string;
  readonly #characters: readonly string[];
  /** Where each character stands next; the length of the text where it does not. */
  readonly #next: number[];

  constructor(view: string, characters: readonly string[]) {
    this.#view = view;
    this.#characters = characters;
    this.#next = characters.map(() => -1);
  }

  /** The nearest of them; the length of the text where there is none. */
  from(start: number): number {
    let nearest = this.#view.length;
    for (let i = 0; i < this.#next.length; i++) nearest = Math.min(nearest, this.#nextOf(i, start));
    return nearest;
  }

  #nextOf(index: number, start: number): number {
    const known = this.#next[index]!;
    if (known >= start) return known;
    const found = this.#view.indexOf(this.#characters[index]!, start);
    return (this.#next[index] = found < 0 ? this.#view.length : found);
  }
}
