// One code, checked: in its code system, and in a value set where there is one.
import type { DefinedCodeSystem } from '../code-systems/code-system.js';
import type { CodingPath } from '../coding-path.js';
import { findSupplement, findSystem, findValueSet } from '../content.js';
import { isError, type TxIssue } from '../issue.js';
import { bestDisplay, type UsedConcept } from '../languages/displays.js';
import { messages } from '../messages.js';
import { parseCanonical, printCanonical, type Coding, type ValueSetResource } from '../resources.js';
import type { Scope } from '../scope.js';
import { resolveVersion } from '../system-version.js';
import { nameOf } from '../value-sets/imports.js';
import { findings, inValueSet, ranked, unknownVersionIssue, type Finding } from '../value-sets/membership.js';
import { systemStatusIssues } from '../value-sets/status-check.js';
import { displayIssue } from './display-check.js';
import { abstractIssue, caseIssue, conceptStateIssues, listedStateIssues, notActiveIssue } from './state-issues.js';

export interface CheckOptions {
  /** Absent: the code is checked in its code system only. */
  readonly valueSet?: ValueSetResource | undefined;
  /** `abstract`: may the code be one that is not to be selected? */
  readonly abstractAllowed: boolean;
  readonly lenientDisplay: boolean;
  /** valueset-membership-only: neither displays nor states are looked at. */
  readonly membershipOnly: boolean;
  /** Codes of a CodeableConcept need not all be in the value set. */
  readonly isOneOfSeveral: boolean;
}

export interface CheckedCoding {
  readonly outcome: 'in' | 'out' | 'unresolved';
  readonly system?: DefinedCodeSystem | undefined;
  readonly used?: UsedConcept | undefined;
  readonly display?: string | undefined;
  readonly issues: readonly TxIssue[];
  readonly unknownSystem?: string;
  readonly causedBy: readonly string[];
  /** What the value set's filters have to say of a code that they do not take. */
  readonly remarks?: readonly string[];
}

type FullCoding = Coding & { readonly system: string; readonly code: string };

/** `http://example.org/system|1.0#code ('display')` */
function told({ system = '', version, code = '', display }: Coding): string {
  const shown = display === undefined ? '' : ` ('${display}')`;
  return `${printCanonical(system, version)}#${code}${shown}`;
}

export function checkCoding(coding: Coding, path: CodingPath, scope: Scope, options: CheckOptions): CheckedCoding {
  const { system, code } = coding;
  if (code === undefined || system === undefined || system === '') return withoutSystem(coding, path, options);
  const full = { ...coding, system, code };
  const { valueSet } = options;
  if (valueSet === undefined) return inSystemOnly(full, path, scope, options);
  return inSetAndSystem(full, path, scope, { ...options, valueSet });
}

function withoutSystem(coding: Coding, path: CodingPath, options: CheckOptions): CheckedCoding {
  const issue: TxIssue = {
    severity: 'warning',
    type: 'invalid',
    detail: 'invalid-data',
    message: messages.noSystem(),
    expression: path.self,
  };
  return { outcome: 'out', issues: [...notInSetIssues(coding, path, options), issue], causedBy: [] };
}

function notInSetIssues(
  coding: Coding,
  path: CodingPath,
  { valueSet, isOneOfSeveral }: CheckOptions,
): readonly TxIssue[] {
  if (valueSet === undefined) return [];
  const message = messages.notInValueSet(told(coding), nameOf(valueSet));
  const issue = { type: 'code-invalid', message, expression: path.part('code') } as const;
  return isOneOfSeveral
    ? [{ ...issue, severity: 'information', detail: 'this-code-not-in-vs' }]
    : [{ ...issue, severity: 'error', detail: 'not-in-vs' }];
}

type SetOptions = CheckOptions & { readonly valueSet: ValueSetResource };

function inSetAndSystem(coding: FullCoding, path: CodingPath, scope: Scope, options: SetOptions): CheckedCoding {
  const found = bestFinding(coding, path, scope, options);
  if (found.outcome === 'in') return accepted(coding, path, scope, options, found);
  if (found.outcome === 'unresolved') return unresolved(coding, scope, found);
  return rejected(coding, path, scope, options, found);
}

/** Of several versions that hold the code, the one whose display is given. */
function bestFinding(coding: FullCoding, path: CodingPath, scope: Scope, options: SetOptions): Finding {
  const question = { coding, path, scope, known: new Map<ValueSetResource, Finding>() };
  const all = ranked(findings(options.valueSet, question));
  const best = all[0] ?? inValueSet(options.valueSet, question);
  if (best.outcome !== 'in' || coding.display === undefined || best.issues.some(isError)) return best;
  const rivals = all.filter(({ outcome, issues }) => outcome === 'in' && !issues.some(isError));
  return rivals.find((each) => displayIssues(usedOf(each), coding, path, scope, options).length === 0) ?? best;
}

