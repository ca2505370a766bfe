// The resources of a Bundle as references find them (http://hl7.org/fhir/R4/bundle.html#references).
import type { JsonObject } from '../../model/json.js';
import { isList, isObject } from '../objects.js';

export interface Entry {
  readonly index: number;
  readonly fullUrl: string | undefined;
  readonly resource: JsonObject;
}

/** What a reference finds: one entry, several, none, or none although one of that type and id is there. */
export type Found = { readonly kind: 'one'; readonly entry: Entry } | { readonly kind: 'many' | 'elsewhere' | 'none' };

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const versionOf = ({ resource: { meta } }: Entry): string | undefined =>
  isObject(meta) ? textOf(meta.versionId) : undefined;

const relative = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?$/;

/** `http://server/fhir/` of `http://server/fhir/Patient/1`. */
const baseOf = (fullUrl: string): string | undefined =>
  /^(https?:\/\/.*\/)[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.exec(fullUrl)?.[1];

export class BundleIndex {
  readonly entries: readonly Entry[];
  readonly type: string | undefined;
  readonly outer: BundleIndex | undefined;
  private readonly byUrl = new Map<string, Entry[]>();
  private readonly byId = new Map<string, Entry[]>();
  constructor(bundle: JsonObject, outer: BundleIndex | undefined) {
    this.type = textOf(bundle.type);
    this.outer = outer;
    const list = isList(bundle.entry) ? bundle.entry : [];
    this.entries = list.flatMap((entry, index) => {
      if (!isObject(entry) || !isObject(entry.resource)) return [];
      return [{ index, fullUrl: textOf(entry.fullUrl), resource: entry.resource }];
    });
    for (const entry of this.entries) this.add(entry);
  }

  private add(entry: Entry): void {
    const { fullUrl, resource } = entry;
    if (fullUrl !== undefined) push(this.byUrl, fullUrl, entry);
    const [type, id] = [textOf(resource.resourceType), textOf(resource.id)];
    if (type !== undefined && id !== undefined) push(this.byId, `${type}/${id}`, entry);
  }

  /** What a reference in the entry of that fullUrl names. */
  find(reference: string, fullUrl: string | undefined): Found {
    const [plain = '', version] = reference.split('/_history/');
    const matched = relative.exec(reference);
    const base = fullUrl === undefined ? undefined : baseOf(fullUrl);
    const absolute = matched !== null && base !== undefined ? base + plain : plain;
    const candidates = this.byUrl.get(absolute) ?? [];
    const fitting = version === undefined ? candidates : candidates.filter((entry) => versionOf(entry) === version);
    if (fitting.length === 1) return { kind: 'one', entry: fitting[0]! };
    if (fitting.length > 1) return { kind: 'many' };
    return matched === null ? { kind: 'none' } : this.byTypeAndId(plain, fullUrl, candidates.length > 0);
  }

  /** Without a base to go by, type and id must do. */
  private byTypeAndId(key: string, fullUrl: string | undefined, otherVersion: boolean): Found {
    const candidates = this.byId.get(key) ?? [];
    if (otherVersion) return { kind: 'elsewhere' };
    const anonymous = candidates.filter((entry) => entry.fullUrl === undefined);
    if (fullUrl === undefined && candidates.length === 1) return { kind: 'one', entry: candidates[0]! };
    if (anonymous.length === 1) return { kind: 'one', entry: anonymous[0]! };
    return { kind: candidates.length > 0 ? 'elsewhere' : 'none' };
  }
}

function push(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [entry]);
  else known.push(entry);
}
