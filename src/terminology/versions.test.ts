import { describe, expect, it } from 'vitest';
import { compareVersions, fitsVersion, newestOf } from './versions.js';

describe('versions', () => {
  it.each([
    ['1.0.0', '1.0.0', true],
    ['1', '1.0.0', false],
    ['1.x', '1.0.0', true],
    ['1.x.x', '1.2.0', true],
    ['1.0.x', '1.2.0', false],
    ['1.*', '1.2', true],
    ['x.1', '2.1', true],
  ])('asked for %s, %s fits: %s', (asked, version, fits) => {
    expect(fitsVersion(asked, version)).toBe(fits);
  });

  it.each([
    ['1.9.0', '1.10.0'],
    ['1.0.0-rc.1', '1.0.0'],
    ['1.0', '1.0.1'],
    ['20240101', '20250101'],
    ['2023-09', '2024-03'],
  ])('%s is older than %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
  });

  it('takes the newest that fits', () => {
    const versions = [{ version: '1.0.0' }, { version: '2.0.0' }, { version: '1.3.0' }];
    expect(newestOf(versions)).toEqual({ version: '2.0.0' });
    expect(newestOf(versions, '1.x')).toEqual({ version: '1.3.0' });
    expect(newestOf(versions, '3.0.0')).toBeUndefined();
  });
});
