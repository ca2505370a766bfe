// One step of a target path: `name`, `identifier[]`, `coding[first]`, `extension(url)`.
import type { MutableObject, MutableValue } from '../../model/json.js';
import type { Conversion } from '../../model/lineage.js';
import type { IrStep } from '../language/ir.js';
import { KeyedItems, keyNumber } from './keyed-items.js';
import { Leaf, type RuleReference } from './leaf.js';
import type { Frame } from './run.js';

export class TargetStep {
  readonly name: string;
  readonly list: boolean;
  /** Of the extension it leads to. */
  readonly url: string | undefined;
  /** The number of its item's key (see KeyedItems); undefined for items that are opened anew, and for what is no item. */
  readonly #key: number | undefined;
  /** Its item is looked into, not at. */
  readonly #leadsOn: boolean;
  /** It leads to an extension, and not to a value. */
  readonly #leadsToExtension: boolean;

  constructor(path: readonly IrStep[], depth: number) {
    const { name, list, url, key } = path[depth] as IrStep;
    this.name = name;
    this.list = list === true;
    this.url = url;
    this.#key = key === undefined ? undefined : keyNumber(keyOf(path.slice(0, depth + 1)));
    this.#leadsOn = depth < path.length - 1;
    this.#leadsToExtension = path[depth + 1]?.url !== undefined;
  }

  /** Goes one step down, making what is not there. */
  open(element: MutableObject, frame: Frame, rule: RuleReference): MutableObject {
    const { name } = this;
    if (this.url !== undefined) return this.#openExtension(element, this.url, frame, rule);
    if (!this.list) return (element[name] ??= {}) as MutableObject;
    const known = this.#key === undefined ? undefined : frame.keyed?.get(this.#key, element);
    if (known !== undefined) return known;
    const item: MutableObject = {};
    this.append(frame, element, item);
    return item;
  }

  /**
   * The extension of that url that takes what the step leads to: it has a value or extensions, never both (ext-1). Its url
   * is a leaf like any other, owed to the rule that opened it.
   */
  #openExtension(element: MutableObject, url: string, frame: Frame, rule: RuleReference): MutableObject {
    const open = listAt(element, this.name)?.find((item) => item['url'] === url && this.#takes(item));
    if (open !== undefined) return open;
    const item: MutableObject = {};
    nameExtension(frame, item, url, rule);
    append(element, this.name, item);
    return item;
  }

  #takes(extension: MutableObject): boolean {
    return !hasValue(extension) && (this.#leadsToExtension || !('extension' in extension));
  }

  /** Goes one step down where there is something. */
  look(element: MutableObject, frame: Frame): MutableValue | undefined {
    const { name, url } = this;
    if (this.#key !== undefined) return frame.keyed?.get(this.#key, element);
    if (url !== undefined) return listAt(element, name)?.find((item) => item['url'] === url);
    return this.list && this.#leadsOn ? listAt(element, name)?.[0] : element[name];
  }

  /** Adds an item to the list of that name, which it answers, and remembers it by its key. */
  append(frame: Frame, parent: MutableObject, item: MutableValue): MutableValue[] {
    if (this.#key !== undefined) (frame.keyed ??= new KeyedItems()).add(this.#key, parent, item as MutableObject);
    return append(parent, this.name, item);
  }
}

export const compileSteps = (path: readonly IrStep[]): readonly TargetStep[] =>
  path.map((_, depth) => new TargetStep(path, depth));

/** What rules of one run that write the same item have in common. */
const keyOf = (path: readonly IrStep[]): string => path.map(({ name, key }) => name + (key ?? '')).join('.');

/** Most lists come to hold one item: made with it, they take no room for more. */
function append(parent: MutableObject, name: string, item: MutableValue): MutableValue[] {
  const list = parent[name];
  if (!Array.isArray(list)) return (parent[name] = [item]);
  list.push(item);
  return list;
}

const listAt = (element: MutableObject, name: string): MutableObject[] | undefined =>
  element[name] as MutableObject[] | undefined;

export function nameExtension(frame: Frame, item: MutableObject, url: string, rule: RuleReference): void {
  item['url'] = url;
  frame.draft.note(new Leaf(rule, undefined, urlConversion), item, 'url', frame);
}

const urlConversion: Conversion = { kind: 'fixed', by: 'extension url' };
const hasValue = (extension: MutableObject): boolean => Object.keys(extension).some((key) => key.startsWith('value'));
