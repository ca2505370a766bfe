// `npm run bench:validation -- FOLDER`: full validation of HL7's examples, in one run beside other validators (docs/how-to/validate.md).
import { examplesIn } from './examples.js';
import { validators, type Validator } from './validators.js';

/** A resource per validator counts as measured when this long has gone by, in ms of CPU. */
const window = 2000;

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

interface Figure {
  readonly name: string;
  readonly perSecond: number;
  readonly flagged: number;
}

function pass({ check }: Validator, resources: readonly object[]): number {
  let flagged = 0;
  for (const resource of resources) if (!check(resource)) flagged += 1;
  return flagged;
}

/** Every resource once to compile what it needs, then whole passes for at least the window. */
function measure(validator: Validator, texts: readonly string[]): Figure {
  const resources = texts.map((text) => validator.read(text));
  const flagged = pass(validator, resources);
  const start = cpu();
  let passes = 0;
  while (cpu() - start < window) {
    pass(validator, resources);
    passes += 1;
  }
  const perSecond = Math.round((passes * resources.length * 1000) / (cpu() - start));
  return { name: validator.name, perSecond, flagged };
}

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Name the folder of the unpacked package hl7.fhir.r4.examples.');
  const texts = examplesIn(folder);
  process.stdout.write(`${texts.length} examples\n`);
  for (const make of validators) {
    const started = performance.now();
    const validator = await make();
    validator.check(validator.read(texts[0] ?? '{}'));
    const first = Math.round(performance.now() - started);
    const { name, perSecond, flagged } = measure(validator, texts);
    const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
    process.stdout.write(
      `${name}: ${perSecond} resources per CPU second, first result after ${first} ms, ${flagged} flagged, process ${memory} MB\n`,
    );
  }
}

await main();
