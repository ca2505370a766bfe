import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { concord } from './concord.js';

const empty = mkdtempSync(join(tmpdir(), 'concord-contract-'));
afterAll(() => rmSync(empty, { recursive: true }));

describe('concord contract check', () => {
  it('names the contracts and finds an owner for all that the shipped packages write', async () => {
    const { code, stdout } = await concord(['contract', 'check']);
    expect(stdout).toMatch(/^blood-pressure@1\.1\.0: active$/m);
    expect(stdout).not.toContain('no owner');
    expect(code).toBe(0);
  });

  it('names what has no owner and which extension nobody registered', async () => {
    const { code, stdout } = await concord(['contract', 'check', 'synthea-csv', '--contracts', empty]);
    expect(stdout).toMatch(/^synthea-csv@\S+: Patient\.birthDate has no owner\. /m);
    expect(stdout).toMatch(/^synthea-csv@\S+: The extension http\S+ is not registered\. /m);
    expect(code).toBe(1);
  });
});
