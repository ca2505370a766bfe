// $expand: the codes of a value set, a page of them, with what was asked for about each
// (http://hl7.org/fhir/R4/valueset-operation-expand.html).
import { isAbstract, isInactive } from '../code-systems/concept-state.js';
import { TerminologyRefusal } from '../issue.js';
import { bestDisplay, type UsedConcept } from '../languages/displays.js';
import { messages } from '../messages.js';
import type { DesignationElement, Extension, PropertyElement, ValueSetResource } from '../resources.js';
import type { Scope } from '../scope.js';
import { collect, type Collected, type Page, type Trace } from '../value-sets/collect.js';
import { checkDefinition, nameOf } from '../value-sets/imports.js';
import { shownDesignations } from './expansion-designations.js';
import { shownExtensions, shownProperties, type ShownProperty } from './expansion-properties.js';
import { filterByText } from '../value-sets/text-filter.js';

export interface ExpandOptions {
  readonly count?: number;
  readonly offset?: number;
  /** Text filter. */
  readonly filter?: string;
  readonly excludeNested: boolean;
  readonly includeDesignations: boolean;
  /** `urn:ietf:bcp:47|de`: designations in a language; `system|code`: of a use. */
  readonly designations: readonly string[];
  readonly properties: readonly string[];
  /** More codes than this are too costly to be answered at once. */
  readonly limit: number;
}

export interface ExpandedCode {
  readonly system: string;
  readonly version?: string;
  readonly code: string;
  readonly display?: string;
  readonly abstract: boolean;
  readonly inactive: boolean;
  readonly extensions: readonly Extension[];
  readonly designations: readonly DesignationElement[];
  readonly properties: readonly PropertyElement[];
  readonly contains: readonly ExpandedCode[];
}

export interface Expansion {
  /** Undefined: they are without end, and the codes given are some of them. */
  readonly total?: number;
  readonly offset?: number;
  readonly codes: readonly ExpandedCode[];
  readonly traces: readonly Trace[];
  /** What the codes' properties mean. */
  readonly properties: readonly ShownProperty[];
  readonly versionsMerged: boolean;
  /** The expansion may lack codes, and why where there is more to say. */
  readonly isUnclosed: boolean;
  readonly reasons: readonly string[];
}

interface Node {
  readonly used: UsedConcept;
  readonly children: Node[];
}

/** Throws a refusal for a value set that cannot be expanded, or not in reasonable size. */
export function expand(valueSet: ValueSetResource, scope: Scope, options: ExpandOptions): Expansion {
  checkDefinition(valueSet, scope);
  const isPaged = options.count !== undefined || options.offset !== undefined;
  const collected = collect(
    valueSet,
    scope,
    options.count === undefined ? undefined : pageAsked(options.count, options),
  );
  // In a system of many parents to a concept, nesting would show one of them as if there were no other.
  const isNested = !options.excludeNested && !isPaged && canNest(valueSet) && !collected.isCompositional;
  const codes = collected.outOf === undefined ? meant(collected.codes, options, !isNested) : collected.codes;
  const page = collected.outOf === undefined ? pageOf(codes, options) : codes;
  if (page.length > options.limit)
    throw new TerminologyRefusal(422, 'too-costly', messages.tooCostly(nameOf(valueSet), options.limit));
  const nodes = isNested ? nest(page) : page.map((used) => ({ used, children: [] }));
  const properties = new Map<string, ShownProperty>();
  return {
    ...(!collected.isWholeGrammar && { total: collected.outOf ?? codes.length }),
    ...(isPaged && { offset: options.offset ?? 0 }),
    codes: nodes.map((node) => expanded(node, { collected, scope, options, properties })),
    traces: collected.traces,
    properties: [...properties.values()],
    versionsMerged: collected.versionsMerged,
    isUnclosed: collected.isCompositional || collected.reasons.length > 0,
    reasons: collected.reasons,
  };
}

// A hierarchy across includes or in a list somebody put in order would be of our making.
function canNest({ compose }: ValueSetResource): boolean {
  const [first, ...others] = compose?.include ?? [];
  return first !== undefined && others.length === 0 && first.concept === undefined && first.valueSet === undefined;
}

/** More than may be answered at once is not made to be refused. */
const pageAsked = (count: number, { offset = 0, filter, limit }: ExpandOptions): Page => ({
  offset,
  count: Math.min(count, limit + 1),
  ...(filter !== undefined && { text: filter }),
});

const meant = (codes: readonly UsedConcept[], { filter }: ExpandOptions, isRanked: boolean): readonly UsedConcept[] =>
  filter === undefined ? codes : filterByText(codes, filter, isRanked);

const pageOf = (codes: readonly UsedConcept[], { offset = 0, count }: ExpandOptions): readonly UsedConcept[] =>
  count === undefined ? codes.slice(offset) : codes.slice(offset, offset + count);

/** Each concept under the first of its parents that is there as well. */
function nest(page: readonly UsedConcept[]): readonly Node[] {
  const nodes = new Map<string, Node>(page.map((used) => [used.concept.code, { used, children: [] }]));
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const parent = node.used.concept.parents.map(({ code }) => nodes.get(code)).find((each) => each !== undefined);
    (parent?.children ?? roots).push(node);
  }
  return isForest(roots, nodes.size) ? roots : page.map((used) => ({ used, children: [] }));
}

/** Deeper answers are flat: no reader of JSON is asked to go further. */
const deepest = 100;

/** A hierarchy that goes in circles leaves concepts without a root. */
function isForest(roots: readonly Node[], size: number): boolean {
  let level: readonly Node[] = roots;
  let count = 0;
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    count += level.length;
    level = level.flatMap(({ children }) => children);
  }
  return count === size;
}

interface Making {
  readonly collected: Collected;
  readonly scope: Scope;
  readonly options: ExpandOptions;
  /** The properties shown so far, by code. */
  readonly properties: Map<string, ShownProperty>;
}

function expanded({ used, children }: Node, making: Making): ExpandedCode {
  const { system, concept } = used;
  const { version } = system;
  const { collected, scope, options } = making;
  const display = bestDisplay(used, scope.options.languages);
  const isVersioned = version !== undefined && collected.manyVersioned.has(system.url);
  return {
    system: system.url,
    ...(isVersioned && { version }),
    code: concept.code,
    ...(display !== undefined && { display: display.value }),
    abstract: isAbstract(system, concept),
    inactive: isInactive(system, concept),
    extensions: shownExtensions(used),
    designations: shownDesignations(used, display, options),
    properties: propertiesOf(used, making),
    contains: children.map((child) => expanded(child, making)),
  };
}

function propertiesOf(used: UsedConcept, { options, properties }: Making): readonly PropertyElement[] {
  const shown = shownProperties(used, options.properties);
  for (const each of shown) if (!properties.has(each.element.code)) properties.set(each.element.code, each);
  return shown.map(({ element }) => element);
}
