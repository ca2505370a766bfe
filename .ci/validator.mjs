// Runs HL7's validator suite against the built gateway, over HTTP, and holds the agreement with the reference validator
// against .ci/thresholds.json.
//   node .ci/validator.mjs SUITE [--ratchet]
// SUITE has cases with a scorer of their own; the FHIR packages they name stand in ../../fhir-packages. With --ratchet, what
// is better than its threshold becomes the threshold.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { start } from '../dist/src/main.js';

const [suite, ratchet] = process.argv.slice(2);
const thresholdFile = new URL('thresholds.json', import.meta.url);
const thresholds = JSON.parse(readFileSync(thresholdFile, 'utf8'));
const { required, reached } = thresholds.validator;
const data = mkdtempSync(join(tmpdir(), 'concord-validator-'));

/** One case more or less in 293 is a change, half of one is the rounding. */
const slack = 0.002;
const rounded = (value) => Math.round(value * 1000) / 1000;

async function scored() {
  const { PATH, PG_BIN } = process.env;
  // The scorer compares its own path with the one it was started by: it must be the real one.
  const scorer = realpathSync(join(suite, 'run-val.mjs'));
  const packages = realpathSync(join(suite, '../../fhir-packages'));
  const settings = { PATH, PG_BIN, PORT: '0', DATA_DIR: data, FHIR_PACKAGES: packages, LOG_LEVEL: 'error' };
  const gateway = await start(settings);
  try {
    const { stdout } = await promisify(execFile)('node', [scorer, '--base', `${gateway.url}/fhir`, '--json']);
    return JSON.parse(stdout).all;
  } finally {
    await gateway.stop();
  }
}

let failed = 0;

function check(measure, value) {
  const least = Math.max(required[measure], reached[measure] - slack);
  const holds = value >= least;
  if (!holds) failed++;
  console.log(`${holds ? 'ok  ' : 'FAIL'} validator ${measure}: ${rounded(value)}, at least ${rounded(least)}`);
  reached[measure] = Math.max(reached[measure], rounded(value));
}

try {
  const score = await scored();
  check('verdict', score.verdict);
  check('errorF1', score.err.f);
  console.log(`${score.n} cases, ${score.missed} missed, ${score.falseAlarms} false alarms, ${score.failed} failed`);
  if (score.failed > 0) failed++;
  if (ratchet === '--ratchet') writeFileSync(thresholdFile, `${JSON.stringify(thresholds, null, 2)}\n`);
} finally {
  rmSync(data, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
