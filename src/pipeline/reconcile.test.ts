import { describe, expect, it } from 'vitest';
import { envelopeOf, leaf, outcomeOf } from '../../test/store/outcomes.js';
import type { JsonObject } from '../model/json.js';
import type { LeafLineage } from '../model/lineage.js';
import type { Contract } from '../validation/contracts/contract.js';
import { mergeTerms } from './contracts/merge-terms.js';
import type { Outcome } from './outcome.js';
import { reconcile, resourceKey, type Reconciled, type StandingResource } from './reconcile.js';

const succession = (onViolation: 'warn' | 'quarantine' | 'reject'): Contract => ({
  apiVersion: 'v3.0.2',
  kind: 'DataContract',
  id: 'c',
  version: '1.0.0',
  status: 'active',
  description: { purpose: 'p' },
  team: [],
  schema: [
    { name: 'Observation', statusTransitions: { order: [['preliminary'], ['final']], onViolation } },
    { name: 'Patient', staleness: { hours: 1, onViolation } },
  ],
});

interface Told {
  readonly at?: string;
  readonly leaves?: readonly LeafLineage[];
  readonly weighs?: 'warn' | 'quarantine' | 'reject';
}

let serial = 0;
const told = (resource: JsonObject, { at = '2026-01-01T00:00:00.000Z', leaves = [], weighs = 'warn' }: Told = {}) => {
  const outcome = outcomeOf(envelopeOf(`message ${++serial}`), [{ id: '1', ...resource }], { leaves });
  const terms = mergeTerms(['northlab'], [succession(weighs)], []);
  return { ...outcome, origin: { ...outcome.origin, at }, terms };
};
const after = (...outcomes: readonly Outcome[]): Reconciled => {
  const standing = new Map<string, StandingResource>();
  let last: Reconciled | undefined;
  for (const outcome of outcomes) {
    last = reconcile(outcome, standing);
    for (const resource of last.resources) standing.set(resourceKey(resource), resource);
  }
  return last!;
};

const patient = (more: JsonObject): JsonObject => ({ resourceType: 'Patient', ...more });
const observation = (status: string): JsonObject => ({ resourceType: 'Observation', status });
const later = { at: '2026-01-01T09:00:00.000Z' };

describe('reconciling a message with what stands', () => {
  it('changes nothing of a message that nobody contradicts', () => {
    const outcome = told(patient({ gender: 'female' }));
    expect(after(outcome).outcome).toBe(outcome);
  });

  it('leaves out who says it, which is not part of what is said', () => {
    const meta = { source: 'urn:x', profile: ['p'] };
    expect(after(told(patient({ meta }))).resources[0]?.content).toEqual({ meta: { profile: ['p'] } });
    expect(after(told(patient({ meta: { source: 'urn:x' } }))).resources[0]?.content).toEqual({});
  });

  it('says whether anything was written', () => {
    const first = told(patient({ gender: 'female' }));
    expect(after(first).resources[0]?.touched).toBe(true);
    expect(after(first, told(patient({ gender: 'female' }), later)).resources[0]?.touched).toBe(false);
    expect(after(first, told(patient({ gender: 'male' }), later)).resources[0]?.touched).toBe(true);
  });

  it('keeps for each element the lineage of the message whose word it is', () => {
    const first = told(patient({ gender: 'female', birthDate: '1980' }), {
      leaves: [leaf('gender', 'PID-8'), leaf('birthDate', 'PID-7')],
    });
    const second = told(patient({ birthDate: '1981', name: [{ text: 'A' }] }), {
      ...later,
      leaves: [leaf('birthDate', 'PID-7', 9), leaf('name[0].text', 'PID-5')],
    });
    const [merged] = after(first, second).resources;
    expect(merged?.leaves().map(({ element, from }) => [element, from[0]])).toEqual([
      ['gender', { path: 'PID-8' }],
      ['birthDate', { path: 'PID-7', offset: 9 }],
      ['name[0].text', { path: 'PID-5' }],
    ]);
    expect([...merged!.origins].map(([slot, { messageId }]) => [slot, messageId])).toEqual([
      ['gender', first.messageId],
      ['birthDate', second.messageId],
      ['name', second.messageId],
    ]);
  });

  it.each([
    ['quarantine', 'quarantine'],
    ['reject', 'reject'],
  ] as const)('merges nothing of a message that a contract lets %s', (weighs, disposition) => {
    const { outcome, resources, mismatches } = after(
      told(observation('final')),
      told(observation('preliminary'), { ...later, weighs }),
    );
    expect(outcome).toMatchObject({ disposition, report: { decidedBy: 'contract.status-transition' } });
    expect(outcome.bundle).toBeUndefined();
    expect(outcome.digest).toBeUndefined();
    expect(outcome.draft).toBeDefined();
    expect(resources).toEqual([]);
    expect(mismatches).toMatchObject([{ element: 'status', refused: true }]);
  });

  it('does not record as replaced what a refused message would have replaced', () => {
    const known = told(observation('preliminary'), later);
    const refusing = { ...told(observation('final'), { weighs: 'quarantine' as const }) };
    const stale = told(patient({ gender: 'female' }), later);
    const both = outcomeOf(envelopeOf('both'), [
      { id: '1', ...observation('final') },
      { id: '1', ...patient({ gender: 'male' }) },
    ]);
    const { outcome, mismatches } = after(known, stale, {
      ...both,
      origin: { ...both.origin, at: refusing.origin.at },
      terms: refusing.terms,
    });
    expect(outcome).toMatchObject({ disposition: 'quarantine', report: { decidedBy: 'contract.too-stale' } });
    expect(mismatches.map(({ type }) => type)).toEqual(['Patient']);
  });

  it('tells the mismatches of a message that runs again anew, not twice', () => {
    const first = told(patient({ gender: 'female' }), later);
    const stale = told(patient({ gender: 'male' }));
    expect(after(first, stale, stale).resources[0]?.open).toHaveLength(1);
  });

  it('records one contradiction of the same two senders once, while it is open', () => {
    const known = told(patient({ gender: 'female' }), later);
    const stale = () => told(patient({ gender: 'male' }));
    const { outcome, mismatches, resources } = after(known, stale(), stale());
    expect(mismatches).toEqual([]);
    expect(resources[0]?.open).toHaveLength(1);
    expect(outcome.report.issues.map(({ code }) => code)).toEqual(['contract.too-stale']);
    expect(after(known, stale(), told(patient({ gender: 'other' }))).mismatches).toHaveLength(1);
    const settling = told(patient({ gender: 'male' }), { at: '2026-01-01T10:00:00.000Z' });
    const again = told(patient({ gender: 'female' }), later);
    expect(after(known, stale(), settling, again).mismatches).toHaveLength(1);
  });

  it('tells of an event that it was passed over once for each reason', () => {
    const { outcome, mismatches } = after(
      told({ ...observation('final'), valueInteger: 1 }),
      told({ ...observation('preliminary'), valueInteger: 2 }, later),
    );
    expect(outcome.report.issues.map(({ code }) => code)).toEqual(['contract.status-transition']);
    expect(mismatches.map(({ element }) => element)).toEqual(['status', 'valueInteger']);
  });
});
