// What is told about a code that is known: that it is inactive, deprecated, abstract, or written in another case.
import { isAbstract, isDeprecated, isInactive, isStatus, statusOf } from '../code-systems/concept-state.js';
import { canonicalOf } from '../code-systems/code-system.js';
import type { CodingPath } from '../coding-path.js';
import type { TxIssue } from '../issue.js';
import type { UsedConcept } from '../languages/displays.js';
import { messages } from '../messages.js';
import { extensionOf, standardsStatus, type IncludedConcept, type ValueSetResource } from '../resources.js';
import { nameOf } from '../value-sets/imports.js';

const comment = { severity: 'warning', type: 'business-rule', detail: 'code-comment' } as const;

/** The concept's own state. */
export function conceptStateIssues({ system, concept }: UsedConcept, path: CodingPath): readonly TxIssue[] {
  const status = statusOf(system, concept);
  if (isInactive(system, concept)) {
    const message = messages.inactiveConcept(concept.code, toldState(status, { system, concept }));
    return [{ ...comment, message, expression: path.self, told: true }];
  }
  if (!isDeprecated(system, concept)) return [];
  return [{ ...comment, message: messages.deprecatedConcept(concept.code), expression: path.self, told: true }];
}

/** That it is inactive, where that is read off its properties; a system that knows it says so by its own word for it. */
function toldState(status: string | undefined, { concept }: UsedConcept): string {
  if (status === undefined || isStatus(status, 'inactive')) return 'inactive';
  return concept.inactive === undefined ? `${status} and inactive` : status;
}

const deprecatedUrl = 'http://hl7.org/fhir/StructureDefinition/valueset-deprecated';

/** Does the value set say that it will not keep this concept? */
export function deprecationIn(listed: IncludedConcept | undefined): string | undefined {
  const flag = extensionOf(listed, deprecatedUrl);
  if (flag?.valueBoolean === true || flag?.valueCode === 'true') return 'deprecated';
  const status = standardsStatus(listed);
  return status === 'deprecated' || status === 'withdrawn' ? status : undefined;
}

export function listedStateIssues(
  { system, concept, listed }: UsedConcept,
  valueSet: ValueSetResource,
  path: CodingPath,
): readonly TxIssue[] {
  const status = deprecationIn(listed);
  if (status === undefined) return [];
  const message = messages.deprecatedInValueSet(concept.code, system.url, nameOf(valueSet), status);
  return [{ ...comment, message, expression: path.part('code') }];
}

const rule = { severity: 'error', type: 'business-rule', detail: 'code-rule' } as const;

export const abstractIssue = ({ system, concept }: UsedConcept, path: CodingPath): TxIssue | undefined =>
  isAbstract(system, concept)
    ? { ...rule, message: messages.abstractCode(system.url, concept.code), expression: path.part('code') }
    : undefined;

/** For value sets, or requests, that take active concepts only. */
export const notActiveIssue = ({ system, concept }: UsedConcept, path: CodingPath): TxIssue | undefined =>
  isInactive(system, concept)
    ? { ...rule, message: messages.notActive(concept.code), expression: path.part('code') }
    : undefined;

export function caseIssue({ system, concept }: UsedConcept, code: string, path: CodingPath): TxIssue | undefined {
  if (code === concept.code) return undefined;
  const message = messages.caseDiffers(code, concept.code, canonicalOf(system));
  return { ...rule, severity: 'information', message, expression: path.part('code'), told: true };
}
