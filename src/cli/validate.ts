// concord validate: files with resources in, what is wrong with them out.
import { Command, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { validationOutcome } from '../adapters/validation/outcome.js';
import { withPositions } from '../adapters/validation/positions.js';
import { readResource } from '../adapters/validation/resource-text.js';
import { ValidationService } from '../adapters/validation/validation-service.js';
import { printJson } from '../canonical/json.js';
import { GatewayError } from '../model/error.js';
import { atLeast, type Issue } from '../model/issue.js';

interface Options {
  readonly profile: readonly string[];
  readonly ig: readonly string[];
  readonly packages?: string;
  readonly format: 'text' | 'json' | 'outcome';
}

interface Checked {
  readonly file: string;
  readonly issues: readonly Issue[];
}

/** No resource that is exchanged is larger. */
const mostBytes = 256 * 1024 * 1024;

const collected = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Exit codes: 0 all valid; 1 the command could not do its work; 2 some resources are not valid. */
export const validateCommand = (): Command =>
  new Command('validate')
    .summary('check FHIR R4 resources')
    .description(
      'Checks FHIR R4 resources: structure, invariants, terminology, the profiles they name and those asked for.\n' +
        'Exit code: 0 all valid, 1 the command could not do its work, 2 some resources are not valid.',
    )
    .argument('<file...>', 'files with one resource each')
    .option('--profile <url>', 'a profile to check against besides (may be repeated)', collected, [])
    .option(
      '--ig <package>',
      'a FHIR package: a .tgz, a folder, or name#version in --packages (may be repeated)',
      collected,
      [],
    )
    .option('--packages <folder>', 'where packages asked for by name, and those they build on, stand')
    .addOption(new Option('--format <format>', 'how to tell').choices(['text', 'json', 'outcome']).default('text'))
    .action((files: string[], options: Options) => {
      process.exitCode = validate(files, options);
    });

function validate(files: readonly string[], options: Options): number {
  const service = new ValidationService(options.packages, () => new Date().toISOString());
  const missing = service.missing(options.ig);
  if (missing.length > 0) throw new GatewayError('not-found', `No such FHIR package: ${missing.join(', ')}.`);
  const checked = files.map((file) => ({ file, issues: check(file, service, options) }));
  process.stdout.write(texts[options.format](checked));
  return checked.every(isValid) ? 0 : 2;
}

const isValid = ({ issues }: Checked): boolean => !issues.some(({ severity }) => atLeast(severity, 'error'));

function check(file: string, service: ValidationService, { profile, ig }: Options): readonly Issue[] {
  const text = readFileSync(file);
  const read = readResource(text, mostBytes);
  if (!read.ok) return withPositions(read.issues, text);
  const request = { settings: { profiles: profile }, packages: ig, resources: [] };
  return withPositions([...read.issues, ...service.validate(read.value, request)], text);
}

const place = ({ position }: Issue): string =>
  position?.line === undefined ? '' : `${position.line}:${position.column}`;

const line = (issue: Issue): string => {
  const { severity, expression, text, code } = issue;
  return `  ${severity.padEnd(11)} ${place(issue).padEnd(7)} ${expression ?? ''}: ${text} [${code}]\n`;
};

const heading = (checked: Checked): string => `${checked.file}: ${isValid(checked) ? 'valid' : 'not valid'}\n`;

const texts: Readonly<Record<Options['format'], (checked: readonly Checked[]) => string>> = {
  text: (checked) => checked.map((each) => heading(each) + each.issues.map(line).join('')).join(''),
  json: (checked) =>
    checked
      .map((each) => `${JSON.stringify({ file: each.file, valid: isValid(each), issues: each.issues })}\n`)
      .join(''),
  outcome: (checked) => checked.map(({ issues }) => `${printJson(validationOutcome(issues))}\n`).join(''),
};
