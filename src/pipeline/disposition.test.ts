import { describe, expect, it } from 'vitest';
import { issue } from '../model/issue.js';
import { decide, isPublished } from './disposition.js';

const residual = issue('map.residual');
const unmapped = issue('terminology.unmapped-code');
const held = issue('terminology.unmapped-held');
const invalid = issue('validate.binding');
const empty = issue('read.empty');

describe('the disposition of a message', () => {
  it.each([
    ['publish', []],
    ['publish', [residual]],
    ['publish-with-warnings', [residual, unmapped]],
    ['publish-with-warnings', [issue('map.required-missing')]],
    ['hold', [unmapped, held]],
    ['hold', [issue('map.no-mapping')]],
    ['quarantine', [held, invalid]],
    ['reject', [invalid, empty]],
  ] as const)('is %s for the gravest issue', (disposition, issues) => {
    expect(decide(issues).disposition).toBe(disposition);
  });

  it('names the first of the gravest issues', () => {
    expect(decide([residual, unmapped, invalid, issue('validate.empty')]).decidedBy).toBe(invalid);
    expect(decide([residual])).toEqual({ disposition: 'publish' });
  });

  it('goes by the severity that a contract gave the issue', () => {
    const softened = issue('terminology.unmapped-held', {}, { severity: 'warning' });
    const hardened = issue('terminology.unmapped-code', {}, { severity: 'error' });
    expect(decide([softened]).disposition).toBe('publish-with-warnings');
    expect(decide([hardened]).disposition).toBe('quarantine');
  });

  it('publishes with or without warnings, and nothing else', () => {
    expect((['publish', 'publish-with-warnings', 'hold', 'quarantine', 'reject'] as const).filter(isPublished)).toEqual(
      ['publish', 'publish-with-warnings'],
    );
  });
});
