// npm run bench:terminology [-- --concepts N]: a synthetic edition of SNOMED CT's size is imported, opened and asked, beside
// LMDB and a Map with the same answers. Prints one line for each measure; exit code 1 when one misses its bound.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readEdition } from '../../src/adapters/terminology/edition-file.js';
import { snomedSystem } from '../../src/terminology/code-systems/snomed.js';
import { evaluateEcl } from '../../src/terminology/ecl/evaluate.js';
import { selectionOf } from '../../src/terminology/editions/hierarchy-selection.js';
import type { Edition } from '../../src/terminology/editions/edition.js';
import { compileConceptMap } from '../../src/terminology/concept-map.js';
import { editionContent } from '../../src/terminology/editions/edition-content.js';
import { plainOptions, scopeOf } from '../../src/terminology/scope.js';
import { valueSetHandle, type ValueSetHandle } from '../../src/terminology/value-sets/handle.js';
import { keyValueStore } from './key-value-store.js';
import { code, writeSyntheticRf2 } from './synthetic-rf2.js';

const { values } = parseArgs({ options: { concepts: { type: 'string', default: '370000' } } });
const concepts = Number(values.concepts);
const size = { concepts, descriptions: Math.round(concepts * 4.33), attributes: Math.round(concepts * 3.52) };
const work = join(tmpdir(), `concord-terminology-${concepts}`);

let missed = 0;
function tell(name: string, value: number, unit: string, most?: number): void {
  const isMissed = most !== undefined && value > most;
  if (isMissed) missed += 1;
  const bound = most === undefined ? '' : `  (at most ${most})${isMissed ? '  MISSED' : ''}`;
  process.stdout.write(`${name.padEnd(44)} ${value.toFixed(2).padStart(10)} ${unit}${bound}\n`);
}

/** Microseconds of one call, the median of several rounds. */
function microseconds(calls: number, call: (index: number) => unknown): number {
  const rounds = Array.from({ length: 9 }, () => {
    const start = performance.now();
    for (let index = 0; index < calls; index += 1) call(index);
    return ((performance.now() - start) * 1000) / calls;
  });
  return rounds.sort((a, b) => a - b)[4]!;
}

function imported(): string {
  const [release, editions] = [join(work, 'release'), join(work, 'editions')];
  if (!existsSync(release)) writeSyntheticRf2(release, size);
  mkdirSync(editions, { recursive: true });
  const start = performance.now();
  const command = ['dist/src/cli/concord.js', 'terminology', 'import', 'snomed', release, '--to', editions];
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) throw new Error('the import failed');
  tell('import', (performance.now() - start) / 1000, 's', 120);
  return join(
    editions,
    readdirSync(editions).find((name) => name.endsWith('.edition'))!,
  );
}

function opened(path: string): Edition {
  const start = performance.now();
  const edition = readEdition(path);
  tell('open', performance.now() - start, 'ms', 500);
  tell('resident', process.memoryUsage().rss / 2 ** 20, 'MB', 800);
  return edition;
}

const codes = Array.from({ length: 1000 }, (_, index) => code((index * 7919) % concepts));
const at = (index: number): string => codes[index % 1000]!;

/** What is asked of the edition, asked of LMDB: the same codes, the same answers. */
async function askStore(edition: Edition): Promise<void> {
  const below = Array.from(edition.descendants(edition.find(code(1))), (each) => edition.code(each));
  const store = await keyValueStore(edition, codes, below);
  const isA = (index: number): boolean => store.isA(at(index), at(index + 1));
  for (const [index, each] of codes.entries())
    if (isA(index) !== edition.isA(edition.find(each), edition.find(at(index + 1)))) throw new Error('answers differ');
  tell(
    'lmdb: find a code',
    microseconds(20_000, (index) => store.find(at(index))),
    'us',
  );
  tell(
    'lmdb: validate a code in stored members',
    microseconds(20_000, (index) => store.isMember(at(index))),
    'us',
  );
  tell('lmdb: subsumes', microseconds(20_000, isA), 'us');
  await store.close();
}

function ask(edition: Edition): void {
  const baseline = new Map(Array.from({ length: edition.size }, (_, ordinal) => [edition.code(ordinal), ordinal]));
  tell(
    'baseline: look-up in a Map',
    microseconds(100_000, (index) => baseline.get(at(index))),
    'us',
  );
  tell(
    'find a code',
    microseconds(100_000, (index) => edition.find(at(index))),
    'us',
  );
  const system = snomedSystem(edition);
  const handle = isBelow(code(1), edition);
  const isMember = (index: number) => handle.has(edition.header.url, at(index));
  tell('validate a code in a compiled value set', microseconds(100_000, isMember), 'us', 2);
  const subsumes = (index: number) => edition.isA(edition.find(at(index)), edition.find(at(index + 1)));
  tell('subsumes', microseconds(100_000, subsumes), 'us', 1);
  const page = () => Array.from(edition.descendants(edition.find(code(3))).subarray(0, 100), shown);
  const shown = (each: number) => ({ code: edition.code(each), display: edition.display(each) });
  tell('is-a page of 100', microseconds(200, page), 'us', 200);
  const thousand = selectionOf(
    { edition, at: (each) => system.find(edition.code(each))! },
    edition.descendants(edition.find(code(60))),
  );
  tell(
    `expand ${thousand.concepts().length} codes`,
    microseconds(20, () => thousand.concepts().map((each) => ({ code: each.code, display: each.display }))) / 1000,
    'ms',
    2,
  );
  tell('text filter', microseconds(50, () => edition.matching('bado ke')) / 1000, 'ms', 3);
  const refined = `< ${code(3)} : ${code(4)} = << ${code(20)}`;
  tell('ECL with one refinement', microseconds(20, () => evaluateEcl(refined, edition)) / 1000, 'ms', 5);
}

function isBelow(value: string, edition: Edition): ValueSetHandle {
  const installed = { header: edition.header, open: () => edition };
  const scope = scopeOf(editionContent([installed]), plainOptions);
  const include = [{ system: edition.header.url, filter: [{ property: 'concept', op: 'is-a', value }] }];
  return valueSetHandle({ resourceType: 'ValueSet', url: 'http://example.org/bench', compose: { include } }, scope);
}

/** A map of ten thousand rows. */
function translation(): void {
  const element = Array.from({ length: 10_000 }, (_, index) => ({
    code: code(index),
    target: [{ code: `T${index}`, equivalence: 'equivalent' }],
  }));
  const group = [{ source: 'http://example.org/a', target: 'http://example.org/b', element }];
  const resource = { resourceType: 'ConceptMap', id: 'bench', url: 'http://example.org/map', version: '1', group };
  const map = compileConceptMap(resource, { name: 'bench', digest: '', place: 'bench' });
  const translate = (index: number) => map.translate({ system: 'http://example.org/a', code: code(index % 10_000) });
  tell('translate, the code made anew each time', microseconds(100_000, translate), 'us', 2);
}

const edition = opened(imported());
await askStore(edition);
ask(edition);
translation();
process.exitCode = missed === 0 ? 0 : 1;
