import { describe, expect, it } from 'vitest';
import type { IrAction, IrRule, IrStep } from '../language/ir.js';
import { soleWriters } from './sole.js';

const text: IrAction = { kind: 'convert', as: 'string' };

function rule(id: string, to: readonly IrStep[], does: IrAction = text, pick: 'only' | 'all' = 'only'): IrRule {
  return { id, source: { path: 'CWE.1', pick }, to, does, reads: [] };
}

const coding: IrStep = { name: 'coding', list: true, key: 'first' };
const soleIn = (rules: readonly IrRule[]): string[] => [...soleWriters(rules)].map(({ id }) => id);

describe('soleWriters', () => {
  it('are the rules whose target no other rule of the module has', () => {
    const rules = [
      rule('code', [coding, { name: 'code' }]),
      rule('a', [{ name: 'text' }]),
      rule('b', [{ name: 'text' }]),
    ];
    expect(soleIn(rules)).toEqual(['code']);
  });

  it('leave out who writes an element that another writes into, and the other way round', () => {
    expect(soleIn([rule('whole', [{ name: 'type' }]), rule('part', [{ name: 'type' }, { name: 'text' }])])).toEqual([]);
  });

  it('tell items of different keys apart', () => {
    const second: IrStep = { ...coding, key: 'second' };
    expect(soleIn([rule('one', [coding, { name: 'code' }]), rule('two', [second, { name: 'code' }])])).toHaveLength(2);
  });

  it('leave out who may write several times', () => {
    expect(soleIn([rule('all', [{ name: 'text' }], text, 'all')])).toEqual([]);
  });

  it('look into switches and scopes, whose rules write the same element', () => {
    const nested = [rule('nested', [{ name: 'text' }])];
    const within: IrAction[] = [
      { kind: 'scope', rules: nested },
      { kind: 'switch', cases: [{ values: ['NM'], rules: nested }] },
      { kind: 'switch', cases: [], otherwise: nested },
      { kind: 'switch', cases: [], absent: nested },
    ];
    for (const does of within) expect(soleIn([rule('text', [{ name: 'text' }]), rule('in', [], does)])).toEqual([]);
  });

  it('are none beside a module that writes the element too', () => {
    const run = rule('run', [], { kind: 'run', module: 'CWE[Quantity]', with: [] });
    expect(soleIn([rule('text', [{ name: 'text' }]), run])).toEqual([]);
  });
});
