// References (http://hl7.org/fhir/R4/references.html): the type they may point at, and whether a Bundle holds what they name.
import type { ElementType } from '../model/definitions.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import { isList, isObject } from './objects.js';
import type { BundleScope, Run } from './run.js';

/** `Type/id` at the end of a literal reference, with or without base and version. */
const restful = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

const withoutVersion = (reference: string): string => {
  const history = reference.indexOf('/_history/');
  return history < 0 ? reference : reference.slice(0, history);
};

const typeOfResource = (resource: JsonValue | undefined): string | undefined =>
  isObject(resource) && typeof resource.resourceType === 'string' ? resource.resourceType : undefined;

/** The resources of a Bundle by every name a reference may use for them (http://hl7.org/fhir/R4/bundle.html#references). */
export function bundleScope(bundle: JsonObject, outer: BundleScope | undefined): BundleScope {
  const types = new Map<string, string>();
  for (const entry of isList(bundle.entry) ? bundle.entry : []) {
    if (!isObject(entry)) continue;
    const type = typeOfResource(entry.resource);
    if (type === undefined || !isObject(entry.resource)) continue;
    if (typeof entry.resource.id === 'string') types.set(`${type}/${entry.resource.id}`, type);
    if (typeof entry.fullUrl === 'string') types.set(entry.fullUrl, type);
  }
  return { types, outer };
}

function typeInBundle(reference: string, scope: BundleScope | undefined): string | undefined {
  for (let each = scope; each !== undefined; each = each.outer) {
    const type = each.types.get(reference);
    if (type !== undefined) return type;
  }
  return undefined;
}

function typeOfContained(fragment: string, container: JsonObject | undefined): string | undefined {
  if (fragment === '') return typeOfResource(container);
  const contained = container?.contained;
  const named = isList(contained) ? contained.find((each) => isObject(each) && each.id === fragment) : undefined;
  return typeOfResource(named);
}

/** Names outside the Bundle: an absolute URL may stand on another server, a search (`Patient?identifier=`) finds it there. */
const mayStandElsewhere = (reference: string): boolean =>
  reference.includes('?') || (reference.includes(':') && !/^urn:(uuid|oid):/.test(reference));

/** The type of what a reference names; reports a name that the resource or its Bundle should hold but does not. */
function resolvedType(reference: string, run: Run): string | undefined {
  if (reference.startsWith('#')) {
    const type = typeOfContained(reference.slice(1), run.container);
    if (type === undefined) run.report('validate.reference-unresolved', {}, 'reference');
    return type;
  }
  if (run.bundle === undefined) return undefined;
  const type = typeInBundle(withoutVersion(reference), run.bundle);
  if (type === undefined && !mayStandElsewhere(reference)) run.report('validate.reference-unresolved', {}, 'reference');
  return type;
}

const isKnown = (type: string | undefined, targets: ReadonlySet<string>, isResourceType: (name: string) => boolean) =>
  type === undefined || targets.has(type) || !isResourceType(type);

/** What must hold of the References of an element: what they name is of a type it allows, and can be found. */
export class ReferenceCheck {
  readonly #targets: readonly string[] | undefined;
  readonly #allowed: ReadonlySet<string>;
  readonly #isResourceType: (name: string) => boolean;
  constructor({ targets }: ElementType, isResourceType: (name: string) => boolean) {
    this.#targets = targets;
    this.#allowed = new Set(targets);
    this.#isResourceType = isResourceType;
  }

  check({ reference }: JsonObject, run: Run): void {
    if (typeof reference !== 'string') return;
    if (run.bundle === undefined && this.#isSure(reference)) return;
    const resolved = resolvedType(reference, run);
    if (this.#targets === undefined) return;
    const type = resolved ?? restful.exec(reference)?.[1];
    if (isKnown(type, this.#allowed, this.#isResourceType)) return;
    run.report('validate.reference-target', { expected: this.#targets.join(', ') }, 'reference');
  }

  /** Is it `Type/id` of a type that is allowed, as most are? */
  #isSure(reference: string): boolean {
    const slash = reference.indexOf('/');
    if (reference.includes('/', slash + 1)) return false;
    for (const target of this.#targets ?? []) if (target.length === slash && reference.startsWith(target)) return true;
    return false;
  }
}
