// Is a code in a value set? Computed from the definition, include by include, without listing the value set's codes.
import type { Concept, DefinedCodeSystem } from '../code-systems/code-system.js';
import type { CodingPath } from '../coding-path.js';
import { isError, type TxIssue } from '../issue.js';
import { messages } from '../messages.js';
import type { Coding, Include, IncludedConcept, ValueSetResource } from '../resources.js';
import { statedParameter, type Scope } from '../scope.js';
import { knownVersions, resolveVersion, violatedCheck, type ResolvedVersion } from '../system-version.js';
import { findSystem } from '../content.js';
import { compareVersions } from '../versions.js';
import { importOf, pinned } from './imports.js';
import { compileInclude } from './include.js';
import { systemStatusIssues } from './status-check.js';
import { printCanonical } from '../resources.js';

export interface Finding {
  /** `unresolved`: a code system or value set that decides it is not here. */
  readonly outcome: 'in' | 'out' | 'unresolved';
  readonly system?: DefinedCodeSystem | undefined;
  /** Absent in a fragment that does not have the code. */
  readonly concept?: Concept | undefined;
  /** What the value set says about the concept where it lists it. */
  readonly listed?: IncludedConcept | undefined;
  readonly issues: readonly TxIssue[];
  /** Canonicals of the code systems whose absence caused this. */
  readonly causedBy: readonly string[];
  /** What filters have to say of a concept that they do not take. */
  readonly remarks?: readonly string[];
}

export interface Question {
  /** Answers of value sets that are referred to more than once. */
  readonly known?: Map<ValueSetResource, Finding>;
  readonly coding: Coding & { readonly system: string; readonly code: string };
  readonly path: CodingPath;
  readonly scope: Scope;
}

const out: Finding = { outcome: 'out', issues: [], causedBy: [] };

/** An include that names another version than the code does, or a version nobody has. */
function versionIssues({ coding, path, scope }: Question, stated: string | undefined, resolved: ResolvedVersion) {
  const { system: url, version: coded } = coding;
  const issues: TxIssue[] = [];
  const causedBy: string[] = [];
  const unknown = (version: string): void => {
    issues.push(unknownVersionIssue(scope, url, version, path));
    causedBy.push(printCanonical(url, version));
  };
  if (resolved.system === undefined) unknown(resolved.asked ?? '');
  const actual = resolved.system?.version ?? resolved.asked ?? '';
  if (coded !== undefined && coded !== '' && coded !== actual) {
    issues.push(mismatchIssue(url, stated, resolved, coded, path));
    if (findSystem(scope.content, url, coded) === undefined) unknown(coded);
  }
  const required = resolved.system && violatedCheck(scope, resolved.system);
  if (required !== undefined) issues.push(checkIssue(url, actual, required, path));
  return { issues, causedBy };
}

export function unknownVersionIssue(scope: Scope, url: string, version: string, path: CodingPath): TxIssue {
  const message =
    version === '' ? messages.unknownSystem(url) : messages.unknownVersion(url, version, knownVersions(scope, url));
  return { severity: 'error', type: 'not-found', detail: 'not-found', message, expression: path.part('system') };
}

function mismatchIssue(
  url: string,
  stated: string | undefined,
  { asked, system, rule }: ResolvedVersion,
  coded: string,
  path: CodingPath,
): TxIssue {
  const issue = { type: 'invalid', detail: 'vs-invalid', expression: path.part('version') } as const;
  if (asked === undefined)
    return {
      ...issue,
      severity: 'warning',
      message: messages.versionMismatchDefault(url, system?.version ?? '', coded),
    };
  const message =
    rule === undefined || asked === stated
      ? messages.versionMismatch(url, asked, coded)
      : messages.versionMismatchChanged(url, asked, stated ?? '', coded);
  return { ...issue, severity: 'error', message };
}

const checkIssue = (url: string, version: string, required: string, path: CodingPath): TxIssue => ({
  severity: 'error',
  type: 'exception',
  detail: 'version-error',
  message: messages.versionNotAllowed(url, version, required),
  expression: path.part('version'),
});

/** The code against the include's own system, its imports aside. */
function inOwnSystem(include: Include, owner: ValueSetResource, question: Question): Finding {
  const { coding, scope } = question;
  const resolved = resolveVersion(scope, coding.system, include.version, coding.version);
  const { issues, causedBy } = versionIssues(question, include.version, resolved);
  const { system } = resolved;
  if (system === undefined) return { outcome: 'unresolved', issues, causedBy };
  const concept = system.find(coding.code);
  const found = { system, concept, issues: [...issues, ...systemStatusIssues(system, owner)], causedBy };
  if (concept === undefined) return inFragment(include, found);
  const compiled = compileInclude(include, system);
  if (!compiled.takes(concept)) return { ...found, outcome: 'out', remarks: compiled.remarks(concept) };
  return { ...found, outcome: 'in', listed: compiled.listed?.get(concept.code) };
}

// http://hl7.org/fhir/R4/codesystem-content-mode.html: a fragment cannot say that a code does not exist.
const inFragment = (include: Include, found: Omit<Finding, 'outcome'>): Finding => ({
  ...found,
  outcome:
    found.system?.content === 'fragment' && include.filter === undefined && include.concept === undefined
      ? 'in'
      : 'out',
});

