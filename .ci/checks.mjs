// One line for each check, and the thresholds they are held against. A script ends with what `finish` says.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = new URL('..', import.meta.url).pathname;
const thresholdFile = join(root, '.ci/thresholds.json');

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
export const thresholds = readJson(thresholdFile);

/** What was reached becomes what is asked. */
export const keepThresholds = () => writeFileSync(thresholdFile, `${JSON.stringify(thresholds, null, 2)}\n`);

let passed = 0;
let failed = 0;

export function check(name, holds, told) {
  if (holds) passed++;
  else failed++;
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${name}: ${told}`);
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
