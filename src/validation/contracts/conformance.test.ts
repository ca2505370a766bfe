import { describe, expect, it } from 'vitest';
import { issue } from '../../model/issue.js';
import { compileConformance, type CheckProfile } from './conformance.js';
import type { Contract, ProfileTerms } from './contract.js';

const contract = (...profiles: readonly ProfileTerms[]): Contract => ({
  apiVersion: 'v3.0.2',
  kind: 'DataContract',
  id: 'record',
  version: '1.0.0',
  status: 'active',
  description: { purpose: 'p' },
  team: [],
  schema: [{ name: 'Observation', profiles }],
});

const missing = issue('validate.cardinality-min', { element: 'code', min: 1, found: 0 }, { expression: 'Observation' });
const hint = issue('validate.profile-unknown', { profile: 'urn:other' }, { expression: 'Observation' });
/** Conforms with a code. */
const check: CheckProfile = ({ code }) => (code === undefined ? [missing, hint] : [hint]);

const laboratory = { system: 'urn:categories', code: 'laboratory' };
const coded = { code: { text: 'Glucose' } };
const told = (terms: readonly ProfileTerms[], content: object) =>
  compileConformance([contract(...terms)], check)({ type: 'Observation', content: { ...content } });

describe('the profiles that contracts ask for', () => {
  it('are conformed to where validation finds no error', () => {
    const { conforms, issues } = told([{ profile: 'urn:p|1.0.0', onViolation: 'warn' }], coded);
    expect(conforms).toMatchObject([{ profile: 'urn:p|1.0.0', contract: 'record@1.0.0' }]);
    expect(issues).toEqual([]);
  });

  it.each([
    ['warn', 'warning'],
    ['quarantine', 'error'],
    ['reject', 'fatal'],
  ] as const)('weigh as the contract says: %s', (onViolation, severity) => {
    const { conforms, issues } = told([{ profile: 'urn:p|1.0.0', onViolation }], {});
    expect(conforms).toEqual([]);
    expect(issues).toMatchObject([{ code: 'contract.profile', severity, expression: 'Observation' }]);
    expect(issues[0]?.text).toContain(missing.text);
  });

  it('are told once of what two of them ask, unless it weighs otherwise', () => {
    const asked = (onViolation: 'warn' | 'quarantine') => ({ profile: `urn:${onViolation}|1.0.0`, onViolation });
    expect(told([asked('warn'), { ...asked('warn'), profile: 'urn:q|1.0.0' }], {}).issues).toHaveLength(1);
    expect(told([asked('warn'), asked('quarantine')], {}).issues.map(({ severity }) => severity)).toEqual([
      'warning',
      'error',
    ]);
  });

  it.each([
    ['a CodeableConcept in a list', { category: [{ coding: [laboratory] }] }, 1],
    ['a Coding', { category: laboratory }, 1],
    ['another code', { category: [{ coding: [{ ...laboratory, code: 'imaging' }] }] }, 0],
    ['another system', { category: [{ coding: [{ ...laboratory, system: 'urn:others' }] }] }, 0],
    ['a text alone', { category: [{ text: 'laboratory' }] }, 0],
    ['what is no coding', { category: ['laboratory', 7] }, 0],
    ['nothing', {}, 0],
  ])('are meant for some resources alone: %s', (_shows, category, asked) => {
    const terms = { profile: 'urn:p|1.0.0', where: { element: 'category', coding: laboratory }, onViolation: 'warn' };
    expect(told([terms as ProfileTerms], { ...coded, ...category }).conforms).toHaveLength(asked);
  });

  it('are not asked of other types', () => {
    const ask = compileConformance([contract({ profile: 'urn:p|1.0.0', onViolation: 'warn' })], check);
    expect(ask({ type: 'Patient', content: {} })).toEqual({ conforms: [], issues: [] });
  });
});
