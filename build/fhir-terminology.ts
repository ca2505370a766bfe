// Code systems and value sets of FHIR packages: which codes a value set has, and code -> display per code system.
import type {
  CodeSystem,
  CodeSystemConcept,
  ValueSet,
  ValueSetComposeInclude,
  ValueSetComposeIncludeFilter,
} from 'fhir/r4.js';

/** The content of one or more packages; a resource read later stands in for one of the same URL read before. */
export interface Terminology {
  readonly codeSystems: ReadonlyMap<string, CodeSystem>;
  readonly valueSets: ReadonlyMap<string, ValueSet>;
}

/** System -> codes. */
export type Codes = ReadonlyMap<string, ReadonlySet<string>>;

interface Node {
  readonly concept: CodeSystemConcept;
  /** The nodes from the root to this one's parent. */
  readonly ancestors: ReadonlySet<string>;
}

/** Every concept of a code system with its ancestors, in the order of the resource; `subsumedBy` parents included. */
export function nodesOf(codeSystem: CodeSystem): readonly Node[] {
  const walk = (concepts: readonly CodeSystemConcept[], ancestors: ReadonlySet<string>): Node[] =>
    concepts.flatMap((concept) => [
      { concept, ancestors: new Set([...ancestors, ...parentsOf(concept)]) },
      ...walk(concept.concept ?? [], new Set([...ancestors, ...parentsOf(concept), concept.code])),
    ]);
  return walk(codeSystem.concept ?? [], new Set());
}

const parentsOf = (concept: CodeSystemConcept): readonly string[] =>
  (concept.property ?? []).flatMap(({ code, valueCode }) =>
    code === 'parent' && valueCode !== undefined ? [valueCode] : [],
  );

/** Code systems whose concepts are all here. */
const isComplete = (codeSystem: CodeSystem | undefined): codeSystem is CodeSystem => codeSystem?.content === 'complete';

type Test = (node: Node) => boolean;

/** One filter (http://hl7.org/fhir/R4/valueset-filter-operator.html); undefined when it cannot be computed here. */
function filterTest({ op, property, value }: ValueSetComposeIncludeFilter): Test | undefined {
  const isAncestor: Test = ({ ancestors }) => ancestors.has(value);
  if (op === 'is-a' && property === 'concept') return (node) => node.concept.code === value || isAncestor(node);
  if (op === 'descendent-of' && property === 'concept') return isAncestor;
  if (op === 'is-not-a' && property === 'concept') return (node) => node.concept.code !== value && !isAncestor(node);
  if (op === '=')
    return ({ concept }) =>
      (concept.property ?? []).some((each) => each.code === property && valueText(each) === value);
  return undefined;
}

const valueText = (property: NonNullable<CodeSystemConcept['property']>[number]): string | undefined =>
  property.valueCode ?? property.valueString ?? property.valueBoolean?.toString() ?? property.valueInteger?.toString();

function filteredCodes(
  codeSystem: CodeSystem,
  filters: readonly ValueSetComposeIncludeFilter[],
): ReadonlySet<string> | undefined {
  const tests = filters.map(filterTest);
  if (!tests.every((test) => test !== undefined)) return undefined;
  const nodes = nodesOf(codeSystem).filter((node) => tests.every((test) => test(node)));
  return new Set(nodes.map(({ concept }) => concept.code));
}

/** The codes an include or exclude takes from its own system. */
function ownCodes({ system, concept, filter }: ValueSetComposeInclude, terminology: Terminology): Codes | undefined {
  if (system === undefined) return undefined;
  if (concept !== undefined) return new Map([[system, new Set(concept.map(({ code }) => code))]]);
  const codeSystem = terminology.codeSystems.get(system);
  const codes = isComplete(codeSystem) ? filteredCodes(codeSystem, filter ?? []) : undefined;
  return codes === undefined ? undefined : new Map([[system, codes]]);
}

const intersection = (a: Codes, b: Codes): Codes =>
  new Map([...a].map(([system, codes]) => [system, new Set([...codes].filter((code) => b.get(system)?.has(code)))]));

const difference = (a: Codes, b: Codes): Codes =>
  new Map([...a].map(([system, codes]) => [system, new Set([...codes].filter((code) => !b.get(system)?.has(code)))]));

function union(all: readonly Codes[]): Codes {
  const sum = new Map<string, Set<string>>();
  for (const codes of all)
    for (const [system, set] of codes) sum.set(system, new Set([...(sum.get(system) ?? []), ...set]));
  return sum;
}

/** All of `items`, or undefined when one is. */
const every = <T>(items: readonly (T | undefined)[]): readonly T[] | undefined =>
  items.every((item) => item !== undefined) ? items : undefined;

function includeCodes(include: ValueSetComposeInclude, terminology: Terminology): Codes | undefined {
  const referred = every((include.valueSet ?? []).map((url) => enumerate(url, terminology)));
  const own = include.system === undefined ? [] : [ownCodes(include, terminology)];
  const parts = referred === undefined ? undefined : every([...own, ...referred]);
  return parts?.reduce(intersection);
}

/**
 * The codes of a value set (http://hl7.org/fhir/R4/valueset.html#compositions): includes are united, several value sets in
 * one include intersected, excludes taken away. Undefined when a code system or value set is not here in full, or a filter
 * cannot be computed.
 */
export function enumerate(url: string, terminology: Terminology): Codes | undefined {
  const compose = terminology.valueSets.get(url.split('|')[0] ?? url)?.compose;
  if (compose === undefined) return undefined;
  const included = every(compose.include.map((each) => includeCodes(each, terminology)));
  const excluded = every((compose.exclude ?? []).map((each) => includeCodes(each, terminology)));
  return included === undefined || excluded === undefined ? undefined : difference(union(included), union(excluded));
}

/** Codes as plain JSON, sorted by system; codes keep the order of the value set. */
export const codesAsJson = (codes: Codes): Record<string, readonly string[]> =>
  Object.fromEntries([...codes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([system, set]) => [system, [...set]]));
