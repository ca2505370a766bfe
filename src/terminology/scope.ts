// What one request is answered with: the content it sees and what it asks to be done with it.
import { findSupplement, type CodeSystemEntry, type Content } from './content.js';
import { TerminologyRefusal } from './issue.js';
import type { Languages } from './languages/languages.js';
import { messages } from './messages.js';
import { extensionOf, parseCanonical, type Canonical, type Extension, type ValueSetResource } from './resources.js';
import { fitsVersion } from './versions.js';

/** http://hl7.org/fhir/R4/valueset-operation-expand.html: system-version, check-system-version, force-system-version. */
export interface VersionRules {
  readonly default: readonly Canonical[];
  readonly check: readonly Canonical[];
  readonly force: readonly Canonical[];
}

export interface Options {
  readonly languages?: Languages;
  readonly versions: VersionRules;
  /** default-valueset-version: the version of a value set that is referred to without one. */
  readonly valueSetVersions: readonly Canonical[];
  readonly useSupplements: readonly string[];
  readonly activeOnly?: boolean;
}

/** What a request asks for that says nothing of languages, versions or supplements. */
export const plainOptions: Options = {
  versions: { default: [], check: [], force: [] },
  valueSetVersions: [],
  useSupplements: [],
};

export interface Scope {
  readonly content: Content;
  readonly options: Options;
  /** Supplements to merge in, over those that useSupplement names. */
  readonly supplements: readonly CodeSystemEntry[];
  /** Those of the supplements that nobody asked for. */
  readonly languagePacks: readonly CodeSystemEntry[];
}

const supplementUrl = 'http://hl7.org/fhir/StructureDefinition/valueset-supplement';

const requiredSupplements = (valueSet: ValueSetResource | undefined): readonly string[] =>
  (valueSet?.extension ?? []).flatMap(({ url, valueCanonical, valueUri }) =>
    url === supplementUrl ? (valueCanonical ?? valueUri ?? []) : [],
  );

/**
 * Language packs apply without being asked for: what they translate is right in their language.
 *
 * Throws a refusal when a supplement that the request or the value set asks for is not here.
 */
export function scopeOf(content: Content, options: Options, valueSet?: ValueSetResource): Scope {
  const asked = [...new Set([...requiredSupplements(valueSet), ...options.useSupplements])];
  const found = asked.map((canonical) => findSupplement(content, canonical));
  const missing = asked.filter((_, index) => found[index] === undefined);
  if (missing.length > 0)
    throw new TerminologyRefusal(404, 'not-found', messages.missingSupplements(missing), { detail: 'not-found' });
  const languagePacks = content.languagePacks().filter((entry) => !found.includes(entry));
  const supplements = [...found.filter((entry) => entry !== undefined), ...languagePacks];
  return { content, options, supplements, languagePacks };
}

/** The supplements of one code system. */
export const supplementsOf = (
  { supplements }: Scope,
  url: string,
  version: string | undefined,
): readonly CodeSystemEntry[] =>
  supplements.filter((entry) => {
    const target = parseCanonical(entry.supplements ?? '');
    return target.url === url && (target.version === undefined || fitsVersion(target.version, version ?? ''));
  });

const parameterUrl = 'http://hl7.org/fhir/StructureDefinition/valueset-expansion-parameter';

const valueOf = (extension: Extension | undefined): string | undefined =>
  extension?.valueString ?? extension?.valueCode ?? extension?.valueUri ?? extension?.valueBoolean?.toString();

/** A parameter that the value set itself states for its expansion. */
export function statedParameter(valueSet: ValueSetResource, name: string): string | undefined {
  const stated = [...(valueSet.compose?.extension ?? []), ...(valueSet.extension ?? [])].filter(
    ({ url }) => url === parameterUrl,
  );
  const found = stated.find((each) => valueOf(extensionOf(each, 'name')) === name);
  return valueOf(extensionOf(found, 'value'));
}
