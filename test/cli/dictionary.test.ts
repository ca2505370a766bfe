import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { concord } from './concord.js';

const folder = mkdtempSync(join(tmpdir(), 'concord-dictionary-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('concord dictionary', () => {
  it('lists the concepts with their preferred code and their units', async () => {
    const { code, stdout } = await concord(['dictionary', 'list', '--status', 'active']);
    expect(stdout).toMatch(
      /^blood-pressure\.systolic {2}"Systolic blood pressure" {2}http:\/\/loinc\.org\|8480-6 {2}mm\[Hg\], kPa$/m,
    );
    expect(code).toBe(0);
  });

  it('shows one, in words or as JSON', async () => {
    const { stdout } = await concord(['dictionary', 'show', 'glucose']);
    expect(stdout).toMatch(/^glucose {2}"Glucose" {2}measurement, active$/m);
    expect(stdout).toMatch(/^ {2}molar {5}180\.156 g\/mol$/m);
    const json = await concord(['dictionary', 'show', 'glucose', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ id: 'glucose', unit: { canonical: 'mmol/L' } });
  });

  it('knows nothing of others', async () => {
    const { code, stderr } = await concord(['dictionary', 'show', 'unheard-of']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('No concept has that id')]);
  });

  it('checks: what is wrong is told with file and line, and ends with 1', async () => {
    const sound = await concord(['dictionary', 'check']);
    expect([sound.code, sound.stdout]).toEqual([0, expect.stringMatching(/no faults\.$/m)]);
    writeFileSync(
      join(folder, 'boats.yaml'),
      'concepts:\n  - { id: a, name: a, kind: measurement, status: active, owner: o, definition: d,\n      codes: [{ system: http://loinc.org, code: 2345-7 }],\n      unit: { canonical: fathoms } }\n',
    );
    const { code, stderr } = await concord(['dictionary', 'check', '--dictionary', folder]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('boats.yaml:4 fathoms is no UCUM code.')]);
  });
});
