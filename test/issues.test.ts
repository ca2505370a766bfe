// The issue catalogue, its page and the code that raises issues agree, each way.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issueCatalogue } from '../src/model/issues.js';

const root = join(import.meta.dirname, '..');
const codes = Object.keys(issueCatalogue);

const texts = (readdirSync(join(root, 'src'), { recursive: true }) as string[])
  .filter((name) => /\.(ts|yaml)$/.test(name) && !/\.test\.ts$|model\/issues\.ts$/.test(name))
  .map((name) => readFileSync(join(root, 'src', name), 'utf8'));

describe('the issue catalogue', () => {
  it('stands in its page, and the page has nothing else', () => {
    const page = readFileSync(join(root, 'docs/generated/issues.md'), 'utf8');
    const told = [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, code]) => code);
    expect(told.sort()).toEqual([...codes].sort());
  });

  it('has no code that nothing raises', () => {
    const silent = codes.filter((code) => !texts.some((text) => text.includes(code)));
    expect(silent).toEqual([]);
  });

  it('says in one sentence what is wrong, and in help what to do', () => {
    for (const { text, help } of Object.values(issueCatalogue)) {
      expect(text).toMatch(/^[A-Z{].*\.$/);
      expect(help).toMatch(/^["A-Z].*\.$/);
    }
  });
});
