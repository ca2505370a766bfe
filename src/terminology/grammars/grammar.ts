// A code system whose codes follow a grammar: there is no list of them, and every one that can be read is a code
// (http://hl7.org/fhir/R4/codesystem.html#content: `not-present`, for what is made by rules).
import {
  isSubsumedBy,
  type Concept,
  type DefinedCodeSystem,
  type Restriction,
  type SystemFilter,
} from '../code-systems/code-system.js';
import type { CodeSystemEntry } from '../content.js';
import type { CodeSystemResource, PropertyDefinition, ValueSetResource } from '../resources.js';

export interface Grammar {
  readonly url: string;
  readonly version?: string;
  readonly name: string;
  readonly title: string;
  /** Of its displays. */
  readonly language?: string;
  readonly properties: readonly PropertyDefinition[];
  /** The value set whose codes stand for all of them where they are to be listed; undefined: none does. */
  base(): ValueSetResource | undefined;
  /** The concept of a code; undefined for a text that is none. */
  find(code: string): Concept | undefined;
  /** Why a text is no code, where that can be told. */
  fault?(code: string): string | undefined;
  /** Filters of its own. */
  select?(filter: SystemFilter): Restriction | undefined;
}

const headerOf = ({ url, version, name, title, language, properties }: Grammar): CodeSystemResource => ({
  resourceType: 'CodeSystem',
  url,
  ...(version !== undefined && { version }),
  ...(language !== undefined && { language }),
  name,
  title,
  status: 'active',
  caseSensitive: true,
  content: 'not-present',
  property: properties,
});

function grammarSystem(grammar: Grammar): DefinedCodeSystem {
  const { url, version, language, properties } = grammar;
  return {
    url,
    version,
    header: headerOf(grammar),
    content: 'complete',
    caseSensitive: true,
    language,
    properties,
    supplements: [],
    find: (code) => grammar.find(code),
    concepts: () => undefined,
    grammar: { base: () => grammar.base() },
    fault: (code) => grammar.fault?.(code),
    select: (filter) => grammar.select?.(filter) ?? alongHierarchy(grammar, filter),
  };
}

/** What lies below a code is told of each concept; there is no list of it. */
function alongHierarchy(grammar: Grammar, { property, op, value }: SystemFilter): Restriction | undefined {
  const isHierarchy = property === 'concept' || property === 'code';
  if (!isHierarchy || (op !== 'is-a' && op !== 'descendent-of')) return undefined;
  const ancestor = grammar.find(value);
  return {
    takes: (concept) =>
      ancestor !== undefined && isSubsumedBy(concept, ancestor) && (op === 'is-a' || concept.code !== ancestor.code),
  };
}

export function grammarEntry(grammar: Grammar): CodeSystemEntry {
  const system = grammarSystem(grammar);
  return {
    url: grammar.url,
    ...(grammar.version !== undefined && { version: grammar.version }),
    // Whether a code exists can be told of each: it is as good as complete.
    content: 'complete',
    resource: () => system.header,
    defined: () => system,
  };
}

/** A concept that stands alone: what grammars have no hierarchy, order or state for. */
export const grammarConcept = (
  concept: Pick<Concept, 'code' | 'display'> & Partial<Pick<Concept, 'designations' | 'properties' | 'isA'>>,
): Concept => ({
  definition: undefined,
  designations: [],
  properties: [],
  extensions: [],
  parents: [],
  children: [],
  ordinal: -1,
  inactive: false,
  ...concept,
});
