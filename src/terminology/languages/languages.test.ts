import { describe, expect, it } from 'vitest';
import { fitOf, isWanted, parseLanguages } from './languages.js';

describe('languages a client would like', () => {
  it('are ranked by quality', () => {
    expect(parseLanguages('fr;q=0.5, nb, *;q=0')).toEqual({
      text: 'fr;q=0.5, nb, *;q=0',
      wanted: [
        { tag: 'nb', quality: 1 },
        { tag: 'fr', quality: 0.5 },
      ],
      strict: true,
    });
  });

  it.each(['-', 'en;quality=1', 'de,,fr', 'en_US', ''])('cannot be read from %j', (text) => {
    expect(parseLanguages(text)).toBeUndefined();
  });

  it.each([
    ['nb', 'nb', 3],
    ['nb', 'nb-NO', 2],
    ['nb-NO', 'nb', 1],
    ['nb', 'nn', 0],
    ['NB', 'nb', 3],
  ])('wanting %s, %s fits by %d', (wanted, language, fit) => {
    expect(fitOf(wanted, language)).toBe(fit);
  });

  it('do not include every language because of a star', () => {
    expect(isWanted(parseLanguages('nb,*')!, 'fr')).toBe(false);
  });
});
