import { describe, expect, it } from 'vitest';
import { NameIndex, type Candidate } from './name-index.js';
import { nameEvidence, suggest, type Evidence } from './suggest.js';

const loinc = 'http://loinc.org';
const candidate = (code: string, ...names: string[]): Candidate => ({ system: loinc, code, names });
const glucose = candidate('2345-7', 'Glucose [Mass/volume] in Serum or Plasma', 'Blood sugar');
const fasting = candidate('1558-6', 'Fasting glucose [Mass/volume] in Serum or Plasma');
const sodium = candidate('2951-2', 'Sodium [Moles/volume] in Serum or Plasma', 'Natrium');
const creatinine = candidate('2160-0', 'Creatinine [Mass/volume] in Serum or Plasma', 'Kréatinin');
const index = new NameIndex([glucose, fasting, sodium, creatinine]);

const found = (text: string) => index.find(text, 10).map(({ candidate: { code } }) => code);

describe('the concepts that a name may mean', () => {
  it.each([
    ['a word of the display', 'Glucose', ['2345-7', '1558-6']],
    ['a synonym', 'natrium', ['2951-2']],
    ['the beginning of a word', 'Creat', ['2160-0']],
    ['a word that goes on', 'Sodiums', ['2951-2']],
    ['accents and case', 'KREATININ', ['2160-0']],
    ['the rarer words first', 'fasting glucose serum', ['1558-6', '2345-7', '2160-0', '2951-2']],
    ['nothing', 'Bilirubin', []],
    ['no words', '??', []],
  ])('are found by %s: %s', (_, text, codes) => {
    expect(found(text)).toEqual(codes);
  });

  it('are alike to the full for the same name only', () => {
    const [first] = index.find('blood  sugar', 1);
    expect(first).toMatchObject({ candidate: glucose, name: 'Blood sugar' });
    expect(index.find('Blood Sugar', 1)[0]!.likeness).toBe(1);
    for (const { likeness } of index.find('Serum or plasma', 10)) expect(likeness).toBeLessThan(1);
  });
});

describe('suggestions', () => {
  const named = (text: string): Evidence[] => index.find(text, 10).map((match) => nameEvidence(text, match));
  const target = { system: loinc, code: '2345-7' };

  it('add up what speaks for a target, with every reason', () => {
    const [alone] = suggest(named('Glucose'), 5);
    const [both] = suggest([...named('Glucose'), { kind: 'elsewhere', target, map: 'a@1 of a', sameSystem: false }], 5);
    expect(both!.score).toBeGreaterThan(alone!.score);
    expect(both).toMatchObject({
      target: { code: '2345-7', display: 'Glucose [Mass/volume] in Serum or Plasma' },
      reasons: ['"Glucose" is like "Glucose [Mass/volume] in Serum or Plasma"', 'a@1 of a translates the same code so'],
    });
  });

  it('go first where the dictionary has them', () => {
    const [known, other] = [candidate('1-8', 'Urate'), candidate('2-6', 'Urate')];
    const evidence = [other, known].map((each): Evidence => {
      return nameEvidence('urate', { candidate: each, likeness: 0.8, name: 'Urate' });
    });
    const inDictionary = { kind: 'dictionary', target: { system: loinc, code: '2-6' }, concept: 'urate' } as const;
    expect(suggest(evidence, 5).map((one) => one.target.code)).toEqual(['1-8', '2-6']);
    expect(suggest([...evidence, inDictionary], 5)).toMatchObject([
      { target: { code: '2-6' }, reasons: ['"urate" is like "Urate"', 'in the dictionary as urate'] },
      { target: { code: '1-8' } },
    ]);
  });

  it('take many maps that say the same for one voice', () => {
    const elsewhere = (map: string): Evidence => ({ kind: 'elsewhere', target, map, sameSystem: true });
    expect(suggest([elsewhere('a'), elsewhere('b')], 5)).toMatchObject([{ score: 0.8, reasons: { length: 2 } }]);
  });

  it('lower what people turned down before, and leave out what little speaks for', () => {
    const decision = { kind: 'decision', target, feed: 'a', about: 'code' } as const;
    const [before] = suggest(named('Glucose'), 1);
    const [after] = suggest([...named('Glucose'), { ...decision, accepted: false }], 5).filter(
      (one) => one.target.code === '2345-7',
    );
    expect(after!.score).toBeLessThan(before!.score);
    expect(after!.reasons).toContain('turned down for the same code on feed a');
    expect(suggest([{ ...decision, accepted: false }], 5)).toEqual([]);
    expect(suggest([{ ...decision, accepted: true }], 5)).toMatchObject([{ score: 0.6 }]);
  });
});
