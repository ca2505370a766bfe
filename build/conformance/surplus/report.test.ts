import { expect, it } from 'vitest';
import type { Account, Kind } from './account.js';
import { report } from './report.js';
import { accountsBySource, type CaseAccount } from './summary.js';

const account = (kind: Kind, rule: string): Account => ({ kind, rule, row: '', reason: '' });

const one: CaseAccount = {
  source: 'other',
  score: {
    tp: 6,
    fn: 2,
    fp: 4,
    extra: [],
    missed: [
      { path: 'Patient.photo', v: 'x', res: true },
      { path: 'Patient.photo', v: 'y' },
    ],
  },
  laid: [
    { path: 'Patient.meta.source', account: account('stamp', ''), count: 1 },
    { path: 'Patient.name.text', account: account('beyond the guide', 'PID[Patient]#text'), count: 1, shared: 'kinds' },
    { path: 'Patient.name.text', account: account('beyond the guide', 'PID[Patient]#text'), count: 2 },
  ],
};
const accounts = accountsBySource([one], () => ({ standing: 'no row', row: '' }));

it('counts surplus by kind, and precision as if only what nothing asks for were surplus', () => {
  const text = report(accounts, 0);
  expect(text).toContain('| other | 4 | 1 (25 %) | 0 (0 %) | 0 (0 %) | 0 (0 %) | 3 (75 %) |');
  expect(text).toContain('| other | 1 | 0.600 | 0.667 | 0.700 |');
  expect(text).toContain('1 of 4 surplus facts (25 %)');
});

it('counts what is missed by what the guide has of it', () => {
  expect(report(accounts, 0)).toContain('| other | 2 | 0 (0 %) | 0 (0 %) | 0 (0 %) | 2 (100 %) | 1 (50 %) |');
});

it('lists the largest lines where they are asked for', () => {
  expect(report(accounts, 0)).not.toContain('Patient.name.text');
  expect(report(accounts, 1)).toContain('| 3 | `Patient.name.text` | beyond the guide | `PID[Patient]#text` |  |');
  expect(report(accounts, 1)).toContain('| 2 | 1 | `Patient.photo` | no row |  |');
});