function inImport(reference: string, owner: ValueSetResource, question: Question): Finding {
  const imported = importOf(owner, reference, question.scope);
  if (imported !== undefined) return knownOr(imported, question);
  const { url, version } = reference.startsWith('#') ? { url: reference } : pinned(reference, question.scope);
  const message = messages.unknownValueSet(printCanonical(url, version));
  const issue: TxIssue = { severity: 'error', type: 'not-found', detail: 'not-found', message };
  return { outcome: 'unresolved', issues: [issue], causedBy: [] };
}

// Value sets may refer to each other in diamonds: each is answered once for a question.
function knownOr(imported: ValueSetResource, question: Question): Finding {
  const known = question.known ?? new Map<ValueSetResource, Finding>();
  const found = known.get(imported) ?? inValueSet(imported, { ...question, known });
  known.set(imported, found);
  return found;
}

/** All parts of an include must agree; the first that does not speaks for all. */
function inInclude(include: Include, owner: ValueSetResource, question: Question): Finding {
  const own = include.system === undefined ? undefined : inOwnSystem(include, owner, question);
  if (own !== undefined && own.outcome === 'out') return own;
  const findings = [
    ...(own === undefined ? [] : [own]),
    ...(include.valueSet ?? []).map((each) => inImport(each, owner, question)),
  ];
  const decisive =
    findings.find(({ outcome }) => outcome === 'unresolved') ?? findings.find(({ outcome }) => outcome === 'out');
  if (decisive !== undefined) return decisive;
  const first = findings[0];
  return first === undefined ? out : { ...first, issues: unique(findings.flatMap(({ issues }) => issues)) };
}

const unique = (issues: readonly TxIssue[]): readonly TxIssue[] =>
  issues.filter((issue, index) => issues.findIndex((other) => other.message.text === issue.message.text) === index);

const concerns = (system: string, { system: own, valueSet }: Include): boolean =>
  own === undefined ? valueSet !== undefined : own === system;

/** The answers of every include that could hold the code, in the value set's order. */
export function findings(valueSet: ValueSetResource, question: Question): readonly Finding[] {
  const { include = [], exclude = [] } = valueSet.compose ?? {};
  const relevant = include.filter((each) => concerns(question.coding.system, each));
  const found = relevant.map((each) => inInclude(each, valueSet, question));
  const excludes = exclude.filter((each) => concerns(question.coding.system, each));
  return ofCodedVersion(found, question.coding.version).map((finding) =>
    isExcluded(finding, excludes, valueSet, question) ? { ...finding, outcome: 'out' } : finding,
  );
}

/** Of several versions of its system in one value set, a code that names its version is looked for in that one. */
function ofCodedVersion(found: readonly Finding[], coded: string | undefined): readonly Finding[] {
  if (coded === undefined) return found;
  const own = found.filter(({ system, issues }) => system?.version === coded && !issues.some(isError));
  return own.length === 0 ? found : own;
}

function isExcluded(
  found: Finding,
  excludes: readonly Include[],
  owner: ValueSetResource,
  question: Question,
): boolean {
  if (found.outcome !== 'in' || excludes.length === 0) return false;
  const byVersion = statedParameter(owner, 'versionsMatch') === 'false';
  return excludes.some((exclude) => {
    const { coding } = question;
    const { known: _known, ...bare } = question;
    const asked = { ...bare, coding: { ...coding, version: byVersion ? (found.system?.version ?? '') : '' } };
    const { outcome, system } = inInclude(exclude, owner, asked);
    return outcome === 'in' && (!byVersion || system?.version === found.system?.version);
  });
}

const rank = ({ outcome, issues }: Finding): number => {
  if (outcome === 'in') return issues.some(isError) ? 1 : 0;
  return outcome === 'unresolved' ? 2 : 3;
};

/** The findings, the one that answers best first; of equal ones that of the newest version. */
export const ranked = (all: readonly Finding[]): readonly Finding[] =>
  [...all].sort((a, b) => rank(a) - rank(b) || compareVersions(b.system?.version ?? '', a.system?.version ?? ''));

/** The best answer; a value set that does not speak of the code's system does not hold it. */
export const inValueSet = (valueSet: ValueSetResource, question: Question): Finding =>
  ranked(findings(valueSet, question))[0] ?? inExpansion(valueSet, question);

// A value set that is only stored as an expansion (http://hl7.org/fhir/R4/valueset.html#expansion).
function inExpansion(valueSet: ValueSetResource, { coding, scope }: Question): Finding {
  if (valueSet.compose !== undefined || valueSet.expansion === undefined) return out;
  const open = [...(valueSet.expansion.contains ?? [])];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each.system === coding.system && each.code === coding.code && each.abstract !== true) {
      const { system } = resolveVersion(scope, coding.system, each.version, coding.version);
      return { ...out, outcome: 'in', system, concept: system?.find(coding.code) };
    }
    open.push(...(each.contains ?? []));
  }
  return out;
}
