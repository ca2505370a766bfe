// Value sets that value sets refer to: found by canonical or among the contained ones, and never in a circle.
import { findValueSet, type Content } from '../content.js';
import { TerminologyRefusal } from '../issue.js';
import { messages } from '../messages.js';
import { parseCanonical, printCanonical, type ValueSetResource } from '../resources.js';
import type { Scope } from '../scope.js';
import { checkFilters } from './include.js';

/** `url|version`, as messages name a value set; of one that has no URL, what it is contained as. */
export const nameOf = ({ url, version, id }: ValueSetResource): string =>
  printCanonical(url ?? (id === undefined ? '(unidentified)' : `#${id}`), version);

/** The canonical, with the version that default-valueset-version gives it when it names none. */
export function pinned(reference: string, { options }: Scope): { readonly url: string; readonly version?: string } {
  const canonical = parseCanonical(reference);
  if (canonical.version !== undefined) return canonical;
  return options.valueSetVersions.find(({ url }) => url === canonical.url) ?? canonical;
}

const contained = (owner: ValueSetResource, id: string): ValueSetResource | undefined =>
  owner.contained?.find((each) => each.resourceType === 'ValueSet' && each.id === id) as ValueSetResource | undefined;

/** The value set that `owner` refers to; undefined when it is not here. */
export function importOf(owner: ValueSetResource, reference: string, scope: Scope): ValueSetResource | undefined {
  if (reference.startsWith('#')) return contained(owner, reference.slice(1));
  const { url, version } = pinned(reference, scope);
  return findValueSet(scope.content, url, version)?.resource();
}

/** Value sets that refer to value sets that refer to value sets: no honest one goes this deep. */
const deepest = 100;

/**
 * Looks through a value set and everything it refers to before anything is computed. Throws a refusal for a circle of
 * references and for a filter without a value.
 */
export function checkDefinition(valueSet: ValueSetResource, scope: Scope): void {
  // The version of an import may depend on the request; the definitions themselves do not.
  if (scope.options.valueSetVersions.length > 0) check(valueSet, scope, new Set());
  else check(valueSet, scope, soundIn(scope.content));
}

const sound = new WeakMap<Content, WeakSet<ValueSetResource>>();

function soundIn(content: Content): WeakSet<ValueSetResource> {
  const known = sound.get(content) ?? new WeakSet<ValueSetResource>();
  sound.set(content, known);
  return known;
}

/** @param settled the value sets that are known to be sound. */
function check(
  valueSet: ValueSetResource,
  scope: Scope,
  settled: Pick<WeakSet<ValueSetResource>, 'has' | 'add'>,
): void {
  const visit = (each: ValueSetResource, path: readonly ValueSetResource[]): void => {
    if (settled.has(each)) return;
    if (path.includes(each)) throw circle(each, path);
    if (path.length >= deepest)
      throw new TerminologyRefusal(422, 'too-costly', messages.tooDeep(nameOf(valueSet), deepest));
    for (const [part, includes] of [
      ['include', each.compose?.include],
      ['exclude', each.compose?.exclude],
    ] as const)
      for (const [index, include] of (includes ?? []).entries()) {
        checkFilters(include, `ValueSet.compose.${part}[${index}]`);
        for (const reference of include.valueSet ?? []) {
          const imported = importOf(each, reference, scope);
          if (imported !== undefined) visit(imported, [...path, each]);
        }
      }
    settled.add(each);
  };
  visit(valueSet, []);
}

function circle(repeated: ValueSetResource, path: readonly ValueSetResource[]): TerminologyRefusal {
  const message = messages.circular(nameOf(repeated), path.map(nameOf));
  return new TerminologyRefusal(422, 'processing', message, { detail: 'vs-invalid' });
}
