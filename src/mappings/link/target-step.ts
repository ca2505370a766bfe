// One step of a target path: `name`, `identifier[]`, `coding[first]`, `extension(url)`.
import type { MutableObject, MutableValue } from '../../model/json.js';
import type { Conversion } from '../../model/lineage.js';
import type { IrStep } from '../language/ir.js';
import { KeyedItems, keyNumber } from './keyed-items.js';
import type { RuleReference } from './leaf.js';
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

  constructor(path: readonly IrStep[], depth: number) {
    const { name, list, url, key } = path[depth] as IrStep;
    this.name = name;
    this.list = list === true;
    this.url = url;
    this.#key = key === undefined ? undefined : keyNumber(keyOf(path.slice(0, depth + 1)));
    this.#leadsOn = depth < path.length - 1;
  }

  /** Goes one step down, making what is not there. */
  open(element: MutableObject, frame: Frame, rule: RuleReference): MutableObject {
    const { name } = this;
    if (this.url !== undefined) return openExtension(element, name, this.url, frame, rule);
    if (!this.list) return (element[name] ??= {}) as MutableObject;
    const known = this.#key === undefined ? undefined : frame.keyed?.get(this.#key);
    if (known !== undefined) return known;
    const item: MutableObject = {};
    this.append(frame, listOf(element, name), item);
    return item;
  }

  /** Goes one step down where there is something. */
  look(element: MutableObject, frame: Frame): MutableValue | undefined {
    const { name, url } = this;
    if (this.#key !== undefined) return frame.keyed?.get(this.#key);
    if (url !== undefined) return listAt(element, name)?.find((item) => item['url'] === url);
    return this.list && this.#leadsOn ? listAt(element, name)?.[0] : element[name];
  }

  /** Adds an item to the list of that name, and remembers it by its key. */
  append(frame: Frame, list: MutableValue[], item: MutableValue): void {
    list.push(item);
    if (this.#key !== undefined) (frame.keyed ??= new KeyedItems()).set(this.#key, item as MutableObject);
  }
}

export const compileSteps = (path: readonly IrStep[]): readonly TargetStep[] =>
  path.map((_, depth) => new TargetStep(path, depth));

/** What rules of one run that write the same item have in common. */
const keyOf = (path: readonly IrStep[]): string => path.map(({ name, key }) => name + (key ?? '')).join('.');

export function listOf(parent: MutableObject, name: string): MutableValue[] {
  const list = parent[name];
  if (Array.isArray(list)) return list;
  const made: MutableValue[] = [];
  parent[name] = made;
  return made;
}

const listAt = (element: MutableObject, name: string): MutableObject[] | undefined =>
  element[name] as MutableObject[] | undefined;

/** The extension with that url; its url is a leaf like any other, owed to the rule that opened it. */
function openExtension(
  element: MutableObject,
  name: string,
  url: string,
  frame: Frame,
  rule: RuleReference,
): MutableObject {
  const list = listOf(element, name) as MutableObject[];
  const found = list.find((item) => item['url'] === url);
  if (found !== undefined && (!hasValue(found) || 'extension' in found)) return found;
  const item: MutableObject = {};
  nameExtension(frame, item, url, rule);
  list.push(item);
  return item;
}

export function nameExtension(frame: Frame, item: MutableObject, url: string, rule: RuleReference): void {
  item['url'] = url;
  frame.draft.note(item, 'url', rule, undefined, urlConversion, frame.via);
}

const urlConversion: Conversion = { kind: 'fixed', by: 'extension url' };
const hasValue = (extension: MutableObject): boolean => Object.keys(extension).some((key) => key.startsWith('value'));
