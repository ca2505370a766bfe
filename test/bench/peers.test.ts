// What the benchmark compares must do the same work: the JSONata transformation writes what the mapping writes, the readers
// read what stands there.
import { describe, expect, it } from 'vitest';
import { concordReads } from '../../bench/peers/concord.js';
import { fhirpathReads } from '../../bench/peers/fhirpath.js';
import { hl7v2Reader } from '../../bench/peers/hl7v2.js';
import { jsonataPeer } from '../../bench/peers/jsonata.js';
import { medplumReader } from '../../bench/peers/medplum.js';
import { faithful } from '../../bench/peers/reader.js';
import { outcomeOf } from '../../bench/pipeline.js';
import { allReads, mappedReads } from '../../bench/reads.js';
import { loadBench } from '../../bench/samples.js';

interface Resource {
  readonly resourceType: string;
  readonly [element: string]: unknown;
}
interface Bundle {
  readonly entry: readonly { readonly resource: Resource }[];
}

const bench = loadBench();
const { oru } = bench;
const reads = allReads(oru.text);

const resourcesOf = ({ entry }: Bundle, type: string): Resource[] =>
  entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === type);

/** References are compared by being there: ids are made differently. Empty lists and undefined members are no values. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value as Record<string, unknown>).filter(
    ([key]) => key !== 'id' && key !== 'sequence',
  );
  return Object.fromEntries(
    members.map(([key, member]) => [key, key === 'reference' ? expect.any(String) : withoutIds(member)]),
  );
}

describe('the JSONata transformation', () => {
  it.each(['Patient', 'Encounter', 'DiagnosticReport', 'ServiceRequest', 'Specimen', 'Observation'])(
    'writes of each %s no value that the mapping does not write, too',
    async (type) => {
      const ours = resourcesOf(JSON.parse(JSON.stringify(outcomeOf(bench, oru).bundle)) as Bundle, type);
      const theirs = resourcesOf(JSON.parse(JSON.stringify(await jsonataPeer(oru.text).run())) as Bundle, type);
      expect(ours).toHaveLength(theirs.length);
      theirs.forEach((resource, at) => expect(ours[at]).toMatchObject(withoutIds(resource) as object));
    },
  );

  it('writes the people and the organizations of the report', async () => {
    const theirs = JSON.parse(JSON.stringify(await jsonataPeer(oru.text).run())) as Bundle;
    for (const type of ['Practitioner', 'Organization'])
      expect(resourcesOf(theirs, type).length, type).toBeGreaterThan(0);
    expect(theirs.entry).toHaveLength(30);
  });
});

describe('the readers', () => {
  it('read every value of the message alike', async () => {
    expect(concordReads(bench, oru.read, reads)()).toEqual(reads.map(({ text }) => text));
    expect(faithful(await hl7v2Reader(), oru.text, reads)).toBe(reads.length);
    // It leaves escape sequences as they are; the message has one.
    expect(faithful(await medplumReader(), oru.text, reads)).toBe(reads.length - 1);
  });

  it('evaluate one expression for each value that the mapping reads', () => {
    const mapped = mappedReads(oru.text, outcomeOf(bench, oru).lineage());
    expect(fhirpathReads(oru.text, mapped)()).toEqual(mapped.map(({ text }) => [text]));
  });
});
