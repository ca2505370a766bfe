import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { concord } from './concord.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'concord-diff-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The synthea-csv package with its birth date read from nowhere. */
function changed(): string {
  const copy = join(folder, 'synthea-csv');
  cpSync(join(root, 'src/mappings/packages/synthea-csv'), copy, { recursive: true });
  const module = join(copy, 'rows/patient.yaml');
  const text = readFileSync(module, 'utf8');
  writeFileSync(module, text.replace(/^ +- \{ id: patient.birthDate,.*\n/m, ''));
  return copy;
}

describe('concord map diff', () => {
  it('tells of two equal versions that nothing differs', async () => {
    const { code, stdout } = await concord(['map', 'diff', 'synthea-csv', 'synthea-csv', '--exit-code']);
    expect(stdout).toContain('no rule and no code map differs');
    expect(stdout).toContain('none differs');
    expect(code).toBe(0);
  });

  it('lays what differs to the rule, and writes it as JSON and as a page without values', async () => {
    const [json, html] = [join(folder, 'diff.json'), join(folder, 'diff.html')];
    const asked = ['synthea-csv', changed(), '--json', json, '--html', html, '--exit-code'];
    const { code, stdout } = await concord(['map', 'diff', ...asked]);
    expect(stdout).toMatch(/^\S*#patient\.birthDate \(removed\): \d+ messages?$/m);
    expect(stdout).toMatch(/time +removed +Patient\.birthDate/);
    expect(code).toBe(2);
    const page = readFileSync(html, 'utf8');
    expect(page).toContain('Patient.birthDate');
    expect(page).not.toMatch(/<script|src=|<link/);
    for (const text of [stdout, page, readFileSync(json, 'utf8')])
      expect(text).not.toMatch(/\b(19|20)\d\d-\d\d-\d\d\b/);
  });

  it('says when two versions are not named', async () => {
    const { code, stderr } = await concord(['map', 'diff', 'hl7v2']);
    expect(stderr).toContain('Name two versions');
    expect(code).toBe(1);
  });
});
