// Whether a comparison says of a planted mutation what it has to: its cause and nothing else, its kinds and no others.
import type { CauseDiff, SemanticDiff } from '../../src/pipeline/semantic-diff.js';
import type { Mutation } from './mutations.js';

/** What is wrong with the account of a mutation; empty when it is right. */
export function faultsOf(
  { cause, kinds, also = [], elements = [], findings = [] }: Mutation,
  diff: SemanticDiff,
): string[] {
  const found = diff.behaviour.causes.find((each) => each.cause.name === cause && each.cause.change !== 'none');
  if (found === undefined) return ['not found', ...others(diff, cause)];
  return [
    ...others(diff, cause),
    ...missing('kind', kinds, kindsOf(found)),
    ...missing('unexpected kind', kindsOf(found), [...kinds, ...also]),
    ...missing('element', elements, elementsOf(found)),
    ...missing('finding', findings, findingsOf(found)),
  ];
}

const others = ({ behaviour }: SemanticDiff, cause: string): string[] =>
  behaviour.causes
    .filter((each) => each.cause.name !== cause || each.cause.change === 'none')
    .map(
      (each) =>
        `laid to ${each.cause.name} (${each.cause.change}): ${[...elementsOf(each), ...findingsOf(each)].join(', ')}`,
    );

const missing = (what: string, wanted: readonly string[], found: readonly string[]): string[] =>
  wanted.filter((each) => !found.includes(each)).map((each) => `${what} ${each}`);

export const kindsOf = ({ elements }: CauseDiff): string[] => [...new Set(elements.map(({ kind }) => kind))];
export const elementsOf = ({ elements }: CauseDiff): string[] => elements.map(({ op, element }) => `${op} ${element}`);
export const findingsOf = ({ issues, residuals }: CauseDiff): string[] => [
  ...issues.map(({ change, code }) => `${change} ${code}`),
  ...residuals.map(({ change, path }) => `${change} ${path}`),
];
