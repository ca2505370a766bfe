// CodeSystem resource -> code system ready to be asked (http://hl7.org/fhir/R4/codesystem.html#4.8.12). Both ways of stating
// a hierarchy are read: nested concepts, and properties that name parents or children.
import type { CodeSystemResource, ConceptElement, PropertyDefinition } from '../resources.js';
import type { Concept, DefinedCodeSystem } from './code-system.js';

interface MutableConcept extends Concept {
  readonly parents: MutableConcept[];
  readonly children: MutableConcept[];
}

const propertyUri = 'http://hl7.org/fhir/concept-properties#';

const codesByName = new WeakMap<readonly PropertyDefinition[], Map<string, readonly string[]>>();

/** Codes of the properties that mean `name`: declared by the standard's URI, else by name. Asked of every concept: kept. */
export function propertyCodes(definitions: readonly PropertyDefinition[], name: string): readonly string[] {
  let known = codesByName.get(definitions);
  if (known === undefined) codesByName.set(definitions, (known = new Map<string, readonly string[]>()));
  let codes = known.get(name);
  if (codes === undefined) known.set(name, (codes = declaredCodes(definitions, name)));
  return codes;
}

function declaredCodes(definitions: readonly PropertyDefinition[], name: string): readonly string[] {
  const declared = definitions.filter(({ uri }) => uri === propertyUri + name).map(({ code }) => code);
  return declared.length > 0 ? declared : [name];
}

function newConcept(element: ConceptElement, ordinal: number): MutableConcept {
  return {
    code: element.code,
    display: element.display,
    definition: element.definition,
    designations: element.designation ?? [],
    properties: element.property ?? [],
    extensions: element.extension ?? [],
    parents: [],
    children: [],
    ordinal,
  };
}

function join(parent: MutableConcept | undefined, child: MutableConcept | undefined): void {
  if (parent === undefined || child === undefined || parent === child || child.parents.includes(parent)) return;
  child.parents.push(parent);
  parent.children.push(child);
}

/** The concepts in the order of the resource, nesting read; iterative, for a resource may nest as deep as it likes. */
function nested(elements: readonly ConceptElement[]): MutableConcept[] {
  const all: MutableConcept[] = [];
  const open = [...elements].reverse().map((element) => ({ element, parent: undefined as MutableConcept | undefined }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const concept = newConcept(next.element, all.length);
    all.push(concept);
    join(next.parent, concept);
    for (const element of [...(next.element.concept ?? [])].reverse()) open.push({ element, parent: concept });
  }
  return all;
}

function joinByProperties(
  all: readonly MutableConcept[],
  byCode: ReadonlyMap<string, MutableConcept>,
  resource: CodeSystemResource,
): void {
  const definitions = resource.property ?? [];
  const [parents, children] = ['parent', 'child'].map((name) => new Set(propertyCodes(definitions, name)));
  for (const concept of all)
    for (const { code, valueCode } of concept.properties) {
      if (valueCode === undefined) continue;
      if (parents?.has(code)) join(byCode.get(valueCode), concept);
      if (children?.has(code)) join(concept, byCode.get(valueCode));
    }
}

const lowerCase = (code: string): string => code.toLowerCase();

/** A code system out of its resource. Of two concepts with one code the first counts. */
export function compileCodeSystem(resource: CodeSystemResource): DefinedCodeSystem {
  const all = nested(resource.concept ?? []);
  const byCode = new Map<string, MutableConcept>();
  for (const concept of all) if (!byCode.has(concept.code)) byCode.set(concept.code, concept);
  joinByProperties(all, byCode, resource);
  const caseSensitive = resource.caseSensitive ?? true;
  const folded = caseSensitive ? undefined : new Map([...byCode].map(([code, each]) => [lowerCase(code), each]));
  const { concept: _concepts, ...header } = resource;
  return {
    url: resource.url ?? '',
    version: resource.version,
    header,
    content: resource.content ?? 'complete',
    caseSensitive,
    language: resource.language,
    properties: resource.property ?? [],
    supplements: [],
    find: (code) => byCode.get(code) ?? folded?.get(lowerCase(code)),
    concepts: () => all,
  };
}
