// Runs the built gateway over a corpus and holds what comes out against .ci/thresholds.json.
//   node .ci/conformance.mjs CORPUS [--ratchet]
// CORPUS has hl7v2/ (cases with a scorer of their own), redox/ and synthea-csv/. Prints one line for each check. With
// --ratchet, what is better than its threshold becomes the threshold.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { check, finish, keepThresholds, readJson, root, thresholds } from './checks.mjs';

const program = join(root, 'dist/src/cli/concord.js');
const [corpus, ratchet] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'concord-conformance-'));

function run(command, args, environment = {}) {
  const { status, stderr } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  // 2: some messages were refused, which the checks below look at.
  if (status !== 0 && status !== 2)
    check(`${basename(command)} ${args[0]}`, false, `ended with ${status}: ${stderr.slice(-500)}`);
}

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

/** Scores move a little with what they are compared to: a drop below this is a loss. */
const slack = 0.005;
const rounded = (value) => Math.round(value * 1000) / 1000;

/** A measure must reach what is required, and not fall behind what was reached before. A goal is told, and not yet asked. */
function checkScore(name, measured) {
  const wanted = thresholds.scores[name];
  for (const measure of ['recall', 'precision']) {
    const least = Math.max(wanted.required?.[measure] ?? 0, wanted.reached[measure] - slack);
    const goal = wanted.goal === undefined ? '' : `, the goal is ${wanted.goal[measure]}`;
    check(
      `${name} ${measure}`,
      measured[measure] >= least,
      `${rounded(measured[measure])}, at least ${rounded(least)}${goal}`,
    );
    if (ratchet === '--ratchet')
      wanted.reached[measure] = Math.max(wanted.reached[measure], rounded(measured[measure]));
  }
}

function micro(rows) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const [tp, fn, fp] = [sum('tp'), sum('fn'), sum('fp')];
  return { recall: tp / Math.max(1, tp + fn), precision: tp / Math.max(1, tp + fp) };
}

function hl7v2() {
  const folder = join(corpus, 'hl7v2');
  const out = join(work, 'hl7v2');
  const score = join(work, 'score.json');
  run('bash', [join(folder, 'run.sh'), 'cases', '--out', score, '--quiet'], { CONCORD: `node ${program}`, OUT: out });
  answered(join(folder, 'cases'), out);
  sound(join(folder, 'cases'));
  if (!existsSync(score)) return check('hl7v2 score', false, 'there is none');
  const { rows } = readJson(score);
  const others = rows.filter(({ source }) => source !== 'reportstream');
  checkSources(rows, '');
  for (const structure of ['ADT_A01', 'ORU_R01'])
    checkScore(`${structure} of other sources`, micro(others.filter((row) => row.structure === structure)));
  checkSources(withoutStamps(folder, out), ' without stamps');
}

function checkSources(rows, suffix) {
  const sources = new Set(rows.map(({ source }) => source));
  for (const source of sources)
    if (`${source}${suffix}` in thresholds.scores)
      checkScore(`${source}${suffix}`, micro(rows.filter((row) => row.source === source)));
}

/**
 * The same Bundles, scored without what the gateway says of its own work in every one: meta.source, and the Provenance that
 * names all resources. No expectation has them; they are 14 to 28 per cent of the facts, by source.
 */
function withoutStamps(folder, out) {
  const ignore = readJson(join(folder, 'ignore-default.json'));
  ignore.dropResources.push({ type: 'Provenance', path: 'Provenance.policy', value: '^urn:concord:mapping:' });
  // By path alone: the scorer takes the UUID in the value for a reference.
  ignore.rules.push({ path: '*.meta.source', side: 'actual' });
  const [ignoreFile, score] = [join(work, 'ignore.json'), join(work, 'bare-score.json')];
  writeFileSync(ignoreFile, JSON.stringify(ignore));
  const files = ['--cases', join(folder, 'cases'), '--actual', out, '--ignore', ignoreFile, '--out', score];
  run('node', [join(folder, 'score.mjs'), ...files, '--quiet']);
  return readJson(score).rows;
}

