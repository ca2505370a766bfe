// `npm run check:examples -- FOLDER`: are HL7's examples free of errors beyond the reviewed ones (docs/how-to/validate.md)?
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResource } from '../../src/adapters/validation/resource-text.js';
import { ValidationService } from '../../src/adapters/validation/validation-service.js';
import { atLeast, type Issue } from '../../src/model/issue.js';
import { reviewedIssues, reviewOf, type Reviewed } from './reviewed.js';

/** Longer ones are all definitions of FHIR in one Bundle. */
const longest = 3_000_000;

const service = new ValidationService(undefined, () => new Date().toISOString());

function errorsOf(path: string): readonly Issue[] {
  const read = readResource(readFileSync(path), longest);
  if (!read.ok) return read.issues.filter(({ code }) => code !== 'read.too-large');
  const issues = service.validate(read.value, { settings: {}, packages: [], resources: [] });
  return issues.filter(({ severity }) => atLeast(severity, 'error'));
}

/** Prints what no review covers and counts it, and how many issues each review covers. */
function compare(folder: string, names: readonly string[], reviewed: readonly Reviewed[]) {
  const met = new Map(reviewed.map((each) => [each, 0]));
  let beyond = 0;
  for (const name of names)
    for (const issue of errorsOf(join(folder, name))) {
      const review = reviewOf(name.replace('.json', ''), issue, reviewed);
      if (review === undefined) process.stdout.write(`${name}: ${issue.code} at ${issue.expression}: ${issue.text}\n`);
      else met.set(review, (met.get(review) ?? 0) + 1);
      if (review === undefined) beyond += 1;
    }
  return { met, beyond };
}

function main(): void {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Name the folder of the unpacked package hl7.fhir.r4.examples.');
  const names = readdirSync(folder).filter((name) => /^[A-Z].*\.json$/.test(name));
  const { met, beyond } = compare(folder, names, reviewedIssues());
  let differing = 0;
  for (const [{ code, text, count, reason }, found] of met) {
    const told = found === count ? count : `${found} instead of ${count}`;
    if (found !== count) differing += 1;
    process.stdout.write(`${told} ${code} "${text}": ${reason}\n`);
  }
  process.stdout.write(
    `${names.length} examples; ${beyond} errors beyond the reviewed, ${differing} reviews that differ\n`,
  );
  process.exitCode = beyond + differing === 0 ? 0 : 1;
}

main();
