// Invariants (http://hl7.org/fhir/R4/conformance-rules.html#constraints): compiled once, run on each value.
import type { ConstraintRule, StructureModel } from '../../model/structure.js';
import type { Closure, Environment, Host } from '../fhirpath/closure.js';
import { compileExpression } from '../fhirpath/compile.js';
import { environmentOf, verdictOf } from '../fhirpath/evaluate.js';
import { SyntaxFailure } from '../fhirpath/failure.js';
import type { FhirTypes } from '../fhirpath/types.js';
import type { ItemCheck } from './rule-node.js';
import type { FullRun } from './run.js';

/**
 * Invariants that the walk itself checks: every element has a value or children (ele-1), an extension either value or
 * extensions (ext-1), contained resources are referred to (dom-3: quadratic as it is written), links of narratives (txt-1, txt-2).
 */
const walked = new Set(['ele-1', 'ext-1', 'dom-3', 'txt-1', 'txt-2', 'ref-1']);

/** Of R4B, and of a server's own types: no part of R4. */
const foreign = new Set(['dom-r4b']);

/** Constraints that only say how a definition is best written. */
const compiledOf = (expression: string): Closure | undefined => {
  try {
    return compileExpression(expression);
  } catch (error) {
    if (error instanceof SyntaxFailure) return undefined;
    throw error;
  }
};

type MakeHost = (run: FullRun) => Host;

/** Checks one invariant in the circumstances of the item. */
type Invariant = (environment: Environment, run: FullRun) => void;

const severityOf = ({ severity, bestPractice }: ConstraintRule) => (bestPractice ? 'warning' : severity);

function invariantOf(constraint: ConstraintRule, expression: string, structure: string): Invariant {
  const { key, human, source = structure } = constraint;
  const messageId = `${source}#${key}`;
  const severity = severityOf(constraint);
  let closure: Closure | undefined | 'new' = 'new';
  return (environment, run) => {
    if (constraint.bestPractice && !run.settings.bestPractice) return;
    if (closure === 'new') closure = compiledOf(expression);
    const verdict = closure === undefined ? 'open' : verdictOf(closure, environment);
    if (verdict === 'open') run.reportAs(messageId, 'validate.constraint-open', { key }, severity);
    else if (verdict === 'fails')
      run.reportAs(messageId, 'validate.constraint', { key, human: human.replace(/\.$/, '') }, severity);
  };
}

/** The check of the invariants of a structure's element, if it has any; one without an expression is for people. */
export function constraintChecks(
  constraints: readonly ConstraintRule[] | undefined,
  { url }: StructureModel,
  types: FhirTypes,
  hostOf: MakeHost,
): readonly ItemCheck[] {
  const invariants = (constraints ?? [])
    .filter(({ key }) => !walked.has(key) && !foreign.has(key))
    .flatMap((each) => (each.expression === undefined ? [] : invariantOf(each, each.expression, url)));
  if (invariants.length === 0) return [];
  return [
    (item, run) => {
      const resource = run.resource ?? item;
      const place = { types, host: hostOf(run), resource, rootResource: run.container ?? resource };
      const environment = environmentOf(place, item);
      for (const check of invariants) check(environment, run);
    },
  ];
}
