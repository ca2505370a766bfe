// Code systems as value sets ask them: which codes there are, where they stand, what they are called.
import type { JsonObject, JsonValue } from '../../model/json.js';
import type { CodeSystem } from '../systems/code-system.js';

/** One concept of a system whose hierarchy is known. */
export interface ConceptNode {
  readonly code: string;
  readonly displays: readonly string[];
  /** Codes above it. */
  readonly ancestors: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, readonly string[]>;
}

export interface SystemContent {
  readonly url: string;
  readonly version: string | undefined;
  readonly content: string;
  /** The concept; undefined when it is not there. */
  concept(code: string): ConceptNode | undefined;
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'toJSON' in value === false;

/** The objects of a list. */
export const listAt = (holder: JsonObject | undefined, name: string): readonly JsonObject[] => {
  const value = holder?.[name];
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isObject) : [];
};

export const textAt = (holder: JsonObject | undefined, name: string): string | undefined => {
  const value = holder?.[name];
  return typeof value === 'string' ? value : undefined;
};

const written = (value: JsonValue | undefined): string | undefined => {
  if (isObject(value)) return textAt(value, 'code');
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

function propertiesOf(concept: JsonObject): ReadonlyMap<string, readonly string[]> {
  const properties = new Map<string, string[]>();
  for (const property of listAt(concept, 'property')) {
    const key = Object.keys(property).find((each) => each.startsWith('value'));
    const value = key === undefined ? undefined : written(property[key]);
    const code = textAt(property, 'code') ?? '';
    if (value !== undefined) properties.set(code, [...(properties.get(code) ?? []), value]);
  }
  return properties;
}

const displaysOf = (concept: JsonObject): readonly string[] =>
  [textAt(concept, 'display'), ...listAt(concept, 'designation').map((each) => textAt(each, 'value'))].filter(
    (each) => each !== undefined,
  );

function addConcepts(
  concepts: readonly JsonObject[],
  above: ReadonlySet<string>,
  into: Map<string, ConceptNode>,
): void {
  for (const concept of concepts) {
    const code = textAt(concept, 'code') ?? '';
    const properties = propertiesOf(concept);
    const ancestors = new Set([...above, ...(properties.get('parent') ?? [])]);
    into.set(code, { code, displays: displaysOf(concept), ancestors, properties });
    addConcepts(listAt(concept, 'concept'), new Set([...ancestors, code]), into);
  }
}

/** A CodeSystem resource (http://hl7.org/fhir/R4/codesystem.html) as content. */
export function resourceContent(resource: JsonObject): SystemContent {
  const concepts = new Map<string, ConceptNode>();
  const isSensitive = resource.caseSensitive !== false;
  addConcepts(listAt(resource, 'concept'), new Set(), concepts);
  const folded = isSensitive ? undefined : new Map([...concepts].map(([code, node]) => [code.toLowerCase(), node]));
  return {
    url: textAt(resource, 'url') ?? '',
    version: textAt(resource, 'version'),
    content: resource.supplements === undefined ? (textAt(resource, 'content') ?? 'complete') : 'supplement',
    concept: (code) => concepts.get(code) ?? folded?.get(code.toLowerCase()),
  };
}

const noProperties: ReadonlyMap<string, readonly string[]> = new Map();
const noAncestors: ReadonlySet<string> = new Set();

/** A compact system: codes and displays, no hierarchy. */
export const compactContent = (system: CodeSystem): SystemContent => ({
  url: system.url,
  // Two publications in one: it has no version of its own.
  version: undefined,
  content: system.content,
  concept: (code) => {
    if (!system.has(code)) return undefined;
    const display = system.display(code);
    return {
      code,
      displays: display === undefined ? [] : [display],
      ancestors: noAncestors,
      properties: noProperties,
    };
  },
});
