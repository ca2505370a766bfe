// Where lines end.

/** Finds the next of several characters at or after a place that only moves forward: each is looked for once. */
export class Breaks {
  readonly #view: string;
  /** Those that the text has, most have one; and where each stands next, the length of the text where no more. */
  readonly #characters: string[] = [];
  readonly #next: number[] = [];

  constructor(view: string, characters: readonly string[]) {
    this.#view = view;
    for (const character of characters) {
      const at = view.indexOf(character);
      if (at < 0) continue;
      this.#characters.push(character);
      this.#next.push(at);
    }
  }

  /** The nearest of them; the length of the text where there is none. */
  from(start: number): number {
    let nearest = this.#view.length;
    for (let i = 0; i < this.#next.length; i++) {
      const known = this.#next[i]!;
      const next = known >= start ? known : (this.#next[i] = this.#find(this.#characters[i]!, start));
      if (next < nearest) nearest = next;
    }
    return nearest;
  }

  #find(character: string, start: number): number {
    const found = this.#view.indexOf(character, start);
    return found < 0 ? this.#view.length : found;
  }
}
