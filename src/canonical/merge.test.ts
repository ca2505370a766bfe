import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.js';
import { canonicalJson } from './json.js';
import { merge, slotOf, whole, type Account, type Merge, type MergeTerms, type Standing } from './merge.js';

// ADT owns what a patient is, save the telecom, which nobody owns; a result that is final does not become preliminary.
const stages: Readonly<Record<string, number>> = { preliminary: 1, final: 2, amended: 3, corrected: 3 };
const terms: MergeTerms = {
  owns: (type, element, sources) => type !== 'Patient' || element === 'telecom' || sources.includes('adt'),
  stage: (type, status) => (type === 'Observation' ? (stages[status ?? ''] ?? 0) : 0),
};

interface Told extends Partial<Pick<Account, 'deletes'>> {
  readonly by?: 'adt' | 'oru';
  readonly at: number;
  readonly message?: string;
}

const account = (content: JsonObject, { by = 'adt', at, deletes = [], message = `${by}${at}` }: Told): Account => {
  const { status } = content;
  const time = new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString();
  const said = typeof status === 'string' ? { status } : {};
  return { content, deletes, origin: { messageId: message, feed: by, sources: [by], at: time, ...said } };
};

const arriving = (type: string, accounts: readonly Account[]): Merge | undefined => {
  let merged: Merge | undefined;
  for (const each of accounts) merged = merge(type, merged, each, terms);
  return merged;
};
const patient = (...accounts: Account[]): Merge => arriving('Patient', accounts)!;
const told = ({ disagreements }: Merge) =>
  disagreements.map(({ element, reason, refused, kept, other }) => [
    element,
    reason,
    refused ? 'refused' : 'replaced',
    kept.origin.messageId,
    other.origin.messageId,
  ]);

describe('merging what messages say of a thing', () => {
  it('fills in what nobody spoke of, whoever says it', () => {
    const merged = patient(
      account({ gender: 'female' }, { at: 1 }),
      account({ birthDate: '1980' }, { by: 'oru', at: 2 }),
    );
    expect(merged.content).toEqual({ gender: 'female', birthDate: '1980' });
    expect([...merged.written]).toEqual(['birthDate']);
    expect(told(merged)).toEqual([]);
  });

  it('lets the owner’s word stand, however late another contradicts it', () => {
    const merged = patient(
      account({ birthDate: '1980' }, { at: 1 }),
      account({ birthDate: '1981' }, { by: 'oru', at: 9 }),
    );
    expect(merged.content).toEqual({ birthDate: '1980' });
    expect(told(merged)).toEqual([['birthDate', 'owner', 'refused', 'adt1', 'oru9']]);
  });

  it('lets the owner replace what another filled in, and tells of it', () => {
    const merged = patient(
      account({ birthDate: '1981' }, { by: 'oru', at: 9 }),
      account({ birthDate: '1980' }, { at: 1 }),
    );
    expect(merged.content).toEqual({ birthDate: '1980' });
    expect(told(merged)).toEqual([['birthDate', 'owner', 'replaced', 'adt1', 'oru9']]);
  });

  it('does not call less the contrary of more', () => {
    const merged = patient(
      account({ name: [{ family: 'Berg', given: ['Ada'] }, { family: 'Dahl' }] }, { at: 1 }),
      account({ name: [{ family: 'Berg' }] }, { by: 'oru', at: 2 }),
    );
    expect(merged.content).toEqual({ name: [{ family: 'Berg', given: ['Ada'] }, { family: 'Dahl' }] });
    expect(told(merged)).toEqual([]);
  });

  it('replaces what the same kind of sender said before, without a word', () => {
    const merged = patient(account({ gender: 'other' }, { at: 1 }), account({ gender: 'female' }, { at: 2 }));
    expect(merged.content).toEqual({ gender: 'female' });
    expect(told(merged)).toEqual([]);
  });

  it('does not let an older message overwrite a newer one', () => {
    const merged = patient(
      account({ gender: 'female' }, { at: 2 }),
      account({ gender: 'other', birthDate: '1980' }, { at: 1 }),
    );
    expect(merged.content).toEqual({ gender: 'female', birthDate: '1980' });
    expect(told(merged)).toEqual([['gender', 'time', 'refused', 'adt2', 'adt1']]);
  });

  it('goes by when a thing was last said, not first', () => {
    const merged = patient(
      account({ gender: 'female' }, { at: 1 }),
      account({ gender: 'female' }, { at: 9 }),
      account({ gender: 'other' }, { at: 5 }),
    );
    expect(merged.content).toEqual({ gender: 'female' });
    expect(told(merged)).toEqual([['gender', 'time', 'refused', 'adt1', 'adt5']]);
  });

  it('lets the later in order win of two messages of one moment', () => {
    const merged = patient(
      account({ gender: 'female' }, { at: 1, message: 'a' }),
      account({ gender: 'other' }, { at: 1, message: 'b' }),
    );
    expect(merged.content).toEqual({ gender: 'other' });
  });

  it('deletes for the owner alone, and what is older does not come back', () => {
    const born = account({ birthDate: '1980' }, { at: 1 });
    const deleting = account({}, { at: 2, deletes: ['birthDate'] });
    expect(patient(born, deleting).content).toEqual({});
    expect(patient(deleting, born).content).toEqual({});
    const refused = patient(born, account({}, { by: 'oru', at: 3, deletes: ['birthDate'] }));
    expect(refused.content).toEqual({ birthDate: '1980' });
    expect(told(refused)).toEqual([['birthDate', 'delete', 'refused', 'adt1', 'oru3']]);
  });

  it('holds one form of a choice, and a primitive together with its extensions', () => {
    const dead = account({ deceasedDateTime: '2026', _birthDate: { id: 'a' }, birthDate: '1980' }, { at: 1 });
    const alive = account({ deceasedBoolean: false, birthDate: '1981' }, { at: 2 });
    expect(patient(dead, alive).content).toEqual({ deceasedBoolean: false, birthDate: '1981' });
  });

  it('lets a message that ran again on another mapping take back what it wrote', () => {
    const merged = patient(
      account({ gender: 'female', telecom: [{ value: '1' }] }, { at: 1, message: 'm' }),
      account({ birthDate: '1980' }, { at: 2 }),
      account({ gender: 'other' }, { at: 1, message: 'm' }),
    );
    expect(merged.content).toEqual({ gender: 'other', birthDate: '1980' });
  });
});

