// Whether a comparison says of planted mutations what it has to: each under its cause, in its kinds, and nothing else.
import type { CauseDiff, ElementDiff, SemanticDiff } from '../../src/pipeline/semantic-diff.js';
import type { Mutation } from './mutations.js';

/** What is wrong with the account of mutations planted at once; empty when it is right. */
export const faultsOf = (planted: readonly Mutation[], diff: SemanticDiff): string[] => [
  ...planted.flatMap((mutation) => faultsOfOne(mutation, diff).map((fault) => `${mutation.name}: ${fault}`)),
  ...strangers(planted, diff),
];

function faultsOfOne(
  { cause, kinds, also = [], elements = [], findings = [] }: Mutation,
  { behaviour }: SemanticDiff,
): string[] {
  const found = behaviour.causes.find((each) => each.cause.name === cause && each.cause.change !== 'none');
  if (found === undefined) return ['not found'];
  const unforeseen = kindsOf({ elements: found.elements.filter(isNoId) });
  return [
    ...missing('no kind', kinds, kindsOf(found)),
    ...missing('unforeseen kind', unforeseen, [...kinds, ...also]),
    ...missing('no', elements, elementsOf(found)),
    ...missing('no', findings, findingsOf(found)),
  ];
}

/** What is known by its content alone has another id when that changes. */
const isNoId = ({ op, element }: ElementDiff): boolean => op !== 'changed' || !element.endsWith('.id');

const strangers = (planted: readonly Mutation[], { behaviour }: SemanticDiff): string[] =>
  behaviour.causes
    .filter(({ cause }) => cause.change === 'none' || !planted.some((each) => each.cause === cause.name))
    .map((each) => `laid to ${nameOf(each)}: ${[...elementsOf(each), ...findingsOf(each)].join(', ')}`);

const nameOf = ({ cause: { name, change } }: CauseDiff): string => `${name} (${change})`;

const missing = (what: string, wanted: readonly string[], found: readonly string[]): string[] =>
  wanted.filter((each) => !found.includes(each)).map((each) => `${what} ${each}`);

export const kindsOf = ({ elements }: Pick<CauseDiff, 'elements'>): string[] => [
  ...new Set(elements.map(({ kind }) => kind)),
];

export const elementsOf = ({ elements }: CauseDiff): string[] => elements.map(({ op, element }) => `${op} ${element}`);

export const findingsOf = ({ issues, residuals }: CauseDiff): string[] => [
  ...issues.map(({ change, code }) => `${change} ${code}`),
  ...residuals.map(({ change, path }) => `${change} ${path}`),
];
