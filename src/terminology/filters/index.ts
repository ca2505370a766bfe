// The table of filter operators. A new one is a file beside this, and a line here.
import type { DefinedCodeSystem } from '../code-systems/code-system.js';
import { equals } from './equals.js';
import { exists } from './exists.js';
import { childOf, descendentLeaf, descendentOf, generalizes, isA, isNotA } from './hierarchy.js';
import { isIn, isNotIn } from './in.js';
import type { ConceptTest, Filter, FilterFault, FilterOperator } from './operator.js';
import { regex } from './regex.js';

const operators: ReadonlyMap<string, FilterOperator> = new Map(
  [equals, isA, descendentOf, isNotA, generalizes, childOf, descendentLeaf, isIn, isNotIn, exists, regex].map(
    (operator) => [operator.op, operator],
  ),
);

export const filterOperators: readonly string[] = [...operators.keys()];

/** A filter ready to test concepts of the system, or why it cannot be computed. */
export const compileFilter = (filter: Filter, system: DefinedCodeSystem): ConceptTest | FilterFault =>
  operators.get(filter.op)?.compile(filter, system) ?? 'not-understood';
