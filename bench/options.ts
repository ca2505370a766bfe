// The command line of `npm run bench -- …`.
import { parseArgs } from 'node:util';
import type { Schedule } from './windows.js';

export interface Options extends Schedule {
  readonly json: boolean;
  /** Fails when a ratio is below its floor in thresholds.json. */
  readonly check: boolean;
  /** Measures only what has this in its name. */
  readonly only: string;
  /** Compares settings of the V8 heap instead. */
  readonly heap: boolean;
  /** Measures messages of every structure, by the byte, instead. */
  readonly types: boolean;
  /** With `types`: a folder whose `*.hl7` files are measured in the place of the golden cases. */
  readonly corpus: string | undefined;
}

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      heap: { type: 'boolean', default: false },
      types: { type: 'boolean', default: false },
      corpus: { type: 'string' },
      only: { type: 'string', default: '' },
      rounds: { type: 'string', default: '15' },
      window: { type: 'string', default: '150' },
    },
  });
  const { json, check, heap, types, corpus, only } = values;
  return {
    json,
    check,
    heap,
    types,
    corpus,
    only,
    rounds: Number(values.rounds),
    windowMs: Number(values.window),
    leadInMs: 300,
    warmUpMs: 1500,
  };
}