/** Nothing is published that our own structural validation refuses: what lacks a required element says so, or is held. */
function sound(cases) {
  const inputs = join(work, 'hl7v2-inputs');
  for (const name of filesBelow(cases).filter((each) => basename(each) === 'input.hl7'))
    cpSync(join(cases, name), join(inputs, `${name.replace('/input.hl7', '')}.hl7`));
  const reports = join(work, 'hl7v2-reports');
  run('node', [
    program,
    'normalize',
    '--feed',
    'hl7v2',
    '--out',
    join(work, 'again'),
    '--report',
    reports,
    '--quiet',
    inputs,
  ]);
  const all = filesBelow(reports).flatMap((name) => reportsIn(join(reports, name)).map((each) => ({ name, ...each })));
  const published = all.filter(({ disposition }) => disposition.startsWith('publish'));
  const unsound = published.filter(({ report }) => report.issues.some(isStructuralError));
  check(
    'hl7v2 Bundles sound or held',
    published.length > 0 && unsound.length === 0,
    `${published.length - unsound.length} of ${published.length} published, ${all.length - published.length} held or refused ${unsound
      .map(({ name }) => name)
      .slice(0, 5)
      .join(' ')}`,
  );
}

const isStructuralError = ({ code, severity }) =>
  code.startsWith('validate.') && (severity === 'error' || severity === 'fatal');

/** Every input became a Bundle (one for each message) or an OperationOutcome that says why not. */
function answered(cases, out) {
  const inputs = filesBelow(cases).filter((name) => basename(name) === 'input.hl7');
  const outputs = new Set(filesBelow(out).map((name) => name.replace(/(\.refused)?\.json$/, '')));
  const isAnswered = (name) => outputs.has(name) || outputs.has(`${name}-1`);
  const silent = inputs.map((name) => name.replace('/input.hl7', '')).filter((name) => !isAnswered(name));
  check(
    'hl7v2 inputs answered',
    silent.length === 0,
    `${inputs.length - silent.length} of ${inputs.length} ${silent.slice(0, 5).join(' ')}`,
  );
  const refusals = filesBelow(out).filter((name) => name.endsWith('.refused.json'));
  const mute = refusals.filter((name) => !readJson(join(out, name)).issue?.some(({ details }) => details?.text));
  check('hl7v2 refusals say why', mute.length === 0, `${refusals.length - mute.length} of ${refusals.length}`);
}

/** An issue says what was wrong with the value, or thresholds.json why nobody maps it. */
const isExplained = ({ path, position }, { issues }, feed) =>
  thresholds.explainedResiduals[feed]?.[path] !== undefined ||
  issues.some((issue) => issue.position?.path === position.path);

/** Every message of a shipped kind is published without an error and without a residual that nothing explains. */
function vendor(feed) {
  const reports = join(work, `${feed}-reports`);
  run('node', [
    program,
    'normalize',
    '--feed',
    feed,
    '--out',
    join(work, feed),
    '--report',
    reports,
    join(corpus, feed),
  ]);
  const all = filesBelow(reports).flatMap((name) => reportsIn(join(reports, name)).map((each) => ({ name, ...each })));
  const notShipped = ({ report }) => report.issues.some(({ code }) => thresholds.notShipped.includes(code));
  const shipped = all.filter((each) => !notShipped(each));
  const grave = shipped.filter(({ report }) =>
    report.issues.some(({ severity }) => severity === 'error' || severity === 'fatal'),
  );
  const lossy = shipped.filter(({ report }) =>
    report.residuals.some((residual) => !isExplained(residual, report, feed)),
  );
  const names = (found) => [...new Set(found.map(({ name }) => name))].slice(0, 5).join(' ');
  check(
    `${feed} without errors`,
    grave.length === 0,
    `${shipped.length - grave.length} of ${shipped.length} messages ${names(grave)}`,
  );
  check(
    `${feed} without unexplained residuals`,
    lossy.length === 0,
    `${shipped.length - lossy.length} of ${shipped.length} messages ${names(lossy)}`,
  );
  const most = thresholds.otherKinds[feed];
  check(
    `${feed} kinds that are not shipped`,
    all.length - shipped.length <= most,
    `${all.length - shipped.length} messages, at most ${most}`,
  );
}

const reportsIn = (path) =>
  path.endsWith('.ndjson')
    ? readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [readJson(path)];

try {
  hl7v2();
  vendor('redox');
  vendor('synthea-csv');
  if (ratchet === '--ratchet') keepThresholds();
} finally {
  rmSync(work, { recursive: true });
}
finish();
