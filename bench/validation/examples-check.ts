// `npm run check:examples -- FOLDER`: are HL7's examples free of errors beyond the reviewed ones (docs/how-to/validate.md)?
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResource } from '../../src/adapters/validation/resource-text.js';
import { ValidationService } from '../../src/adapters/validation/validation-service.js';
import { atLeast, type Issue } from '../../src/model/issue.js';
import { isReviewed, reviewedIssues } from './reviewed.js';

/** Longer ones are all definitions of FHIR in one Bundle. */
const longest = 3_000_000;

const service = new ValidationService(undefined, () => new Date().toISOString());

function errorsOf(path: string): readonly Issue[] {
  const read = readResource(readFileSync(path), longest);
  if (!read.ok) return read.issues.filter(({ code }) => code !== 'read.too-large');
  const issues = service.validate(read.value, { settings: {}, packages: [], resources: [] });
  return issues.filter(({ severity }) => atLeast(severity, 'error'));
}

function main(): void {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Name the folder of the unpacked package hl7.fhir.r4.examples.');
  const names = readdirSync(folder).filter((name) => /^[A-Z].*\.json$/.test(name));
  const reviewed = reviewedIssues();
  const met = new Map(reviewed.map((each) => [each, 0]));
  let beyond = 0;
  for (const name of names)
    for (const issue of errorsOf(join(folder, name))) {
      const known = isReviewed(issue, reviewed);
      if (known !== undefined) met.set(known, (met.get(known) ?? 0) + 1);
      else process.stdout.write(`${name}: ${issue.code} at ${issue.expression}\n`);
      if (known === undefined) beyond += 1;
    }
  for (const [{ code, text, reason }, count] of met) process.stdout.write(`${count} ${code} "${text}": ${reason}\n`);
  const idle = [...met.values()].filter((count) => count === 0).length;
  process.stdout.write(`${names.length} examples; ${beyond} errors beyond the reviewed, ${idle} reviewed not met\n`);
  process.exitCode = beyond + idle === 0 ? 0 : 1;
}

main();
