// `npm run bench:validation -- FOLDER`: full validation of HL7's examples, in one run beside other validators, in turns; then what a
// cold start takes (docs/how-to/validate.md).
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { steadyEngine } from '../../src/adapters/steady-engine.js';
import type { Subject } from '../subject.js';
import { best, measure, median, type Schedule } from '../windows.js';
import type { ColdStart } from './cold.js';
import { examplesIn } from './examples.js';
import { validators, type Validator } from './validators.js';

const schedule: Schedule = { rounds: 5, windowMs: 1500, leadInMs: 300, warmUpMs: 2000 };

/** A process of its own for the cold start, so that nothing is there yet. */
const cold = fileURLToPath(new URL('./cold.js', import.meta.url));

const coldStart = (name: string, folder: string): ColdStart =>
  JSON.parse(execFileSync(process.execPath, [cold, name, folder], { encoding: 'utf8' })) as ColdStart;

function pass(check: Validator['check'], resources: readonly object[]): number {
  let flagged = 0;
  for (const resource of resources) if (!check(resource)) flagged += 1;
  return flagged;
}

interface Contender extends Subject {
  readonly flagged: number;
}

/** A run is one pass over all examples. The first compiles what they need. */
async function contender(make: () => Validator | Promise<Validator>, texts: readonly string[]): Promise<Contender> {
  const { name, read, check } = await make();
  const resources = texts.map(read);
  return { name, flagged: pass(check, resources), run: () => pass(check, resources) };
}

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Name the folder of the unpacked package hl7.fhir.r4.examples.');
  steadyEngine();
  const texts = examplesIn(folder);
  const contenders: Contender[] = [];
  for (const make of Object.values(validators)) contenders.push(await contender(make, texts));
  const figures = await measure(contenders, schedule);
  process.stdout.write(`${texts.length} examples; resources per CPU second, best and median of ${schedule.rounds}\n`);
  for (const { name, flagged } of contenders) {
    const rounds = (figures.get(name) ?? []).map((passes) => passes * texts.length);
    process.stdout.write(`${name}: ${Math.round(best(rounds))}, ${Math.round(median(rounds))}; ${flagged} flagged\n`);
  }
  for (const name of Object.keys(validators)) {
    const { first, memory } = coldStart(name, folder);
    process.stdout.write(`${name}: first result ${first} ms after the start; ${memory} MB after all examples\n`);
  }
}

await main();
