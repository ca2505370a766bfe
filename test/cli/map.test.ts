import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { appendFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { concord } from './concord.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'concord-map-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('concord map check', () => {
  it('tells of every package that stands: its version, size and digest', async () => {
    const { code, stdout } = await concord(['map', 'check']);
    expect(stdout).toMatch(/^hl7v2@\d+\.\d+\.\d+: \d+ modules, \d+ rules, sha256 [0-9a-f]{64}$/m);
    expect(code).toBe(0);
  });

  it('tells where a package cannot stand, why, and the mend', async () => {
    const broken = join(folder, 'synthea-csv');
    cpSync(join(root, 'src/mappings/packages/synthea-csv'), broken, { recursive: true });
    appendFileSync(
      join(broken, 'broken.yaml'),
      'module: broken\nsource: { format: csv, row: [patients] }\nrulse: []\n',
    );
    const { code, stdout } = await concord(['map', 'check', broken]);
    expect(stdout).toMatch(/broken\.yaml:\d+:\d+ /);
    expect(code).toBe(1);
  });

  it('says when there is no such package', async () => {
    const { code, stderr } = await concord(['map', 'check', 'nopackage']);
    expect(stderr).toContain('nopackage');
    expect(code).toBe(1);
  });
});

describe('concord map explain', () => {
  const explain = (...args: string[]) =>
    concord(['map', 'explain', '--feed', 'hl7v2', join(root, 'docs/samples/hl7v2.hl7'), ...args]);

  it('tells which places and which rule an element came from', async () => {
    const { stdout } = await explain('--element', 'Patient.birthDate');
    expect(stdout).toMatch(/^message 1: ORU\^R01\^ORU_R01, publish/);
    expect(stdout).toMatch(/birthDate +<- PID-7 +hl7v2\/PID\[Patient\]#/);
    expect(stdout).not.toContain('gender');
  });

  it('tells where a place went, and by which rules', async () => {
    const { stdout } = await explain('--source', 'PID-5', '--rules');
    expect(stdout).toMatch(/name\[0\]\.family +<- PID-5\[1\]\.1 +hl7v2\/ORU_R01#\S+ > hl7v2\/PID\[Patient\]#/);
    expect(stdout).not.toContain('PID-7');
  });

  it('shows no value of the message', async () => {
    expect((await explain()).stdout).not.toMatch(/Lindqvist|P4711/);
  });
});

describe('concord map test --show', () => {
  it('prints what one case gives, as its expectation stands in its file', async () => {
    const { stdout, code } = await concord(['map', 'test', 'synthea-csv', '--show', 'patients']);
    const expected = join(root, 'src/mappings/packages/synthea-csv/tests/patients/expected.json');
    expect(stdout).toBe(readFileSync(expected, 'utf8'));
    expect(code).toBe(0);
  });
});
