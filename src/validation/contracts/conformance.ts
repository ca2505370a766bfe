// The profiles that contracts ask of resources: which of them one conforms to, and what keeps it from the others.
import { atLeast, issue, type Issue } from '../../model/issue.js';
import type { JsonObject, JsonValue } from '../../model/json.js';
import { isList, isObject } from '../objects.js';
import type { Subject } from './check.js';
import { contractPin, type Contract, type ProfileTerms } from './contract.js';
import { severityOf } from './weight.js';

/** Everything that validation against a profile finds, the type's own rules among it. */
export type CheckProfile = (resource: JsonObject, profile: string) => readonly Issue[];

export interface AskedProfile {
  /** `url|version` */
  readonly profile: string;
  /** `clinical-record@1.0.0` */
  readonly contract: string;
}

export interface Conformance {
  readonly conforms: readonly AskedProfile[];
  readonly issues: readonly Issue[];
}

/** Answers which of the profiles asked of it a resource conforms to, and why not to the others. */
export type ConformanceCheck = (resource: Subject) => Conformance;

interface Asked extends AskedProfile {
  readonly terms: ProfileTerms;
}

const nothingAsked: Conformance = { conforms: [], issues: [] };

/** Compiles what contracts ask of profiles. A resource of which none asks anything costs one look-up. */
export function compileConformance(contracts: readonly Contract[], check: CheckProfile): ConformanceCheck {
  const byType = new Map<string, Asked[]>();
  for (const contract of contracts)
    for (const { name, profiles = [] } of contract.schema ?? [])
      byType.set(name, [...(byType.get(name) ?? []), ...profiles.map((terms) => askedBy(contract, terms))]);
  return ({ type, content }) => {
    const asked = byType.get(type)?.filter(({ terms }) => isMeant(terms, content)) ?? [];
    return asked.length === 0 ? nothingAsked : conformance({ resourceType: type, ...content }, asked, check);
  };
}

const askedBy = (contract: Contract, terms: ProfileTerms): Asked => ({
  profile: terms.profile,
  contract: contractPin(contract),
  terms,
});

function conformance(resource: JsonObject, asked: readonly Asked[], check: CheckProfile): Conformance {
  const told = asked.map((each) => ({ each, errors: errorsOf(check(resource, each.profile)) }));
  const seen = new Set<string>();
  const isNew = ({ expression, text }: Issue, { onViolation }: ProfileTerms): boolean => {
    const key = `${onViolation} ${expression} ${text}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  };
  return {
    conforms: told.filter(({ errors }) => errors.length === 0).map(({ each }) => each),
    // What two profiles ask, and the type asks anyway, is told once.
    issues: told.flatMap(({ each, errors }) =>
      errors.filter((error) => isNew(error, each.terms)).map((error) => breach(error, each)),
    ),
  };
}

const errorsOf = (issues: readonly Issue[]): Issue[] => issues.filter(({ severity }) => atLeast(severity, 'error'));

const breach = ({ expression, text }: Issue, { profile, contract, terms }: Asked): Issue =>
  issue(
    'contract.profile',
    { contract, profile, text },
    { severity: severityOf[terms.onViolation], ...(expression !== undefined && { expression }) },
  );

const isMeant = ({ where }: ProfileTerms, content: JsonObject): boolean =>
  where === undefined ||
  listOf(content[where.element]).some((concept) =>
    listOf(concept['coding'] ?? concept).some(
      ({ system, code }) => system === where.coding.system && code === where.coding.code,
    ),
  );

const listOf = (value: JsonValue | undefined): readonly JsonObject[] =>
  (isList(value) ? value : [value]).filter((each) => each !== undefined).filter(isObject);
