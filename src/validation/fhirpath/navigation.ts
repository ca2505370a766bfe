// Steps from an item to its children (http://hl7.org/fhirpath/N1/#path-selection).
import type { JsonValue } from '../../model/json.js';
import { isList, isObject } from '../objects.js';
import type { Collection, Item, Property } from './item.js';

const objectAt = (value: JsonValue | undefined, index: number) => {
  const each = isList(value) ? value[index] : index === 0 ? value : undefined;
  return isObject(each) ? each : undefined;
};

const lengthOf = (value: JsonValue | undefined): number =>
  value === undefined || value === null ? 0 : isList(value) ? value.length : 1;

function addItem(value: JsonValue | undefined, sibling: Item['sibling'], property: Property, found: Item[]): void {
  const present = value === null ? undefined : value;
  if (present !== undefined || sibling !== undefined)
    found.push({ type: property.typeOf(present), value: present, sibling });
}

type Holder = Readonly<Record<string, JsonValue | undefined>>;

/** @param most values to look at. */
function addValues(holder: Holder, property: Property, found: Item[], most = Number.MAX_SAFE_INTEGER): void {
  const value = holder[property.name];
  const others = property.sibling === undefined ? undefined : holder[property.sibling];
  if (value === undefined && others === undefined) return;
  if (!isList(value) && others === undefined) return addItem(value, undefined, property, found);
  const count = Math.min(Math.max(lengthOf(value), lengthOf(others)), most);
  for (let index = 0; index < count; index += 1) {
    const each = isList(value) ? value[index] : index === 0 ? value : undefined;
    addItem(each, objectAt(others, index), property, found);
  }
}

/** The object that holds an item's children: itself, or what stands beside a primitive. */
const holderOf = ({ value, sibling }: Item) => (isObject(value) ? value : sibling);

/** A choice may have fifty types (`ElementDefinition.pattern[x]`): an object has fewer keys, and they are asked then. */
const fewTypes = 6;

/** Adds the first or all of the children whose properties are chosen, in the order of the object's keys. */
function addByKeys({ type }: Item, holder: Holder, found: Item[], stem?: string, most?: number): void {
  const { keys } = type;
  for (const key in holder) {
    const property = keys.get(key);
    if (property === undefined || (stem !== undefined && property.stem !== stem)) continue;
    // What stands beside a value comes with the value.
    if (key !== property.name && holder[property.name] !== undefined) continue;
    addValues(holder, property, found, most);
    if (most === 1 && found.length > 0) return;
  }
}

/** Adds the children of that name, or only the first. */
function addNamed(item: Item, name: string, found: Item[], most?: number): void {
  const holder = holderOf(item);
  const properties = holder && item.type.members.get(name);
  if (holder === undefined || properties === undefined) return;
  if (properties.length > fewTypes) return addByKeys(item, holder, found, name, most);
  for (const property of properties) {
    addValues(holder, property, found, most);
    if (most === 1 && found.length > 0) return;
  }
}

/** Adds the children of that name. */
export const addChildren = (item: Item, name: string, found: Item[]): void => addNamed(item, name, found);

/** Adds the first child of that name. */
export const addFirstChild = (item: Item, name: string, found: Item[]): void => addNamed(item, name, found, 1);

function addAllChildren(item: Item, found: Item[]): void {
  const holder = holderOf(item);
  if (holder !== undefined) addByKeys(item, holder, found);
}

/** All children; their order is not defined (http://hl7.org/fhirpath/N1/#children-collection): that of the object's keys. */
export function childrenOf(item: Item): Collection {
  const found: Item[] = [];
  addAllChildren(item, found);
  return found;
}

/** Children, their children, and so on. */
export function descendantsOf(items: Collection): Collection {
  const found: Item[] = [];
  for (const item of items) addAllChildren(item, found);
  for (let at = 0; at < found.length; at += 1) addAllChildren(found[at]!, found);
  return found;
}
