// Messages of every structure beside the ORU: no message type may be slow for its size. `npm run bench -- --types`.
// A message costs something before its first value is read, so what is short is slow by the kilobyte, an ORU too. Each
// structure therefore stands beside the ORU, and beside as much of the ORU's beginning as is as long.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/adapters/definitions/artifacts.js';
import { groupBy } from '../src/canonical/groups.js';
import type { Comparison } from './comparisons.js';
import { loadBench, sampleOf, type Bench, type Sample } from './samples.js';
import type { Subject } from './subject.js';

/** Where the package's golden cases stand: a folder each, its payload in `input.hl7`. */
const cases = join(packageRoot, 'src', 'mappings', 'packages', 'hl7v2', 'tests');

export interface TypePlan {
  readonly subjects: readonly Subject[];
  readonly comparisons: readonly Comparison[];
}

/** Messages that are measured together: those of one structure. */
interface TypeSamples {
  readonly name: string;
  readonly samples: readonly Sample[];
}

/**
 * The whole way of each structure, and its speed by the byte as a part of the ORU's, and of an ORU's of its length.
 *
 * @param corpus a folder whose messages are taken; absent: the golden cases, of which the longest of each structure
 */
export function typePlan(corpus?: string): TypePlan {
  const bench = loadBench();
  const types = corpus === undefined ? typeSamples(bench, cases).map(longest) : typeSamples(bench, corpus);
  const orus = beginningsOf(bench);
  const whole = orus.at(-1)!;
  const pairs = types.map((type) => ({ type, oru: nearest(orus, meanLength(type)) }));
  const shorter = orus.filter((each) => each !== whole && pairs.some(({ oru }) => oru === each));
  return {
    subjects: [whole, ...shorter, ...types].map((type) => subjectOf(bench, type)),
    comparisons: [
      ...[...shorter, ...types].map((type) => byTheKilobyte(type, whole)),
      ...pairs.filter(({ oru }) => oru !== whole).map(({ type, oru }) => byTheKilobyte(type, oru)),
    ],
  };
}

/** The ORU cut after each of its segments, as far as what is left is a message that becomes a Bundle; the last is whole. */
function beginningsOf(bench: Bench): TypeSamples[] {
  const segments = bench.oru.text.split('\r').filter((segment) => segment !== '');
  return segments
    .map((_, last) => `${segments.slice(0, last + 1).join('\r')}\r`)
    .map((text) => payloadOf(bench, `${text.length} bytes`, Buffer.from(text)))
    .filter((sample) => becomesOneBundle(bench, sample))
    .map((sample) => ({ name: `ORU of ${sample.title}`, samples: [sample] }));
}

/** The one whose length is fewest times another length, or the fewest part of it. */
function nearest(types: readonly TypeSamples[], length: number): TypeSamples {
  const distance = (type: TypeSamples): number => Math.abs(Math.log(meanLength(type) / length));
  return types.reduce((best, each) => (distance(each) < distance(best) ? each : best));
}

const byTheKilobyte = (type: TypeSamples, beside: TypeSamples): Comparison => ({
  key: `by the kilobyte, ${described(type)} / ${beside.name}`,
  ours: type.name,
  theirs: beside.name,
  weight: meanLength(type) / meanLength(beside),
});

/** One run is one message: the next of them. */
function subjectOf({ gateway }: Bench, { name, samples }: TypeSamples): Subject {
  let at = -1;
  const run = () => gateway.normalize(samples[(at = (at + 1) % samples.length)]!.envelope);
  return { name, run, turn: samples.length };
}

const meanLength = ({ samples }: TypeSamples): number =>
  samples.reduce((sum, { text }) => sum + text.length, 0) / samples.length;

function described(type: TypeSamples): string {
  const length = `${Math.round(meanLength(type))} bytes`;
  if (type.name.endsWith(length)) return type.name;
  return type.samples.length === 1 ? `${type.name} (${length})` : `${type.name} (${type.samples.length} of ${length})`;
}

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
    .map((path) => payloadOf(bench, path, readFileSync(path)))
    .filter((sample) => becomesOneBundle(bench, sample));

const payloadOf = ({ release, dictionary }: Bench, title: string, bytes: Buffer): Sample =>
  sampleOf('', title, bytes, release, dictionary);

function becomesOneBundle({ gateway }: Bench, { envelope }: Sample): boolean {
  const { outcomes } = gateway.normalize(envelope);
  return outcomes.length === 1 && outcomes[0]?.bundle !== undefined;
}
