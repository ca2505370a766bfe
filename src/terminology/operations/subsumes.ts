// $subsumes: how two codes of one system stand to each other (http://hl7.org/fhir/R4/codesystem-operation-subsumes.html).
import { isSubsumedBy } from '../code-systems/code-system.js';
import { TerminologyRefusal } from '../issue.js';
import { messages } from '../messages.js';
import type { Coding } from '../resources.js';
import type { Scope } from '../scope.js';
import { knownConcept } from './lookup.js';

/** http://hl7.org/fhir/concept-subsumption-outcome */
export type Subsumption = 'equivalent' | 'subsumes' | 'subsumed-by' | 'not-subsumed';

/** How A stands to B. Throws a refusal when a code is not known, or the two are of different systems. */
export function subsumes(a: Coding, b: Coding, scope: Scope): Subsumption {
  if (a.system !== b.system)
    throw new TerminologyRefusal(422, 'invalid', messages.wrongParameter('codingB', 'of the system of codingA'));
  const [left, right] = [knownConcept(a, scope).concept, knownConcept(b, scope).concept];
  if (left.code === right.code) return 'equivalent';
  if (isSubsumedBy(right, left)) return 'subsumes';
  return isSubsumedBy(left, right) ? 'subsumed-by' : 'not-subsumed';
}
