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
  /** The element whose list it stands in: items opened anew have items of their own. */
  readonly holder: MutableObject;
  readonly item: MutableObject;
  readonly next: KeyedItem | undefined;
}

export class KeyedItems {
  #last: KeyedItem | undefined;

  get(key: number, holder: MutableObject): MutableObject | undefined {
    let each = this.#last;
    while (each !== undefined && (each.key !== key || each.holder !== holder)) each = each.next;
    return each?.item;
  }

  /** Adds an item, which is from now on the one of that key. */
  add(key: number, holder: MutableObject, item: MutableObject): void {
    this.#last = { key, holder, item, next: this.#last };
  }
}
