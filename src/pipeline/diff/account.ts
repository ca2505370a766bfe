// What a mapping says of one message, without what the gateway adds by itself: the resources with the lineage of each leaf.
import { provenanceId } from '../../canonical/provenance.js';
import { isList, isObject, type JsonObject, type JsonValue } from '../../model/json.js';
import type { LeafLineage } from '../../model/lineage.js';
import type { Outcome } from '../outcome.js';

/** A resource as a mapping wrote it. */
export interface Account {
  readonly type: string;
  /** `Type/id`, as references name it. */
  readonly name: string;
  /** Without `resourceType`, `id` and `meta.source`. */
  readonly content: JsonObject;
  /** The lineage by element path (`name[0].family`); several where instances were merged. */
  leaves(): ReadonlyMap<string, readonly LeafLineage[]>;
}

/** The accounts of a message in the order of its Bundle; none where it was refused or is not there. */
export function accountsOf(outcome: Outcome | undefined): Account[] {
  const bundle = outcome?.bundle ?? outcome?.draft;
  if (outcome === undefined || bundle === undefined) return [];
  const own = provenanceId(outcome);
  const lineage = lazily(() => lineageOf(outcome));
  const entries = ((bundle['entry'] ?? []) as readonly { resource: JsonObject }[]).map(({ resource }) => resource);
  const written = entries.filter((resource) => resource['resourceType'] !== 'Provenance' || resource['id'] !== own);
  return [frameOf(bundle), ...written]
    .map((resource) => accountOf(resource, lineage))
    .filter(({ content }) => Object.keys(content).length > 0);
}

type Leaves = ReadonlyMap<string, readonly LeafLineage[]>;
const none: Leaves = new Map();

/** What a mapping writes of a Bundle stands in the message's own; its id, type and entries are the gateway's. */
const frameOf = ({ entry: _entry, type: _type, id: _id, ...frame }: JsonObject): JsonObject => ({
  ...frame,
  id: 'own',
});

function accountOf(resource: JsonObject, lineage: () => ReadonlyMap<string, Leaves>): Account {
  const { resourceType, id, meta, ...rest } = resource;
  const type = resourceType as string;
  const name = `${type}/${id as string}`;
  const said = withoutSource(meta);
  return {
    type,
    name,
    content: said === undefined ? rest : { meta: said, ...rest },
    leaves: () => lineage().get(name) ?? none,
  };
}

function withoutSource(meta: JsonValue | undefined): JsonObject | undefined {
  if (meta === undefined || !isObject(meta)) return undefined;
  const { source: _, ...rest } = meta;
  return Object.keys(rest).length === 0 ? undefined : rest;
}

function lineageOf(outcome: Outcome): ReadonlyMap<string, Leaves> {
  const found = new Map<string, Map<string, LeafLineage[]>>();
  for (const { type, id, leaves } of outcome.lineage()) {
    const byElement = new Map<string, LeafLineage[]>();
    for (const leaf of leaves) byElement.set(leaf.element, [...(byElement.get(leaf.element) ?? []), leaf]);
    found.set(type === 'Bundle' ? 'Bundle/own' : `${type}/${id}`, byElement);
  }
  return found;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A leaf of a resource: its path and its value. */
export interface Leaf {
  readonly path: string;
  readonly value: JsonValue;
}

/** The leaves at and below a value that stands at a path. */
export function leavesOf(value: JsonValue, path: string): Leaf[] {
  if (isList(value)) return value.flatMap((item, at) => leavesOf(item, `${path}[${at}]`));
  if (!isObject(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : leavesOf(member, path === '' ? name : `${path}.${name}`),
  );
}

/** `name[0].family` -> `name.family`. */
export const withoutIndexes = (path: string): string => path.replace(/\[\d+\]/g, '');
