// npm run fuzz: generated and mutated payloads on all shipped feeds, each held against every law.
//   npm run fuzz -- --inputs 100000 [--seed N] [--corpus DIR] [--only FEED] [--keep DIR]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadArtifacts, loadGateway } from '../../src/adapters/composition.js';
import { inputMaker, loadSeeds, type Input } from '../laws/inputs.js';
import { examine, type Examination, type Subject } from '../laws/laws.js';
import { smallest } from '../laws/smallest.js';

const { values: options } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    corpus: { type: 'string' },
    only: { type: 'string' },
    keep: { type: 'string', default: 'out/fuzz' },
  },
});

const artifacts = loadArtifacts();
const subject: Subject = { gateway: loadGateway({ artifacts }), dictionary: artifacts.dictionary };
const make = inputMaker(artifacts.dictionary, loadSeeds(options.corpus));
const first = Number(options.seed ?? Math.floor(Math.random() * 2 ** 31));
const count = Number(options.inputs);

/** By feed and origin: messages by disposition. */
const counts = new Map<string, Map<string, number>>();
/** The first input of each kind of breach. */
const found = new Map<string, { readonly seed: number; readonly input: Input; times: number }>();

/** Breaches of one kind differ in numbers and paths only. */
const kindOf = (breach: string): string => breach.split('\n').slice(0, 2).join(' ').replace(/\d+/g, 'N').slice(0, 200);

function tally(input: Input, { outcomes }: Examination): void {
  const name = `${input.feed} ${input.origin}`;
  const row = counts.get(name) ?? new Map<string, number>();
  counts.set(name, row);
  row.set('inputs', (row.get('inputs') ?? 0) + 1);
  for (const { disposition } of outcomes) row.set(disposition, (row.get(disposition) ?? 0) + 1);
}

function note(seed: number, input: Input, { breaches }: Examination): void {
  for (const kind of new Set(breaches.map(kindOf))) {
    const known = found.get(kind);
    if (known === undefined) found.set(kind, { seed, input, times: 1 });
    else known.times++;
  }
}

function run(): void {
  const start = performance.now();
  for (let n = 0; n < count; n++) {
    const input = make(first + n);
    if (options.only !== undefined && input.feed !== options.only) continue;
    const examination = examine(input, subject);
    tally(input, examination);
    note(first + n, input, examination);
    if ((n + 1) % 5000 === 0) console.error(`${n + 1} of ${count}, ${found.size} kinds of breach, ${seconds(start)} s`);
  }
}

const seconds = (start: number): string => ((performance.now() - start) / 1000).toFixed(0);

/** The input that first broke a law, made small, in a file; and how to make it again. */
function keep(kind: string, number: number): string {
  const { seed, input, times } = found.get(kind)!;
  const fails = (bytes: Buffer) =>
    examine({ ...input, bytes }, subject)
      .breaches.map(kindOf)
      .includes(kind);
  mkdirSync(options.keep, { recursive: true });
  const path = join(options.keep, `${number + 1}-${input.feed}.txt`);
  writeFileSync(path, smallest(input.bytes, fails, number < 12 ? 1000 : 0));
  return `${times} times: ${kind}\n    ${path}; again: npm run fuzz -- --inputs 1 --seed ${seed}`;
}

const columns = ['inputs', 'publish', 'publish-with-warnings', 'hold', 'quarantine', 'reject'];

function table(): string {
  const rows = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, row]) => [name, ...columns.map((column) => String(row.get(column) ?? 0))]);
  return [['', ...columns], ...rows]
    .map(
      ([name = '', ...cells]) =>
        name.padEnd(24) + cells.map((cell, at) => cell.padStart(columns[at]!.length + 2)).join(''),
    )
    .join('\n');
}

console.log(`seed ${first}`);
run();
console.log(table());
for (const [number, kind] of [...found.keys()].entries()) console.log(keep(kind, number));
console.log(found.size === 0 ? `${count} inputs, no law broken` : `${found.size} kinds of breach`);
process.exitCode = found.size === 0 ? 0 : 1;
