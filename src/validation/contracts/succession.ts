// What contracts say of messages that follow one another: how far a status has come, and how late is too late.
import { issue, type Issue } from '../../model/issue.js';
import { contractPin, type Contract, type SchemaTerms, type Staleness } from './contract.js';
import { severityOf } from './weight.js';

export interface Succession {
  /** How far a status has come, from 1; 0 where no contract speaks of it. */
  stage(type: string, status: string | undefined): number;
  /** A message whose status goes back. */
  back(type: string): Issue;
  /** A message that is so many milliseconds older than what is known already. */
  late(type: string, element: string, milliseconds: number): Issue;
  /** The contract that orders the statuses of the type, `results@1.0.0`. */
  orderedBy(type: string): string | undefined;
  /** The contract whose window a message misses that is so many milliseconds late. */
  missed(type: string, milliseconds: number): string | undefined;
}

interface Terms extends SchemaTerms {
  readonly contract: string;
}

/** Compiles what contracts say of succession; of two that speak of one type the first is kept. */
export function compileSuccession(contracts: readonly Contract[]): Succession {
  const transitions = byType(contracts, ({ statusTransitions }) => statusTransitions !== undefined);
  const windows = byType(contracts, ({ staleness }) => staleness !== undefined);
  const stages = new Map([...transitions].map(([type, { statusTransitions }]) => [type, stagesOf(statusTransitions)]));
  return {
    stage: (type, status) => (status === undefined ? 0 : (stages.get(type)?.get(status) ?? 0)),
    back: (type) => backIssue(type, transitions.get(type)),
    late: (type, element, milliseconds) => lateIssue(type, element, milliseconds, windows.get(type)),
    orderedBy: (type) => transitions.get(type)?.contract,
    missed: (type, milliseconds) => missedBy(milliseconds, windows.get(type))?.contract,
  };
}

function byType(contracts: readonly Contract[], speaks: (terms: SchemaTerms) => boolean): Map<string, Terms> {
  const found = new Map<string, Terms>();
  for (const contract of contracts)
    for (const terms of contract.schema ?? [])
      if (speaks(terms) && !found.has(terms.name)) found.set(terms.name, { ...terms, contract: contractPin(contract) });
  return found;
}

const stagesOf = (transitions: SchemaTerms['statusTransitions']): ReadonlyMap<string, number> =>
  new Map((transitions?.order ?? []).flatMap((codes, index) => codes.map((code) => [code, index + 1] as const)));

function backIssue(type: string, terms: Terms | undefined): Issue {
  const { onViolation = 'warn' } = terms?.statusTransitions ?? {};
  const context = { severity: severityOf[onViolation], expression: `${type}.status` };
  return issue('contract.status-transition', { contract: terms?.contract ?? '', type }, context);
}

function lateIssue(type: string, element: string, milliseconds: number, terms: Terms | undefined): Issue {
  const expression = `${type}.${element}`;
  const missed = missedBy(milliseconds, terms);
  if (missed === undefined) return issue('contract.stale', { element: expression }, { expression });
  const { contract, hours, onViolation } = missed;
  return issue('contract.too-stale', { contract, type, hours }, { severity: severityOf[onViolation], expression });
}

function missedBy(milliseconds: number, terms: Terms | undefined): (Staleness & { contract: string }) | undefined {
  if (terms?.staleness === undefined || milliseconds <= terms.staleness.hours * 3_600_000) return undefined;
  return { ...terms.staleness, contract: terms.contract };
}
