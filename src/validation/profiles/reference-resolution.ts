// What a reference names: a contained resource, an entry of the Bundle, or a resource that the caller can fetch.
import type { JsonObject, JsonValue } from '../../model/json.js';
import type { Item } from '../fhirpath/item.js';
import { isList, isObject } from '../objects.js';
import type { FullRun } from './run.js';

/** Is the object part of the other? */
function holds(value: JsonValue | undefined, part: JsonValue | undefined): boolean {
  if (value === part) return true;
  if (isList(value)) return value.some((each) => holds(each, part));
  return isObject(value) && Object.keys(value).some((key) => holds(value[key], part));
}

/** From the Bundle as a whole, the entry that has the reference contains what it names. */
function containerOf(run: FullRun, from: Item | undefined): JsonObject | undefined {
  const container = run.container?.value;
  const isBundle = isObject(container) && container.resourceType === 'Bundle' && isObject(from?.value);
  const entry = isBundle ? run.bundle?.entries.find(({ resource }) => holds(resource, from?.value)) : undefined;
  return entry?.resource ?? (isObject(container) ? container : undefined);
}

function contained(id: string, run: FullRun, from: Item | undefined): JsonObject | undefined {
  const container = containerOf(run, from);
  if (container === undefined) return undefined;
  if (id === '') return container;
  const list = isList(container.contained) ? container.contained : [];
  return list.filter(isObject).find((each) => each.id === id);
}

/** An entry of the innermost Bundle that has it. */
export function entryOf(reference: string, run: FullRun): JsonObject | undefined {
  for (let bundle = run.bundle; bundle !== undefined; bundle = bundle.outer) {
    const found = bundle.find(reference, run.fullUrl);
    if (found.kind === 'one') return found.entry.resource;
  }
  return undefined;
}

/** The resource that a reference or canonical names; undefined when it cannot be found. */
export function resolveReference(reference: string, run: FullRun, from?: Item): JsonObject | undefined {
  if (reference.startsWith('#')) return contained(reference.slice(1), run, from);
  return entryOf(reference, run) ?? run.settings.resolve?.(reference);
}
