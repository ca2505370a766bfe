// `npm run bench`: measures the gateway's steps and, in the same run, other ways of doing the same (docs/how-to/benchmarks.md).
import { steadyEngine } from '../src/adapters/steady-engine.js';
import { ratioOf, type Comparison } from './comparisons.js';
import { compareHeaps } from './heap-settings.js';
import { readOptions } from './options.js';
import { concordReads } from './peers/concord.js';
import { fhirpathReads } from './peers/fhirpath.js';
import { hl7v2Reader } from './peers/hl7v2.js';
import { jsonataPeer } from './peers/jsonata.js';
import { medplumReader } from './peers/medplum.js';
import { faithful } from './peers/reader.js';
import { outcomeOf, pipelineSubjects, subjectName } from './pipeline.js';
import { allReads, mappedReads } from './reads.js';
import { toJson, toText } from './report.js';
import { loadBench, type Bench, type Sample } from './samples.js';
import type { Subject } from './subject.js';
import { typePlan } from './types.js';
import { failures, loadThresholds, pairFloors, typeFloors } from './thresholds.js';
import { measure } from './windows.js';

interface Plan {
  readonly subjects: readonly Subject[];
  readonly comparisons: readonly Comparison[];
  readonly notes: readonly string[];
}

async function plan(bench: Bench): Promise<Plan> {
  const { oru, adt } = bench;
  const reads = allReads(oru.text);
  const mapped = mappedReads(oru.text, outcomeOf(bench, oru).lineage());
  const readers = [await hl7v2Reader(), await medplumReader()];
  const ourReads: Subject = { name: 'ORU parse and all reads', run: concordReads(bench, oru.read, reads) };
  const jsonata: Subject = { name: 'JSONata, the same mapping', run: jsonataPeer(oru.text).run };
  const fhirpath: Subject = { name: 'fhirpath.js, its reads alone', run: fhirpathReads(oru.text, mapped) };
  const parsers = readers.map((reader): Subject => ({
    name: `${reader.name} parse and all reads`,
    run: () => reader.read(oru.text, reads),
  }));
  const map = subjectName(oru, 'map');
  return {
    subjects: [
      ...pipelineSubjects(bench, oru),
      jsonata,
      fhirpath,
      ourReads,
      ...parsers,
      ...pipelineSubjects(bench, adt),
    ],
    comparisons: [
      { key: 'map with lineage / JSONata', ours: map, theirs: jsonata.name },
      { key: 'map with lineage / fhirpath.js reads', ours: map, theirs: fhirpath.name },
      ...readers.map(({ name }, at) => ({
        key: `parse and all reads / ${name}`,
        ours: ourReads.name,
        theirs: parsers[at]?.name ?? '',
      })),
      ...[oru, adt].map((sample) => ({
        key: `${sample.name} the whole / JSON round trip`,
        ours: subjectName(sample, 'whole'),
        theirs: subjectName(sample, 'yardstick'),
      })),
    ],
    notes: [
      describe(bench, oru),
      describe(bench, adt),
      `all reads: ${reads.length} values of the ORU; read as they stand: ${readers
        .map((reader) => `${reader.name} ${faithful(reader, oru.text, reads)}`)
        .join(', ')}`,
      'JSONata: the same leaves in its Bundle, without a word of where they come from',
      `fhirpath.js: ${mapped.length} compiled expressions, as many as the mapping reads values of the ORU`,
    ],
  };
}

function describe(bench: Bench, sample: Sample): string {
  const { resources } = outcomeOf(bench, sample).report.counts;
  const segments = sample.read().segments.length;
  return `${sample.title}: ${sample.text.length} bytes, ${segments} segments -> ${resources} resources, ${leavesOf(bench, sample)} leaves`;
}

function leavesOf(bench: Bench, sample: Sample): number {
  const { sourced, fixed, assumed } = outcomeOf(bench, sample).report.counts;
  return sourced + fixed + assumed;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.heap) return compareHeaps(options);
  steadyEngine();
  const { subjects, comparisons, notes } = options.types
    ? { ...typePlan(options.corpus), notes: [] }
    : await plan(loadBench());
  const figures = await measure(
    subjects.filter(({ name }) => name.includes(options.only)),
    options,
  );
  const measurable = comparisons.filter(({ ours, theirs }) => figures.has(ours) && figures.has(theirs));
  const ratios = measurable.map((comparison) => ratioOf(figures, comparison));
  const thresholds = loadThresholds();
  const measured = { figures, ratios, thresholds, schedule: options, notes };
  process.stdout.write(options.json ? `${toJson(measured)}\n` : toText(measured));
  if (!options.check) return;
  const failed = failures(ratios, options.types ? typeFloors(ratios, thresholds) : pairFloors(thresholds));
  for (const failure of failed) process.stderr.write(`bench: ${failure}\n`);
  if (failed.length > 0) process.exitCode = 1;
}

await main();
