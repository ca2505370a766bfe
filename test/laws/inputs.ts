// One input for every number: what is generated from a format's dictionary, and what mishaps make of known payloads.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/adapters/definitions/artifacts.js';
import { goldenCases } from '../../src/adapters/packages/golden-cases.js';
import { loadCompiled } from '../../src/adapters/packages/compiler.js';
import { shippedPackages } from '../../src/adapters/packages/package-source.js';
import type { Hl7v2Dictionary } from '../../src/formats/hl7v2/dictionary.js';
import { someCsv } from './csv-inputs.js';
import { someHl7v2 } from './hl7v2-inputs.js';
import { someJson } from './json-inputs.js';
import { mutated } from './mutations.js';
import { Random } from './random.js';

export const feeds = ['hl7v2', 'redox', 'synthea-csv'] as const;
export type FeedName = (typeof feeds)[number];

export interface Input {
  readonly feed: FeedName;
  readonly origin: 'generated' | 'mutated';
  readonly bytes: Buffer;
}

/** Makes the input of a number; the same number makes the same input. */
export type InputMaker = (seed: number) => Input;

export type Seeds = Readonly<Record<FeedName, readonly Buffer[]>>;

/**
 * The payloads of a feed's golden cases and of test/fixtures/seeds, and those in `corpus/FEED` where a folder is given.
 */
export function loadSeeds(corpus?: string): Seeds {
  const seedsOf = (feed: FeedName): Buffer[] => [
    ...goldenCases(join(shippedPackages, feed), feed).map(({ envelope }) => Buffer.from(envelope.bytes)),
    ...[join(packageRoot, 'test/fixtures/seeds'), ...(corpus === undefined ? [] : [corpus])].flatMap((folder) =>
      [...filesBelow(join(folder, feed))].map((path) => readFileSync(path)),
    ),
  ];
  return { hl7v2: seedsOf('hl7v2'), redox: seedsOf('redox'), 'synthea-csv': seedsOf('synthea-csv').map(firstLines) };
}

const payloads = /\.(hl7|json|csv|txt)$/;

function* filesBelow(folder: string): Generator<string> {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (payloads.test(entry.name)) yield path;
  }
}

/** Enough of a file to go wrong in. */
const firstLines = (bytes: Buffer): Buffer => bytes.subarray(0, 4096);

export function inputMaker(dictionary: Hl7v2Dictionary, seeds: Seeds): InputMaker {
  const { files } = loadCompiled('synthea-csv').ir;
  const generate: Readonly<Record<FeedName, (random: Random) => Buffer>> = {
    hl7v2: (random) => someHl7v2(random, dictionary),
    redox: (random) => someJson(random, seeds.redox),
    'synthea-csv': (random) => someCsv(random, files),
  };
  return (seed) => {
    const random = new Random(seed);
    const feed = random.pick(feeds);
    if (random.chance(0.5)) return { feed, origin: 'generated', bytes: generate[feed](random) };
    const whole = random.chance(0.3) ? generate[feed](random) : random.pick(seeds[feed]);
    const other = random.pick(seeds[random.pick(feeds)]);
    return { feed, origin: 'mutated', bytes: mutated(whole, random, other) };
  };
}