const usedOf = ({ system, concept, listed }: Finding): UsedConcept | undefined =>
  system === undefined || concept === undefined ? undefined : { system, concept, listed };

function displayIssues(
  used: UsedConcept | undefined,
  { display }: Coding,
  path: CodingPath,
  { options: { languages } }: Scope,
  { lenientDisplay: lenient, membershipOnly }: CheckOptions,
): readonly TxIssue[] {
  if (used === undefined || display === undefined || membershipOnly) return [];
  return listOf(displayIssue(used, { display, path, languages, lenient }));
}

const listOf = <T>(item: T | undefined): readonly T[] => (item === undefined ? [] : [item]);

const shownDisplay = (used: UsedConcept | undefined, { options }: Scope): string | undefined =>
  used && bestDisplay(used, options.languages)?.value;

function accepted(
  coding: FullCoding,
  path: CodingPath,
  scope: Scope,
  options: SetOptions,
  found: Finding,
): CheckedCoding {
  const used = usedOf(found);
  const { system, causedBy } = found;
  if (used === undefined) return inFragment(coding, path, found);
  const refusal = ruleIssues(used, path, scope, options);
  if (refusal.length > 0) {
    const state = conceptStateIssues(used, path);
    const issues = [...refusal, ...notInSetIssues(coding, path, options), ...state];
    return { outcome: 'out', system, used, display: shownDisplay(used, scope), issues, causedBy };
  }
  const issues = [
    ...found.issues,
    ...stateIssues(used, coding, path, options),
    ...displayIssues(used, coding, path, scope, options),
  ];
  return { outcome: 'in', system, used, display: shownDisplay(used, scope), issues, causedBy };
}

/** What a value set that takes active, or a request that takes selectable concepts only, says. */
function ruleIssues(
  used: UsedConcept,
  path: CodingPath,
  scope: Scope,
  { valueSet, abstractAllowed }: CheckOptions,
): readonly TxIssue[] {
  const activeOnly = scope.options.activeOnly === true || valueSet?.compose?.inactive === false;
  return [
    ...(activeOnly ? listOf(notActiveIssue(used, path)) : []),
    ...(abstractAllowed ? [] : listOf(abstractIssue(used, path))),
  ];
}

function stateIssues(
  used: UsedConcept,
  { code = '' }: Coding,
  path: CodingPath,
  options: CheckOptions,
): readonly TxIssue[] {
  if (options.membershipOnly) return [];
  const listed = options.valueSet === undefined ? [] : listedStateIssues(used, options.valueSet, path);
  return [...listOf(caseIssue(used, code, path)), ...conceptStateIssues(used, path), ...listed];
}

function inFragment(coding: FullCoding, path: CodingPath, { system, issues, causedBy }: Finding): CheckedCoding {
  const message = messages.unknownCodeInFragment(coding.code, coding.system, system?.version);
  const issue = { type: 'code-invalid', detail: 'invalid-code', message, expression: path.part('code') } as const;
  return { outcome: 'in', system, issues: [...issues, { ...issue, severity: 'warning' }], causedBy };
}

/** The code as its own system knows it, when the value set says nothing about it. */
function ownSystem({ system, version }: FullCoding, scope: Scope): DefinedCodeSystem | undefined {
  const known = version === undefined || findSystem(scope.content, system, version) !== undefined;
  if (version !== undefined && known) return resolveVersion(scope, system, version).system;
  return resolveVersion(scope, system, undefined).system;
}

/** Where only the version is in doubt, the code is told as its system has it. */
function unresolved(coding: FullCoding, scope: Scope, found: Finding): CheckedCoding {
  if (found.causedBy.length === 0) return { outcome: 'unresolved', issues: found.issues, causedBy: [] };
  const system = ownSystem(coding, scope);
  const concept = system?.find(coding.code);
  const used = system && concept && { system, concept };
  return { ...found, outcome: 'unresolved', system, display: shownDisplay(used, scope) };
}

function rejected(
  coding: FullCoding,
  path: CodingPath,
  scope: Scope,
  options: SetOptions,
  found: Finding,
): CheckedCoding {
  const issues = [...found.issues.filter(isError), ...notInSetIssues(coding, path, options)];
  if (options.membershipOnly) return { outcome: 'out', issues, causedBy: found.causedBy };
  const system = ownSystem(coding, scope);
  if (system === undefined) return unknownSystem(coding, path, scope, issues);
  const concept = system.find(coding.code);
  if (concept === undefined) {
    return {
      outcome: 'out',
      system,
      issues: [...issues, ...unknownCodeIssues(coding, path, system)],
      causedBy: found.causedBy,
    };
  }
  const used = { system, concept };
  const more = [...conceptStateIssues(used, path), ...displayIssues(used, coding, path, scope, options)];
  return {
    outcome: 'out',
    system,
    used,
    display: shownDisplay(used, scope),
    issues: [...issues, ...more],
    causedBy: found.causedBy,
    remarks: found.remarks ?? [],
  };
}

