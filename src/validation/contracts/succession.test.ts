import { describe, expect, it } from 'vitest';
import type { Contract } from './contract.js';
import { compileSuccession } from './succession.js';

const contract = (id: string, schema: Contract['schema']): Contract => ({
  apiVersion: 'v3.0.2',
  kind: 'DataContract',
  id,
  version: '1.0.0',
  status: 'active',
  description: { purpose: 'p' },
  team: [],
  ...(schema && { schema }),
});

const succession = compileSuccession([
  contract('first', [
    {
      name: 'Observation',
      statusTransitions: { order: [['registered'], ['final'], ['amended', 'corrected']], onViolation: 'quarantine' },
    },
    { name: 'Patient', staleness: { hours: 1, onViolation: 'reject' } },
  ]),
  contract('second', [{ name: 'Patient', staleness: { hours: 9, onViolation: 'warn' } }]),
]);
const hour = 3_600_000;

describe('what contracts say of succession', () => {
  it('tells how far a status has come', () => {
    expect(
      ['registered', 'final', 'amended', 'corrected'].map((code) => succession.stage('Observation', code)),
    ).toEqual([1, 2, 3, 3]);
  });

  it('knows nothing of other codes and types', () => {
    expect([
      succession.stage('Observation', 'odd'),
      succession.stage('Observation', undefined),
      succession.stage('Encounter', 'final'),
    ]).toEqual([0, 0, 0]);
  });

  it('weighs a status that goes back as the contract says', () => {
    expect(succession.back('Observation')).toMatchObject({
      code: 'contract.status-transition',
      severity: 'error',
      expression: 'Observation.status',
    });
    expect(succession.back('Observation').text).toContain('first@1.0.0');
  });

  it('notes what is late, and weighs what is too late as the first contract says', () => {
    expect(succession.late('Patient', 'gender', hour)).toMatchObject({
      code: 'contract.stale',
      severity: 'information',
    });
    expect(succession.late('Patient', 'gender', hour + 1)).toMatchObject({
      code: 'contract.too-stale',
      severity: 'fatal',
      expression: 'Patient.gender',
    });
    expect(succession.late('Encounter', 'class', 9 * hour)).toMatchObject({ code: 'contract.stale' });
  });
});
