// The examples of a FHIR package as texts: one of every so many, so that a pass is short and holds all types.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One file in so many. */
const every = 10;

/** Longer ones are catalogues of definitions: a few of them would outweigh all others. */
const longest = 64 * 1024;

export function examplesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /^[A-Z].*\.json$/.test(name));
  const texts = names
    .sort()
    .filter((_, at) => at % every === 0)
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  return texts.filter(({ length }) => length <= longest);
}
