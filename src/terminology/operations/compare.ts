// $compare: how the codes of two value sets stand to each other. Definitions are compared where that decides it, for it
// holds whatever the code systems contain; else both are expanded.
import { TerminologyRefusal } from '../issue.js';
import { messages, type Message } from '../messages.js';
import type { Include, ValueSetResource } from '../resources.js';
import type { Scope } from '../scope.js';
import { collect } from '../value-sets/collect.js';
import { valueSetHandle } from '../value-sets/handle.js';
import { checkDefinition, nameOf } from '../value-sets/imports.js';

export type Relation = 'same' | 'subset' | 'superset' | 'overlapping' | 'disjoint';

export interface Comparison {
  readonly relation: Relation;
  readonly message: Message['text'];
  readonly performedExpansion: boolean;
  /** Codes of both, of this alone and of the other alone; undefined where definitions decided without looking at codes. */
  readonly codes?: {
    readonly common: readonly string[];
    readonly missing: readonly string[];
    readonly extra: readonly string[];
  };
}

/** Things of which both sides are made: systems, or codes. */
type Parts = ReadonlyMap<string, string>;

const told: Readonly<Record<Relation, (a: string, b: string) => string>> = {
  same: (a, b) => `The value sets ${a} and ${b} contain the same codes`,
  subset: (a, b) => `The valueSet ${a} is a sub-set of the valueSet ${b}`,
  superset: (a, b) => `The valueSet ${a} is a super-set of the valueSet ${b}`,
  overlapping: (a, b) => `Both value sets ${a} and ${b} contain the codes the other doesn't, but there is some overlap`,
  disjoint: (a, b) => `No shared codes between the value sets ${a} and ${b}`,
};

interface Difference {
  readonly common: readonly string[];
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

function difference(a: Parts, b: Parts): Difference {
  const labels = (from: Parts, test: (key: string) => boolean) =>
    [...from].flatMap(([key, label]) => (test(key) ? [label] : [])).sort();
  return {
    common: labels(a, (key) => b.has(key)),
    missing: labels(a, (key) => !b.has(key)),
    extra: labels(b, (key) => !a.has(key)),
  };
}

function relationOf({ common, missing, extra }: Difference): Relation {
  if (missing.length === 0 && extra.length === 0) return 'same';
  if (missing.length === 0) return 'subset';
  if (extra.length === 0) return 'superset';
  return common.length === 0 ? 'disjoint' : 'overlapping';
}

const isWholeSystem = ({ concept, filter, valueSet }: Include): boolean =>
  concept === undefined && filter === undefined && valueSet === undefined;
const isList = ({ concept, filter, valueSet }: Include): boolean =>
  concept !== undefined && filter === undefined && valueSet === undefined;

const systemKey = ({ system = '', version }: Include): string =>
  version === undefined ? system : `${system}|${version}`;

/** An include in a form in which order does not matter. */
function normal(include: Include): string {
  const { concept, filter, valueSet } = include;
  const codes = concept?.map(({ code }) => code).sort();
  const filters = filter?.map(({ property, op, value, _op }) => JSON.stringify([property, op, value, _op])).sort();
  return JSON.stringify([systemKey(include), codes, filters, [...(valueSet ?? [])].sort()]);
}

const normalForm = ({ compose }: ValueSetResource): string =>
  JSON.stringify([
    compose?.inactive,
    (compose?.include ?? []).map(normal).sort(),
    (compose?.exclude ?? []).map(normal).sort(),
  ]);

const wholeSystems = (includes: readonly Include[]): Parts =>
  new Map(includes.map((include) => [systemKey(include), systemKey(include)]));

const listedCodes = (includes: readonly Include[]): Parts =>
  new Map(
    includes.flatMap((include) =>
      (include.concept ?? []).map(({ code }) => [`${systemKey(include)} ${code}`, code] as const),
    ),
  );

/** What definitions alone say; undefined when they do not decide. */
function byDefinition(a: ValueSetResource, b: ValueSetResource): { parts: Difference; areCodes: boolean } | undefined {
  const [left, right] = [a.compose?.include ?? [], b.compose?.include ?? []];
  const all = [...left, ...right];
  const isPlain =
    all.length > 0 &&
    [a, b].every(({ compose }) => (compose?.exclude ?? []).length === 0 && compose?.inactive === undefined);
  if (isPlain && all.every(isList)) return { parts: difference(listedCodes(left), listedCodes(right)), areCodes: true };
  if (isPlain && all.every(isWholeSystem))
    return { parts: difference(wholeSystems(left), wholeSystems(right)), areCodes: false };
  return normalForm(a) === normalForm(b)
    ? { parts: { common: [], missing: [], extra: [] }, areCodes: false }
    : undefined;
}

interface Expanded {
  readonly codes: Parts;
  readonly isEndless: boolean;
}

function expandedCodes(valueSet: ValueSetResource, scope: Scope): Expanded {
  checkDefinition(valueSet, scope);
  const { codes, isEndless } = collect(valueSet, scope);
  const parts = new Map(codes.map(({ system, concept }) => [`${system.url} ${concept.code}`, concept.code]));
  return { codes: parts, isEndless };
}

/** What the expansions say. Of a set without end every code of the other is asked for; beside them it has codes of its own. */
function byExpansion(a: ValueSetResource, b: ValueSetResource, scope: Scope): Difference {
  const [left, right] = [expandedCodes(a, scope), expandedCodes(b, scope)];
  if (left.isEndless && right.isEndless)
    throw new TerminologyRefusal(422, 'too-costly', messages.notComparable(nameOf(a), nameOf(b)));
  if (left.isEndless) return againstEndless(left.codes, right.codes, a, scope);
  if (!right.isEndless) return difference(left.codes, right.codes);
  const { common, missing, extra } = againstEndless(right.codes, left.codes, b, scope);
  return { common, missing: extra, extra: missing };
}

function againstEndless(examples: Parts, finite: Parts, endless: ValueSetResource, scope: Scope): Difference {
  const handle = valueSetHandle(endless, scope);
  const isCommon = (key: string): boolean => {
    const [system = '', ...code] = key.split(' ');
    return handle.has(system, code.join(' ')) === true;
  };
  const shared = new Map([...finite].filter(([key]) => isCommon(key)));
  return difference(new Map([...examples, ...shared]), finite);
}

/** How the codes of `a` stand to those of `b`. Throws a refusal where that needs an expansion that cannot be made. */
export function compare(a: ValueSetResource, b: ValueSetResource, scope: Scope): Comparison {
  const stated = byDefinition(a, b);
  const parts = stated?.parts ?? byExpansion(a, b, scope);
  const relation = relationOf(parts);
  return {
    relation,
    message: told[relation](nameOf(a), nameOf(b)),
    performedExpansion: stated === undefined,
    ...((stated === undefined || stated.areCodes) && { codes: parts }),
  };
}
