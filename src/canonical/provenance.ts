// The gateway's own account of a message: who sent it, what bytes it was, by which mapping it became these resources
// (http://hl7.org/fhir/R4/provenance.html).
import type { Envelope } from '../model/envelope.js';
import type { Feed } from '../model/feed.js';
import type { JsonObject } from '../model/json.js';
import type { Pins } from '../model/release.js';
import type { BundleContext } from './bundle.js';
import { feedUri, idWithin } from './ids.js';
import { referenceTo, type Resource } from './resource.js';

export interface StampContext extends BundleContext {
  readonly feed: Feed;
  readonly envelope: Envelope;
  readonly pins: Pins;
}

/** The id of the gateway's Provenance of a message: another mapping gives another account of the same message. */
export const provenanceId = ({ messageId, pins }: Pick<StampContext, 'messageId' | 'pins'>): string =>
  idWithin(messageId, 'Provenance', pins.mapping.digest);

/** The Provenance of these resources, which are at least one. `recorded` is when the payload was received. */
export const provenance = (resources: readonly Resource[], context: StampContext): Resource => ({
  resourceType: 'Provenance',
  id: provenanceId(context),
  meta: { source: context.source },
  target: resources.map(({ resourceType, id }) => ({ reference: referenceTo(resourceType, id) })),
  recorded: context.envelope.receivedAt,
  policy: [mappingUri(context.pins)],
  activity: {
    coding: [context.feed.format === 'hl7v2' ? ofV2 : ofOthers],
    text: 'Translation of a source message into canonical FHIR R4',
  },
  agent: [
    agent('author', 'Author', feedUri(context.feed.name), context.feed.title),
    agent('assembler', 'Assembler', 'urn:concord:gateway', context.pins.engine),
  ],
  entity: [{ role: 'source', what: { identifier: uri(`urn:sha256:${context.envelope.digest}`) } }],
});

const ofV2: JsonObject = {
  system: 'http://hl7.org/fhir/uv/v2mappings/CodeSystem/provenance-activity-type-v2-to-fhir',
  code: 'v2-fhir-transformation',
};

// CREATE, never UPDATE: what is told of is the making of these resources from the payload, which is the same each time.
// Whether a store then holds a first or a later version is the store's to say (meta.versionId), and may differ between
// two stores that are given the same message.
const ofOthers: JsonObject = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation',
  code: 'CREATE',
  display: 'create',
};

const mappingUri = ({ mapping }: Pins): string =>
  `urn:concord:mapping:${mapping.name}@${mapping.version}:${mapping.digest}`;

const agent = (code: string, display: string, who: string, name: string): JsonObject => ({
  type: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code, display }],
  },
  who: { type: 'Device', identifier: uri(who), display: name },
});

/** RFC 3986 is the system of identifiers that are URIs (http://hl7.org/fhir/R4/datatypes.html#Identifier). */
const uri = (value: string): JsonObject => ({ system: 'urn:ietf:rfc:3986', value });
