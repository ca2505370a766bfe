// What the benchmark compares must do the same work: the JSONata transformation writes what the mapping writes, the readers
// read what stands there.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchFile } from '../../bench/bench-file.js';
import { concordReads } from '../../bench/peers/concord.js';
import { fhirpathReads } from '../../bench/peers/fhirpath.js';
import { hl7v2Reader } from '../../bench/peers/hl7v2.js';
import { jsonataPeer } from '../../bench/peers/jsonata.js';
import { medplumReader } from '../../bench/peers/medplum.js';
import { faithful } from '../../bench/peers/reader.js';
import { outcomeOf } from '../../bench/pipeline.js';
import { allReads, mappedReads } from '../../bench/reads.js';
import { loadBench, sampleOf, type Sample } from '../../bench/samples.js';
import { packageRoot } from '../../src/adapters/definitions/artifacts.js';

const bench = loadBench();
const { oru, release, dictionary } = bench;
const reads = allReads(oru.text);
const packageTests = join(packageRoot, 'src', 'mappings', 'packages', 'hl7v2', 'tests');

const messageIn = (...path: readonly string[]): Sample =>
  sampleOf('ORU', path.join('/'), readFileSync(join(...path)), release, dictionary);

/** Golden cases of which the transformation writes less, and why: its header says the same. */
const beyond: Readonly<Record<string, string>> = {
  'oru-attachments': 'OBX-5 of type ED and RP',
  'oru-components': 'OBX-5 of type ED',
  'oru-every-component-type': 'OBX-5 of type ED and RP',
  'oru-every-order-field': 'SFT, PD1, NK1, PV2, TQ1; timing of ORC-7 and OBR-27; a result before the first order',
  'oru-participants': 'PRT',
  'oru-specimen-with-observation': 'a result below a specimen',
};
const goldenCases = readdirSync(packageTests).filter((name) => name.startsWith('oru-') && !(name in beyond));

interface Resource {
  readonly resourceType: string;
  readonly [element: string]: unknown;
}
interface Bundle extends Resource {
  readonly entry: readonly { readonly resource: Resource }[];
}

/** Each leaf as `path = value`, sorted. References are told by their type: ids are made differently. */
function leavesOf({ entry, ...envelope }: Bundle): string[] {
  const resources = entry.map(({ resource }) => resource).filter((resource) => !isGatewaysAccount(resource));
  return [envelope, ...resources]
    .flatMap(({ id: _, resourceType, ...content }) => leavesBelow(content, resourceType))
    .filter((leaf) => !leaf.includes(stampedSource))
    .sort();
}

/** What the gateway stamps after the mapping is none of its leaves. */
const stampedSource = '.meta.source = urn:concord:';
const isGatewaysAccount = ({ policy }: Resource): boolean => policy !== undefined;

function leavesBelow(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesBelow(item, path));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, member]) => leavesBelow(member, `${path}.${key}`));
  const text = String(value);
  return [`${path} = ${path.endsWith('.reference') ? text.slice(0, text.indexOf('/')) : text}`];
}

const plain = (bundle: unknown): Bundle => JSON.parse(JSON.stringify(bundle)) as Bundle;
const ours = (sample: Sample): string[] => leavesOf(plain(outcomeOf(bench, sample).bundle));
const theirs = async ({ text }: Sample): Promise<string[]> => leavesOf(plain(await jsonataPeer(text).run()));

describe('the JSONata transformation', () => {
  it.each(['oru-r01-20-obx.hl7', 'oru-r01-every-field.hl7'])('writes every leaf of %s, and no other', async (file) => {
    const sample = messageIn(benchFile('messages', file));
    expect(await theirs(sample)).toEqual(ours(sample));
  });

  it.each(goldenCases)('writes every leaf of the golden case %s, and no other', async (name) => {
    const sample = messageIn(packageTests, name, 'input.hl7');
    expect(await theirs(sample)).toEqual(ours(sample));
  });

  it('refers to no resource that it does not write', async () => {
    const bundle = plain(await jsonataPeer(messageIn(benchFile('messages', 'oru-r01-every-field.hl7')).text).run());
    const written = bundle.entry.map(({ resource }) => `${resource.resourceType}/${String(resource['id'])}`);
    const references = JSON.stringify(bundle).matchAll(/"reference":("(?:[^"\\]|\\.)*")/g);
    const referred = [...references].map(([, reference = '""']) => JSON.parse(reference) as string);
    expect(written).toEqual(expect.arrayContaining(referred));
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
