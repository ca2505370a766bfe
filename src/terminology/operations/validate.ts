// $validate-code: a code, a Coding or a CodeableConcept against a value set or a code system
// (http://hl7.org/fhir/R4/valueset-operation-validate-code.html, http://hl7.org/fhir/R4/codesystem-operation-validate-code.html).
import { isInactive, isStatus, statusOf } from '../code-systems/concept-state.js';
import { codePath, codingPath, conceptPath } from '../coding-path.js';
import { isError, type TxIssue } from '../issue.js';
import { messages } from '../messages.js';
import type { CodeableConcept, Coding, ValueSetResource } from '../resources.js';
import type { Scope } from '../scope.js';
import { checkDefinition, nameOf } from '../value-sets/imports.js';
import { valueSetStatusIssues } from '../value-sets/status-check.js';
import { inferSystem } from './infer-system.js';
import { checkCoding, type CheckedCoding, type CheckOptions } from './validate-coding.js';

export type Subject =
  | { readonly kind: 'code'; readonly coding: Coding; readonly inferSystem: boolean }
  | { readonly kind: 'coding'; readonly coding: Coding }
  | { readonly kind: 'codeableConcept'; readonly concept: CodeableConcept };

export interface Validation {
  readonly result: boolean;
  readonly code?: string | undefined;
  readonly system?: string | undefined;
  readonly version?: string | undefined;
  readonly display?: string | undefined;
  /** The code as its system spells it, where the request spelled it otherwise. */
  readonly normalizedCode?: string;
  readonly inactive?: boolean;
  readonly status?: string;
  readonly codeableConcept?: CodeableConcept;
  readonly issues: readonly TxIssue[];
  readonly unknownSystems: readonly string[];
  readonly causedBy: readonly string[];
  /** Told in the answer's message, beside the issues. */
  readonly remarks: readonly string[];
}

export type ValidateOptions = Omit<CheckOptions, 'isOneOfSeveral'>;

/** Throws a refusal for a value set that cannot be computed with. */
export function validate(subject: Subject, scope: Scope, options: ValidateOptions): Validation {
  const { valueSet } = options;
  if (valueSet !== undefined) checkDefinition(valueSet, scope);
  if (subject.kind === 'codeableConcept') return validateConcept(subject.concept, scope, options);
  const path = subject.kind === 'code' ? codePath : codingPath;
  if (subject.kind === 'code' && subject.inferSystem && subject.coding.system === undefined && valueSet !== undefined)
    return validateInferred(subject.coding, scope, { ...options, valueSet });
  const checked = checkCoding(subject.coding, path, scope, { ...options, isOneOfSeveral: false });
  return answer(checked, subject.coding, options);
}

function validateInferred(
  coding: Coding,
  scope: Scope,
  options: ValidateOptions & { readonly valueSet: ValueSetResource },
): Validation {
  const systems = inferSystem(coding.code ?? '', options.valueSet, scope);
  const check = { ...options, isOneOfSeveral: false };
  const [system] = systems;
  if (system !== undefined && systems.length === 1) {
    const found = { ...coding, system };
    return answer(checkCoding(found, codePath, scope, check), found, options);
  }
  const { code = '' } = coding;
  const name = nameOf(options.valueSet);
  const message =
    systems.length === 0 ? messages.cannotInfer(code, name) : messages.severalInferred(code, name, systems);
  const rejected = checkCoding(coding, codePath, scope, check).issues.filter(isError);
  const issue: TxIssue = { severity: 'error', type: 'not-found', detail: 'cannot-infer', message, expression: 'code' };
  return answer({ outcome: 'out', issues: [...rejected, issue], causedBy: [] }, coding, options);
}

function answer(checked: CheckedCoding, coding: Coding, { valueSet }: ValidateOptions): Validation {
  const status = valueSet === undefined ? [] : valueSetStatusIssues(valueSet);
  const issues = [...status, ...checked.issues];
  return {
    result: checked.outcome === 'in' && !issues.some(isError),
    code: coding.code,
    system: coding.system,
    version: checked.system?.version,
    display: checked.display,
    ...normalizedCode(checked, coding),
    ...stateOf(checked),
    issues,
    unknownSystems: checked.unknownSystem === undefined ? [] : [checked.unknownSystem],
    causedBy: checked.causedBy,
    remarks: checked.remarks ?? [],
  };
}

const normalizedCode = ({ used }: CheckedCoding, { code }: Coding): Pick<Validation, 'normalizedCode'> =>
  used === undefined || used.concept.code === code ? {} : { normalizedCode: used.concept.code };

function stateOf({ used }: CheckedCoding): Pick<Validation, 'inactive' | 'status'> {
  if (used === undefined) return {};
  const { system, concept } = used;
  const inactive = isInactive(system, concept);
  const status = statusOf(system, concept);
  const isNews = status !== undefined && !isStatus(status, 'active', 'inactive');
  return { ...(inactive && { inactive }), ...(isNews && { status }) };
}

function validateConcept(concept: CodeableConcept, scope: Scope, options: ValidateOptions): Validation {
  const codings = concept.coding ?? [];
  const check = { ...options, isOneOfSeveral: true };
  const checked = codings.map((coding, index) => checkCoding(coding, conceptPath(index), scope, check));
  const accepted = checked.findIndex(({ outcome }) => outcome === 'in');
  const issues = [...noneIssues(checked, options), ...unique(checked.flatMap((each) => each.issues))];
  const unknownSystems = unique(checked.flatMap(({ unknownSystem }) => unknownSystem ?? []));
  const causedBy = unique(checked.flatMap((each) => each.causedBy));
  const remarks = unique(checked.flatMap((each) => each.remarks ?? []));
  const common = { codeableConcept: concept, unknownSystems, causedBy, remarks };
  if (accepted >= 0) return { ...answerOf(checked[accepted]!, codings[accepted]!, issues, options), ...common };
  const undecided = checked.find(({ outcome }) => outcome === 'unresolved');
  const about = { version: undecided?.system?.version, display: undecided?.display };
  return { result: false, issues, ...about, ...common };
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

function answerOf(
  checked: CheckedCoding,
  coding: Coding,
  issues: readonly TxIssue[],
  options: ValidateOptions,
): Validation {
  const own = answer(checked, coding, options);
  const status = options.valueSet === undefined ? [] : valueSetStatusIssues(options.valueSet);
  const all = [...status, ...issues];
  return { ...own, result: !all.some(isError), issues: all };
}

/** That none of the codes is in the value set; not said when one of them could not be decided. */
function noneIssues(checked: readonly CheckedCoding[], { valueSet }: ValidateOptions): readonly TxIssue[] {
  if (valueSet === undefined || checked.some(({ outcome }) => outcome !== 'out')) return [];
  const message = messages.noValidCoding(nameOf(valueSet));
  return [{ severity: 'error', type: 'code-invalid', detail: 'not-in-vs', message }];
}
