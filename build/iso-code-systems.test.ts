import { describe, expect, it } from 'vitest';
import { isoCodeSystems } from './iso-code-systems.js';

const [countries, subdivisions, currencies] = isoCodeSystems().map(
  ({ concept = [] }) => new Map(concept.map((each) => [each.code, each])),
);

describe('codes of ISO', () => {
  it('are three for every country', () => {
    expect(['CH', 'CHE', '756'].map((code) => countries?.get(code)?.display)).toEqual(Array(3).fill('Switzerland'));
    expect(countries?.size).toBe(249 * 3 + 42);
  });

  it('are free where ISO assigns none', () => {
    expect(['AA', 'QM', 'XK', 'ZZ'].map((code) => countries?.get(code)?.display)).toEqual(
      Array(4).fill('User-assigned'),
    );
    expect(['QL', 'XX1', 'AB'].filter((code) => countries?.has(code))).toEqual([]);
  });

  it('name subdivisions, and which lie within which', () => {
    expect(subdivisions?.get('CH-ZH')).toEqual({ code: 'CH-ZH', display: 'Zürich' });
    expect(subdivisions?.get('AZ-BAB')?.property).toEqual([{ code: 'parent', valueCode: 'AZ-NX' }]);
  });

  it('name currencies with their digits', () => {
    expect(currencies?.get('CHF')).toMatchObject({
      display: 'Swiss Franc',
      property: [{ valueString: '756' }, { valueInteger: 2 }],
    });
  });
});