describe('merging what messages say of an event', () => {
  const observed = (...accounts: Account[]): Merge => arriving('Observation', accounts)!;

  it('takes the newest account as a whole', () => {
    const merged = observed(
      account({ status: 'preliminary', valueString: 'few', note: [{ text: 'x' }] }, { at: 1 }),
      account({ status: 'final', valueInteger: 3 }, { at: 2 }),
    );
    expect(merged.content).toEqual({ status: 'final', valueInteger: 3 });
    expect([...merged.origins.keys()]).toEqual([whole]);
  });

  it('keeps the account whose status has come further, in either order', () => {
    const final = account({ status: 'final', valueInteger: 3 }, { at: 1 });
    const back = account({ status: 'preliminary', valueInteger: 4 }, { at: 2 });
    const refused = observed(final, back);
    expect(refused.content).toEqual(final.content);
    expect(told(refused)).toEqual([
      ['status', 'status', 'refused', 'adt1', 'adt2'],
      ['valueInteger', 'status', 'refused', 'adt1', 'adt2'],
    ]);
    const replaced = observed(back, final);
    expect(replaced.content).toEqual(final.content);
    expect(told(replaced)[0]).toEqual(['status', 'status', 'replaced', 'adt1', 'adt2']);
  });
});

const accounts = (type: 'Patient' | 'Observation'): fc.Arbitrary<Account[]> =>
  fc
    .uniqueArray(fc.nat(50), { minLength: 1, maxLength: 6 })
    .chain((times) =>
      fc.tuple(
        ...times.map((at) =>
          fc
            .tuple(says[type], fc.constantFrom('adt', 'oru'), deleted)
            .map(([content, by, deletes]) => account(content, { by: by, at, deletes })),
        ),
      ),
    );

const deleted = fc.subarray(['gender', 'birthDate', 'telecom', 'deceasedBoolean']);
const says = {
  Patient: fc.record(
    {
      gender: fc.constantFrom('male', 'female'),
      birthDate: fc.constantFrom('1980', '1981'),
      _birthDate: fc.constant({ id: 'b' }),
      telecom: fc.array(fc.record({ value: fc.constantFrom('1', '2') }), { minLength: 1, maxLength: 2 }),
      deceasedBoolean: fc.boolean(),
      deceasedDateTime: fc.constant('2020'),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<JsonObject>,
  Observation: fc.record({
    status: fc.constantFrom('registered', 'preliminary', 'final', 'amended'),
    valueInteger: fc.nat(2),
  }) as fc.Arbitrary<JsonObject>,
};

const state = ({ content, origins }: Standing): string =>
  canonicalJson({
    content,
    origins: Object.fromEntries([...origins].map(([slot, { sources, at }]) => [slot, [...sources, at]])),
  });

describe.each(['Patient', 'Observation'] as const)('the laws of merging a %s', (type) => {
  const shuffled = accounts(type).chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );

  it('the order of arrival does not matter where times differ', () => {
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(state(arriving(type, other)!)).toBe(state(arriving(type, all)!));
      }),
      { numRuns: 1000 },
    );
  });

  it('what was merged already changes nothing', () => {
    fc.assert(
      fc.property(accounts(type), fc.nat(), (all, n) => {
        const once = arriving(type, all)!;
        expect(state(merge(type, once, all[n % all.length]!, terms))).toBe(state(once));
      }),
      { numRuns: 1000 },
    );
  });

  it('no element is lost that nobody replaced or deleted', () => {
    fc.assert(
      fc.property(accounts(type), (all) => {
        const { content } = arriving(type, all)!;
        const slots = new Set(Object.keys(content).map((member) => slotOf(type, member)));
        const mayDelete = new Set(
          all.flatMap(({ deletes, origin }) =>
            deletes.map((each) => slotOf(type, each)).filter((slot) => terms.owns(type, slot, origin.sources)),
          ),
        );
        for (const { content: said } of all)
          for (const member of Object.keys(said)) {
            const slot = slotOf(type, member);
            expect(slots.has(slot) || (type === 'Patient' && mayDelete.has(slot))).toBe(true);
          }
      }),
    );
  });
});
