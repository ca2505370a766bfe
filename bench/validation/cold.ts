// One process of run.ts: how long it is from the start of the process to the first result, and how much memory the process
// has after all examples.
import { steadyEngine } from '../../src/adapters/steady-engine.js';
import { examplesIn } from './examples.js';
import { validators } from './validators.js';

export interface ColdStart {
  /** Milliseconds from the start of the process. */
  readonly first: number;
  /** Resident, in MB. */
  readonly memory: number;
}

steadyEngine();
const [name = '', folder = ''] = process.argv.slice(2);
const texts = examplesIn(folder);
const make = validators[name];
if (make === undefined) throw new Error(`Name a validator: ${Object.keys(validators).join(', ')}.`);
const { read, check } = await make();
check(read(texts[0] ?? '{}'));
const first = Math.round(performance.now());
for (const text of texts) check(read(text));
const result: ColdStart = { first, memory: Math.round(process.memoryUsage().rss / 2 ** 20) };
process.stdout.write(JSON.stringify(result));