function unknownCodeIssues(
  { code, system: url }: FullCoding,
  path: CodingPath,
  system: DefinedCodeSystem,
): readonly TxIssue[] {
  const place = { type: 'code-invalid', detail: 'invalid-code', expression: path.part('code') } as const;
  if (system.content !== 'complete')
    return [{ ...place, severity: 'warning', message: messages.unknownCodeInFragment(code, url, system.version) }];
  const fault = system.fault?.(code);
  return [
    { ...place, severity: 'error', message: messages.unknownCode(code, url, system.version, system.versionName) },
    ...(fault === undefined ? [] : [{ ...place, severity: 'information' as const, message: messages.remark(fault) }]),
  ];
}

/** Why there is no such code system: it is a value set, a supplement, a relative reference, or simply not here. */
function unknownSystem(coding: FullCoding, path: CodingPath, scope: Scope, issues: readonly TxIssue[]): CheckedCoding {
  const { system } = coding;
  const place = {
    severity: 'error',
    type: 'invalid',
    detail: 'invalid-data',
    expression: path.part('system'),
  } as const;
  const rejected = { outcome: 'out', causedBy: [] } as const;
  if (findValueSet(scope.content, system) !== undefined)
    return { ...rejected, issues: [...issues, { ...place, message: messages.valueSetAsSystem(system) }] };
  const relative = isAbsolute(system) ? [] : [{ ...place, message: messages.relativeSystem() }];
  const unknown = unknownSystemIssue(coding, path, scope);
  return { ...rejected, issues: [...issues, ...relative, unknown], unknownSystem: system };
}

const isAbsolute = (uri: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri);

function unknownSystemIssue({ system, version }: FullCoding, path: CodingPath, scope: Scope): TxIssue {
  return unknownVersionIssue(scope, system, version ?? '', path);
}

function inSystemOnly(coding: FullCoding, path: CodingPath, scope: Scope, options: CheckOptions): CheckedCoding {
  const { system } = resolveVersion(scope, coding.system, coding.version);
  if (system === undefined) return withoutDefinition(coding, path, scope);
  const status = systemStatusIssues(system, undefined);
  const concept = system.find(coding.code);
  if (concept === undefined) return notInSystem(coding, path, system, status);
  const used = { system, concept };
  const rules = ruleIssues(used, path, scope, options);
  const issues = [
    ...status,
    ...rules,
    ...noteIssues(used, path),
    ...stateIssues(used, coding, path, options),
    ...displayIssues(used, coding, path, scope, options),
  ];
  return {
    outcome: rules.length > 0 ? 'out' : 'in',
    system,
    used,
    display: shownDisplay(used, scope),
    issues,
    causedBy: [],
  };
}

/** What the code system leaves open about a code: of interest to who asks about the code alone. */
function noteIssues({ concept }: UsedConcept, path: CodingPath): readonly TxIssue[] {
  if (concept.note === undefined) return [];
  const place = { type: 'informational', detail: 'process-note', expression: path.part('code') } as const;
  return [{ ...place, severity: 'information', message: messages.remark(concept.note) }];
}

function notInSystem(
  coding: FullCoding,
  path: CodingPath,
  system: DefinedCodeSystem,
  status: readonly TxIssue[],
): CheckedCoding {
  const issues = [...status, ...unknownCodeIssues(coding, path, system)];
  return { outcome: system.content === 'complete' ? 'out' : 'in', system, issues, causedBy: [] };
}

function withoutDefinition(coding: FullCoding, path: CodingPath, scope: Scope): CheckedCoding {
  const supplement = findSupplement(scope.content, printCanonical(coding.system, coding.version));
  if (supplement === undefined) {
    const issues = [unknownSystemIssue(coding, path, scope)];
    return { outcome: 'unresolved', issues, causedBy: [printCanonical(coding.system, coding.version)] };
  }
  const message = messages.supplementAsSystem(printCanonical(supplement.url, supplement.version));
  const place = { type: 'invalid', detail: 'invalid-data', expression: path.part('system') } as const;
  return {
    outcome: 'unresolved',
    issues: [{ severity: 'error', message, ...place }],
    causedBy: [parseCanonical(coding.system).url],
  };
}
