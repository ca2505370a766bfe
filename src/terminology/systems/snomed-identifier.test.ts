import { describe, expect, it } from 'vitest';
import { isConceptIdentifier } from './snomed-identifier.js';

describe('An identifier of a SNOMED CT concept', () => {
  it.each(['73211009', '404684003', '138875005', '900000000000207008', '11000146104'])('may be %s', (code) => {
    expect(isConceptIdentifier(code)).toBe(true);
  });

  it.each([
    ['1', 'is too short'],
    ['73211008', 'has another check digit'],
    ['37211009', 'has two digits changed about'],
    ['754786011', 'is the identifier of a description'],
    ['073211009', 'starts with zero'],
  ])('is not %s: it %s', (code) => {
    expect(isConceptIdentifier(code)).toBe(false);
  });
});
