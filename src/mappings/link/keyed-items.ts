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

interface KeyedItem {
  readonly key: number;
  item: MutableObject;
  readonly next: KeyedItem | undefined;
}

export class KeyedItems {
  #last: KeyedItem | undefined;

  get(key: number): MutableObject | undefined {
    return this.#find(key)?.item;
  }

  /** Adds an item, or replaces the one of that key. */
  set(key: number, item: MutableObject): void {
    const found = this.#find(key);
    if (found !== undefined) found.item = item;
    else this.#last = { key, item, next: this.#last };
  }

  #find(key: number): KeyedItem | undefined {
    let each = this.#last;
    while (each !== undefined && each.key !== key) each = each.next;
    return each;
  }
}
