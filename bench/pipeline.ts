// The steps of the gateway's own way of a message, each on its own and all together.
import { bundle } from '../src/canonical/bundle.js';
import { identify, type Identified } from '../src/canonical/identity.js';
import { sourceUri } from '../src/canonical/ids.js';
import { printJson } from '../src/canonical/json.js';
import { resourceOf } from '../src/canonical/resource.js';
import { stamp } from '../src/canonical/stamp.js';
import type { JsonObject } from '../src/model/json.js';
import type { MappedMessage } from '../src/model/mapped.js';
import type { Outcome } from '../src/pipeline/outcome.js';
import type { Bench, Sample } from './samples.js';
import type { Subject } from './subject.js';

export const steps = {
  parse: 'parse',
  map: 'map with lineage',
  lineage: 'map, lineage rendered',
  identify: 'identify',
  validate: 'validate',
  stamp: 'bundle, stamp, digest',
  whole: 'the whole',
  yardstick: 'JSON round trip of the Bundle',
} as const;

export const subjectName = (sample: Sample, step: keyof typeof steps): string => `${sample.name} ${steps[step]}`;

/** What the sample becomes, once. */
export function outcomeOf({ gateway }: Bench, { envelope }: Sample): Outcome & { readonly bundle: JsonObject } {
  const [outcome] = gateway.normalize(envelope).outcomes;
  if (outcome?.bundle === undefined) throw new Error('The sample was refused.');
  return { ...outcome, bundle: outcome.bundle };
}

/** Maps the sample, reading included: a message remembers what was read of it, so each run needs a new one. */
export function mapSample({ release }: Bench, { read }: Sample): MappedMessage {
  const mapped = release.program.map(read(), release.feed);
  if (!mapped.ok) throw new Error('The sample has no mapping.');
  return mapped.value;
}

export function pipelineSubjects(bench: Bench, sample: Sample): Subject[] {
  const { gateway, release } = bench;
  const { envelope, read } = sample;
  const mapped = mapSample(bench, sample);
  const identified = identifySample(bench, sample, mapped);
  const wholes = identified.resources.map(({ type, id, content }) => resourceOf(type, id, content));
  const { messageId, bundle: normalized } = outcomeOf(bench, sample);
  const { feed, pins, base } = release;
  const stamps = { feed, envelope, pins, base, messageId, source: sourceUri(feed.name, messageId) };
  const printed = printJson(normalized);
  const runs: Readonly<Record<keyof typeof steps, () => unknown>> = {
    parse: read,
    map: () => mapSample(bench, sample),
    lineage: () => mapSample(bench, sample).resources.map((resource) => resource.lineage()),
    identify: () => identifySample(bench, sample, mapped),
    validate: () => wholes.map((whole) => release.validate(whole)),
    stamp: () => stamp(bundle(identified.resources, stamps), stamps),
    whole: () => gateway.normalize(envelope),
    yardstick: () => JSON.stringify(JSON.parse(printed)),
  };
  return (Object.keys(steps) as (keyof typeof steps)[]).map((step) => ({
    name: subjectName(sample, step),
    run: runs[step],
  }));
}

const identifySample = ({ release }: Bench, { envelope }: Sample, mapped: MappedMessage): Identified =>
  identify(mapped, { feed: release.feed, payloadDigest: envelope.digest, messageIndex: 0 });
