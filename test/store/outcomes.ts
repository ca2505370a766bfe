// Invented envelopes and outcomes for the tests of the store.
import { sha256Hex, uuidV5, urlNamespace } from '../../src/canonical/digest.js';
import type { Envelope } from '../../src/model/envelope.js';
import { issue } from '../../src/model/issue.js';
import { Decimal, type JsonObject } from '../../src/model/json.js';
import type { LeafLineage } from '../../src/model/lineage.js';
import type { UnmappedCode } from '../../src/model/mapped.js';
import type { Pins } from '../../src/model/release.js';
import { mergeTerms, type ReconcileTerms } from '../../src/pipeline/contracts/merge-terms.js';
import type { Outcome, Report } from '../../src/pipeline/outcome.js';

export function envelopeOf(text: string, more: Partial<Envelope> = {}): Envelope {
  const bytes = new TextEncoder().encode(text);
  return { bytes, digest: sha256Hex(bytes), feed: 'northlab', receivedAt: '2026-01-31T08:00:00.000Z', ...more };
}

export const pinsOf = (version = '1.0.0'): Pins => ({
  feed: 'northlab',
  mapping: { name: 'northlab', version, digest: sha256Hex(version) },
  codeMaps: { 'sex@1': sha256Hex('sex') },
  definitions: '4.0.1',
  contract: 'none',
  dictionary: 'none',
  engine: '0.1.0',
});

export const weight = (id: string, kilograms: string): JsonObject => ({
  resourceType: 'Observation',
  id,
  meta: { source: `urn:feed:northlab`, profile: ['http://example.org/weight'] },
  status: 'final',
  valueQuantity: { value: new Decimal(kilograms), unit: 'kg' },
});

export const leaf = (element: string, path: string, offset?: number): LeafLineage => ({
  element,
  from: [offset === undefined ? { path } : { path, offset }],
  rule: 'northlab/obx#obs.value',
  version: '1.0.0',
});

/** Everybody is an owner, and no contract speaks of anything: what is said later stands. */
const equals = mergeTerms(['northlab'], [], []);

interface OutcomeParts {
  readonly index?: number;
  readonly pins?: Pins;
  readonly disposition?: Outcome['disposition'];
  readonly residualPaths?: readonly string[];
  readonly leaves?: readonly LeafLineage[];
  readonly unmapped?: readonly UnmappedCode[];
  /** The message's own time; absent: that of its receipt. */
  readonly at?: string;
  readonly terms?: ReconcileTerms;
}

/** The outcome of one message of `envelope` that says what `resources` say. */
export function outcomeOf(
  envelope: Envelope,
  resources: readonly JsonObject[],
  {
    index = 0,
    pins = pinsOf(),
    disposition = 'publish',
    residualPaths = [],
    leaves = [],
    unmapped = [],
    at = envelope.receivedAt,
    terms = equals,
  }: OutcomeParts = {},
): Outcome {
  const messageId = uuidV5(urlNamespace, `${envelope.feed} ${envelope.digest} ${index}`);
  const sources = [envelope.feed, `${envelope.feed}/ORU`];
  return {
    messageId,
    index,
    origin: { messageId, feed: envelope.feed, sources, at },
    terms,
    disposition,
    report: reportOf(disposition, residualPaths),
    unmapped,
    bundle: { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) },
    digest: sha256Hex(envelope.digest),
    lineage: () =>
      resources.map(({ resourceType, id }) => ({ type: resourceType as string, id: id as string, leaves })),
    pins,
  };
}

const reportOf = (disposition: Outcome['disposition'], residualPaths: readonly string[]): Report => ({
  messageType: 'ORU^R01^ORU_R01',
  issues: disposition === 'publish' ? [] : [issue('terminology.unmapped-held', { map: 'sex@1' })],
  residuals: residualPaths.map((path) => ({ path, position: { path: `${path}[0]`, offset: 7 } })),
  deletes: [],
  counts: { resources: 1, sourced: 1, fixed: 0, assumed: 0, residual: residualPaths.length },
  ...(disposition === 'publish' ? {} : { decidedBy: 'terminology.unmapped-held' }),
});
