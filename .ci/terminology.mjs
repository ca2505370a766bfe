// Runs HL7's terminology ecosystem suite against the built gateway and holds the counts against .ci/thresholds.json.
//   node .ci/terminology.mjs SUITE [--ratchet] [--fail-dir DIR]
// SUITE has run-tx.mjs, tests/ and content/: releases of code systems, cut down to what the tests need. Prints one line for
// each group of tests. With --ratchet, what is better than its threshold becomes the threshold.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, finish, keepThresholds, readJson, root, thresholds } from './checks.mjs';

const [place, ...options] = process.argv.slice(2);
// The runner tells by its own path that it is run and not imported: a link would make it do nothing.
const suite = realpathSync(place);
const work = mkdtempSync(join(tmpdir(), 'concord-terminology-'));
const settings = {
  ...process.env,
  DATA_DIR: join(work, 'data'),
  TERMINOLOGY_DIR: join(work, 'terminology'),
  PORT: '0',
  LOG_LEVEL: 'error',
};

/** Modes whose content is here; `omop` and `icd-11` need code systems that are not. */
const modes = ['general', 'snomed', 'tx.fhir.org'];

const imports = {
  loinc: { folder: 'loinc', version: '2.82' },
  // The version that the tests name the subset by.
  snomed: { folder: 'snomed', version: 'http://snomed.info/xsct/31000003106/version/20250909' },
  ndc: { folder: 'ndc/2025-07-11', version: '2025-07-11' },
};

function importContent() {
  for (const [name, { folder, version }] of Object.entries(imports)) {
    const content = join(suite, 'content', folder);
    if (!existsSync(content)) continue;
    const program = join(root, 'dist/src/cli/concord.js');
    const command = [program, 'terminology', 'import', name, content, '--edition-version', version];
    const { status, stderr } = spawnSync('node', command, { env: settings, encoding: 'utf8' });
    if (status !== 0) check(`import ${name}`, false, stderr.slice(-500));
  }
}

/** The gateway and its base; its greeting names the port it took. */
async function gateway() {
  const process_ = spawn('node', [join(root, 'dist/src/main.js')], {
    env: settings,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let greeting = '';
  for await (const chunk of process_.stdout) {
    greeting += chunk;
    const url = /listens on (\S+)/.exec(greeting)?.[1];
    if (url !== undefined) return { process: process_, base: `${url}/fhir` };
  }
  throw new Error('The gateway ended before it listened.');
}

function runSuite(base) {
  const result = join(work, 'result.json');
  const failDir = options.includes('--fail-dir') ? ['--fail-dir', options[options.indexOf('--fail-dir') + 1]] : [];
  const files = ['--suite-dir', join(suite, 'tests'), '--json', result, ...failDir];
  const program = join(suite, 'run-tx.mjs');
  const { stderr } = spawnSync('node', [program, '--base', base, ...files, '--mode', modes.join(','), '--quiet'], {
    encoding: 'utf8',
  });
  if (existsSync(result)) return readJson(result).results;
  check('suite', false, stderr.slice(-500));
  return [];
}

/** Tests of the general mode are one group; those of the others are told suite by suite. */
function groupsOf(results) {
  const modeOf = new Map(
    readJson(join(suite, 'tests/test-cases.json')).suites.flatMap(({ name, mode, tests }) =>
      tests.map((test) => [`${name}/${test.name}`, test.mode ?? mode ?? 'general']),
    ),
  );
  const groups = new Map();
  for (const result of results) {
    const mode = modeOf.get(`${result.suite}/${result.test}`);
    const name = mode === 'general' ? mode : `${mode}: ${result.suite}`;
    const group = groups.get(name) ?? { tests: 0, official: 0, strict: 0 };
    group.tests += 1;
    if (result.java === 'pass') group.official += 1;
    if (result.strict === 'pass') group.strict += 1;
    groups.set(name, group);
  }
  return groups;
}

function checkGroups(groups) {
  for (const name of new Set([...Object.keys(thresholds.terminology), ...groups.keys()])) {
    const wanted = (thresholds.terminology[name] ??= { official: 0, strict: 0 });
    const { tests, official, strict } = groups.get(name) ?? { tests: 0, official: 0, strict: 0 };
    check(
      name,
      official >= wanted.official && strict >= wanted.strict,
      `${official} of ${tests} (strictly ${strict}), at least ${wanted.official} (${wanted.strict})`,
    );
    wanted.official = Math.max(wanted.official, official);
    wanted.strict = Math.max(wanted.strict, strict);
  }
}

try {
  importContent();
  const { process: server, base } = await gateway();
  try {
    checkGroups(groupsOf(runSuite(base)));
  } finally {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  if (options.includes('--ratchet')) keepThresholds();
} finally {
  rmSync(work, { recursive: true, force: true });
}
finish();
