// Plain fhirpath.js: the values that a mapping reads, read with one compiled expression each. The expressions are relative
// to a segment's tree and short; a mapping would evaluate conditions and functions beside them.
import fhirpath from 'fhirpath';
import type { Read } from '../reads.js';
import { segmentTrees, type SegmentTree } from './message-tree.js';

/** Evaluates every read; compiling the expressions and making the trees is no part of it. */
export function fhirpathReads(text: string, reads: readonly Read[]): () => readonly unknown[] {
  const trees = segmentTrees(text).map(({ tree }) => tree);
  const compiled = new Map<string, (tree: SegmentTree) => unknown>();
  const evaluations = reads.map((read) => {
    const expression = expressionOf(read);
    let evaluate = compiled.get(expression);
    if (evaluate === undefined) compiled.set(expression, (evaluate = compile(expression)));
    return { evaluate, tree: trees[read.segment] ?? {} };
  });
  return () => evaluations.map(({ evaluate, tree }) => evaluate(tree));
}

const compile = (expression: string): ((tree: SegmentTree) => unknown) => {
  const evaluate = fhirpath.compile(expression);
  return (tree) => evaluate(tree);
};

/** `f3.c4_2`; `f3[1].c1` for the second repetition. */
const expressionOf = ({ field, repetition, component, subcomponent }: Read): string =>
  `f${field}${repetition > 1 ? `[${repetition - 1}]` : ''}.c${component}${subcomponent > 1 ? `_${subcomponent}` : ''}`;
