// Items that rules of one run address by key (`coding[first]`): an element has few of them, so that walking them is
// cheaper than hashing their keys.
import type { MutableObject } from '../../model/json.js';

const numbers = new Map<string, number>();

/** The number that stands for a key; asked for when rules are linked. */
export function keyNumber(key: string): number {
  const known = numbers.get(key) ?? numbers.size;
  numbers.set(key, known);
  return known;
}

export class KeyedItems {
  readonly #keys: number[] = [];
  readonly #items: MutableObject[] = [];

  get(key: number): MutableObject | undefined {
    for (let i = 0; i < this.#keys.length; i++) if (this.#keys[i] === key) return this.#items[i];
    return undefined;
  }

  /** Adds an item, or replaces the one of that key. */
  set(key: number, item: MutableObject): void {
    const at = this.#keys.indexOf(key);
    if (at >= 0) this.#items[at] = item;
    else this.#keys[this.#items.push(item) - 1] = key;
  }
}
