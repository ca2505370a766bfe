// Messages of every structure beside the ORU: no message type may be slow for its size. `npm run bench -- --types`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/adapters/definitions/artifacts.js';
import { groupBy } from '../src/canonical/groups.js';
import type { Comparison } from './comparisons.js';
import { subjectName } from './pipeline.js';
import { loadBench, sampleOf, type Bench, type Sample } from './samples.js';
import type { Subject } from './subject.js';

/** Where the package's golden cases stand: a folder each, its payload in `input.hl7`. */
const cases = join(packageRoot, 'src', 'mappings', 'packages', 'hl7v2', 'tests');

export interface TypePlan {
  readonly subjects: readonly Subject[];
  readonly comparisons: readonly Comparison[];
}

/** Messages of one structure. */
interface TypeSamples {
  readonly name: string;
  readonly samples: readonly Sample[];
}

/**
 * The whole way of each structure, and its speed by the byte as a part of the ORU's.
 *
 * @param corpus a folder whose messages are taken; absent: the golden cases, of which the longest of each structure
 */
export function typePlan(corpus?: string): TypePlan {
  const bench = loadBench();
  const { oru, gateway } = bench;
  const types = corpus === undefined ? typeSamples(bench, cases).map(longest) : typeSamples(bench, corpus);
  const whole = ({ envelope }: Sample) => gateway.normalize(envelope);
  return {
    subjects: [
      { name: subjectName(oru, 'whole'), run: () => whole(oru) },
      ...types.map((type) => ({ name: type.name, run: eachInTurn(type, whole) })),
    ],
    comparisons: types.map((type) => ({
      key: `by the kilobyte, ${type.name} (${described(type)}) / ORU`,
      ours: type.name,
      theirs: subjectName(oru, 'whole'),
      weight: meanLength(type) / oru.text.length,
    })),
  };
}

/** One run is one message: the next of them. */
function eachInTurn({ samples }: TypeSamples, run: (sample: Sample) => unknown): () => unknown {
  let at = -1;
  return () => run(samples[(at = (at + 1) % samples.length)]!);
}

const meanLength = ({ samples }: TypeSamples): number =>
  samples.reduce((sum, { text }) => sum + text.length, 0) / samples.length;

const described = (type: TypeSamples): string =>
  type.samples.length === 1
    ? `${meanLength(type)} bytes`
    : `${type.samples.length} messages of ${Math.round(meanLength(type))} bytes`;

const longest = ({ name, samples }: TypeSamples): TypeSamples => ({
  name,
  samples: samples.toSorted((a, b) => b.text.length - a.text.length).slice(0, 1),
});

/** The payloads below a folder that are one message and become a Bundle, by structure, in the order of their names. */
function typeSamples(bench: Bench, folder: string): TypeSamples[] {
  const found = groupBy(payloads(bench, folder), (sample) => sample.read().structure);
  return [...found].map(([name, samples]) => ({ name, samples })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const payloads = (bench: Bench, folder: string): Sample[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.hl7'))
    .toSorted()
    .map((name) => join(folder, name))
    .map((path) => sampleOf('', path, readFileSync(path), bench.release, bench.dictionary))
    .filter(({ envelope }) => {
      const { outcomes } = bench.gateway.normalize(envelope);
      return outcomes.length === 1 && outcomes[0]?.bundle !== undefined;
    });
