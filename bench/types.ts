// One message of every structure the package shows in its golden cases, beside the ORU: no message type may be slow for
// its size. `npm run bench -- --types`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/adapters/definitions/artifacts.js';
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

/** The whole way of each, and its speed by the byte as a part of the ORU's. */
export function typePlan(): TypePlan {
  const bench = loadBench();
  const { oru, gateway } = bench;
  const samples = typeSamples(bench);
  const whole = ({ envelope }: Sample) => gateway.normalize(envelope);
  return {
    subjects: [oru, ...samples].map((sample) => ({ name: subjectName(sample, 'whole'), run: () => whole(sample) })),
    comparisons: samples.map((sample) => ({
      key: `by the kilobyte, ${sample.name} (${sample.text.length} bytes) / ORU`,
      ours: subjectName(sample, 'whole'),
      theirs: subjectName(oru, 'whole'),
      weight: sample.text.length / oru.text.length,
    })),
  };
}

/** The longest payload of each structure that is one message and becomes a Bundle, in the order of their names. */
export function typeSamples(bench: Bench): Sample[] {
  const longest = new Map<string, Sample>();
  for (const sample of payloads(bench)) {
    const { structure } = sample.read();
    if ((longest.get(structure)?.text.length ?? 0) < sample.text.length)
      longest.set(structure, { ...sample, name: structure });
  }
  return [...longest.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function payloads(bench: Bench): Sample[] {
  return readdirSync(cases)
    .map((name) => join(cases, name, 'input.hl7'))
    .filter((path) => existsSync(path))
    .map((path) => sampleOf('', path, readFileSync(path), bench.release, bench.dictionary))
    .filter(({ envelope }) => {
      const { outcomes } = bench.gateway.normalize(envelope);
      return outcomes.length === 1 && outcomes[0]?.bundle !== undefined;
    });
}
