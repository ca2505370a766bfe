import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegex } from './linear.js';

const test = (pattern: string, text: string): boolean => {
  const matches = compileRegex(pattern);
  if (typeof matches === 'string') throw new Error(matches);
  return matches(text);
};

describe('regular expressions of filters', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'abcd', false],
    ['a|bc', 'bc', true],
    ['(a|b)*c', 'abbac', true],
    ['[a-c]{2,3}', 'abca', false],
    ['[^ \\t\\r\\n\\f]{5}', 'code1', true],
    ['\\d+(\\.\\d+)?', '12.5', true],
    ['^a.c$', 'abc', true],
    ['a?b+?', 'bb', true],
    ['[\\]\\-x]+', ']-x', true],
    ['', '', true],
    ['(?:ä|é)+', 'éä', true],
    ['\\u0041\\x42', 'AB', true],
  ])('/%s/ on %j: %s', (pattern, text, expected) => {
    expect(test(pattern, text)).toBe(expected);
  });

  it.each(['(', 'a)', '[a', '*a', '\\1', '(?=a)', 'a{3,2}', '\\', '[b-a]', '\\p{L}'])('does not read %s', (pattern) => {
    expect(compileRegex(pattern)).toBe('unreadable');
  });

  it('refuses a pattern of too many states', () => {
    expect(compileRegex('((a{999}){999}){999}')).toBe('too-large');
  });

  it('takes no longer for patterns that make others hang', () => {
    expect(test('(a+)+', `${'a'.repeat(5000)}!`)).toBe(false);
    expect(test('(a|aa)*(a|aa)*(a|aa)*b', 'a'.repeat(5000))).toBe(false);
  });

  it('agrees with the engine of the language', () => {
    const part = fc.constantFrom('a', 'b', '[ab]', '.', 'a*', 'b+', '(ab)?', '(a|b){1,2}', '[^a]');
    const pattern = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(pattern, text, (pattern, text) => {
        expect(test(pattern, text)).toBe(new RegExp(`^(?:${pattern})$`).test(text));
      }),
    );
  });
});
