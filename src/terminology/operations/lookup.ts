// $lookup: everything about one code (http://hl7.org/fhir/R4/codesystem-operation-lookup.html).
import type { DefinedCodeSystem } from '../code-systems/code-system.js';
import { isAbstract, isInactive } from '../code-systems/concept-state.js';
import { findSystem } from '../content.js';
import { TerminologyRefusal } from '../issue.js';
import {
  bestDisplay,
  designationsOf,
  mainDisplay,
  preferredForLanguage,
  type UsedConcept,
} from '../languages/displays.js';
import { messages } from '../messages.js';
import type { Coding, PropertyElement } from '../resources.js';
import type { Scope } from '../scope.js';
import { knownVersions, resolveVersion } from '../system-version.js';
import type { Designation } from '../code-systems/code-system.js';

export interface LookedUpProperty {
  readonly element: PropertyElement;
  /** Of a code: its display; of another value what it means. */
  readonly description?: string;
}

export interface Lookup {
  readonly system: DefinedCodeSystem;
  readonly code: string;
  readonly display: string | undefined;
  readonly definition: string | undefined;
  readonly abstract: boolean;
  readonly designations: readonly Designation[];
  readonly properties: readonly LookedUpProperty[];
}

/** The system of a code that must be known. Throws a refusal (404) when it, its version or the code is not here. */
export function knownConcept({ system: url = '', version, code = '' }: Coding, scope: Scope): UsedConcept {
  const { system, asked } = resolveVersion(scope, url, version);
  if (system === undefined) throw unknownSystem(url, asked, scope);
  const concept = system.find(code);
  if (concept !== undefined) return { system, concept };
  const message = messages.unknownCode(code, url, system.version, system.versionName);
  throw new TerminologyRefusal(404, 'not-found', message, { detail: 'invalid-code' });
}

function unknownSystem(url: string, version: string | undefined, scope: Scope): TerminologyRefusal {
  const isKnown = version === undefined || findSystem(scope.content, url) === undefined;
  const message =
    isKnown && version === undefined
      ? messages.unknownSystem(url)
      : messages.unknownVersion(url, version ?? '', knownVersions(scope, url));
  return new TerminologyRefusal(404, 'not-found', message, { detail: 'not-found' });
}

/** @param properties the properties asked for; `*` and none at all mean all of them. */
export function lookup(coding: Coding, scope: Scope, properties: readonly string[]): Lookup {
  const used = knownConcept(coding, scope);
  const { system, concept } = used;
  const isAsked = (name: string) => properties.length === 0 || properties.includes('*') || properties.includes(name);
  return {
    system,
    code: concept.code,
    display: bestDisplay(used, scope.options.languages)?.value,
    definition: concept.definition,
    abstract: isAbstract(system, concept),
    designations: isAsked('designation') ? allDesignations(used) : [],
    properties: propertiesOf(used).filter(({ element }) => isAsked(element.code)),
  };
}

function allDesignations(used: UsedConcept): readonly Designation[] {
  const main = mainDisplay(used);
  const { language, value = '' } = main ?? {};
  const own =
    main === undefined ? [] : [{ ...(language !== undefined && { language }), use: preferredForLanguage, value }];
  return [...own, ...designationsOf(used)];
}

function propertiesOf({ system, concept }: UsedConcept): readonly LookedUpProperty[] {
  const related = (code: string, others: typeof concept.parents) =>
    others.map(({ code: valueCode, display }) => described({ code, valueCode }, display));
  const stated = new Set(['parent', 'child', 'inactive']);
  return [
    { element: { code: 'inactive', valueBoolean: isInactive(system, concept) } },
    ...related('parent', concept.parents),
    ...related('child', concept.children),
    ...concept.properties
      .filter(({ code }) => !stated.has(code))
      .map((element) => described(element, system.meaningOf?.(element))),
  ];
}

const described = (element: PropertyElement, description: string | undefined): LookedUpProperty => ({
  element,
  ...(description !== undefined && { description }),
});
