// The facts of a Bundle as a scorer counts them, each with the lineage of the leaf it stands in.
import { isList, isObject, type JsonObject, type JsonValue } from '../../../src/model/json.js';
import type { LeafLineage } from '../../../src/model/lineage.js';
import type { ResourceLineage } from '../../../src/pipeline/outcome.js';

export interface Fact {
  readonly type: string;
  /** `Patient.name.family`; extensions by their url; a Type alone for the resource itself. */
  readonly path: string;
  /** The text; `->Type` of a reference; `exists` of a resource. */
  readonly value: string;
  /** Absent where the gateway itself says it, of its own work. */
  readonly leaf?: LeafLineage;
}

/** All facts of a Bundle; a resource exists by the first leaf that another rule led to. */
export function factsOf(bundle: JsonObject, lineage: readonly ResourceLineage[]): Fact[] {
  const leaves = new Map(lineage.map((each) => [`${each.type}/${each.id}`, each.leaves]));
  const { entry = [], ...frame } = bundle;
  const resources = (isList(entry) ? entry : []).flatMap((each) =>
    isObject(each) && isObject(each['resource']) ? [each['resource']] : [],
  );
  return [frame, ...resources].flatMap((resource) => {
    const [type, id] = [text(resource['resourceType']), text(resource['id'])];
    // The Bundle's own id is given by the gateway, whatever the mapping wrote in it.
    const own = type === 'Bundle' ? lineage.find((each) => each.type === type)?.leaves : leaves.get(`${type}/${id}`);
    return resourceFacts(type, resource, own ?? []);
  });
}

function resourceFacts(type: string, resource: JsonObject, leaves: readonly LeafLineage[]): Fact[] {
  const byElement = new Map([...leaves].reverse().map((leaf) => [leaf.element, leaf]));
  const made = leaves.find(({ via }) => via !== undefined && via.length > 0) ?? leaves[0];
  const exists = { type, path: type, value: 'exists', ...(made === undefined ? {} : { leaf: made }) };
  const found = Object.entries(resource)
    .filter(([name]) => !unscored.has(name))
    .flatMap(([name, value]) => member(name, value, { path: type, element: '' }));
  const facts = found.map(({ path, value, element }): Fact => {
    const leaf = byElement.get(element);
    return { type, path, value, ...(leaf === undefined ? {} : { leaf }) };
  });
  return [exists, ...facts];
}

/** What says nothing of the message: ids, and the narrative. */
const unscored: ReadonlySet<string> = new Set(['resourceType', 'id', 'text', 'contained']);

interface Place {
  readonly path: string;
  /** As lineage spells it: `_endpoint.extension[0].valueCode`. */
  readonly element: string;
}

type Found = Place & { readonly value: string };

function member(name: string, value: JsonValue | undefined, { path, element }: Place): Found[] {
  const at = element === '' ? name : `${element}.${name}`;
  if (name === 'extension' || name === 'modifierExtension') return extensions(name, value, { path, element: at });
  const below = `${path}.${name.replace(/^_/, '')}`;
  if (isList(value)) {
    return value.flatMap((item, index) => valueFacts(item, { path: below, element: `${at}[${index}]` }));
  }
  return valueFacts(value, { path: below, element: at });
}

function valueFacts(value: JsonValue | undefined, at: Place): Found[] {
  if (value === null || value === undefined) return [];
  if (!isObject(value)) return [{ ...at, value: text(value) }];
  const { reference, type: _type, id: _id, ...others } = value;
  if (typeof reference !== 'string') return members({ ...value, id: undefined }, at);
  const target = /([A-Z]\w+)\/[^/]+$/.exec(reference)?.[1] ?? '?';
  return [{ path: at.path, element: `${at.element}.reference`, value: `->${target}` }, ...members(others, at)];
}

const members = (object: JsonObject, at: Place): Found[] =>
  Object.entries(object).flatMap(([name, value]) => member(name, value, at));

function extensions(name: string, value: JsonValue | undefined, { path, element }: Place): Found[] {
  return (isList(value) ? value : []).flatMap((item, index) => {
    if (!isObject(item)) return [];
    const { url, id: _id, ...rest } = item;
    const at = { path: `${path}.${name}(${text(url)})`, element: `${element}[${index}]` };
    const facts = members(rest, at);
    return Object.keys(rest).length > 0 ? facts : [{ path: at.path, element: `${at.element}.url`, value: 'present' }];
  });
}

/** White space counts once, as the scorer has it. */
const text = (value: JsonValue | undefined): string =>
  isObject(value) || isList(value)
    ? ''
    : String(value ?? '')
        .normalize('NFC')
        .replace(/\s+/g, ' ')
        .trim();
