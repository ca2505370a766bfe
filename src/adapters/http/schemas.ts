// JSON Schemas (2020-12) of what the interface answers; routes name them in their replies.
import type { JsonObject } from '../../model/json.js';
import { relationships } from '../../terminology/concept-maps/decisions.js';

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const flag = { type: 'boolean' } as const;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const list = (items: JsonObject) => ({ type: 'array', items });

/** An object whose members are these; those named after a `?` may be absent. */
function object(members: Readonly<Record<string, JsonObject>>): JsonObject {
  const properties = Object.entries(members).map(([name, schema]) => [name.replace('?', ''), schema] as const);
  const required = Object.keys(members).filter((name) => !name.endsWith('?'));
  return { type: 'object', properties: Object.fromEntries(properties), required };
}

const fhirResource = (type: string): JsonObject => ({
  type: 'object',
  properties: { resourceType: { const: type } },
  required: ['resourceType'],
  externalDocs: { url: `http://hl7.org/fhir/R4/${type.toLowerCase()}.html` },
});

const disposition = { enum: ['publish', 'publish-with-warnings', 'hold', 'quarantine', 'reject'] } as const;
const severity = { enum: ['fatal', 'error', 'warning', 'information'] } as const;

const resolution = { enum: ['kept', 'accepted'] } as const;

const messageAnswer = {
  messageId: text,
  index: count,
  disposition,
  'bundle?': ref('Bundle'),
  report: ref('Report'),
  'digest?': text,
  mapping: text,
  'stored?': list(ref('StoredResource')),
  'duplicate?': flag,
  'lineage?': list(object({ type: text, id: text, leaves: list(ref('Leaf')) })),
};

const messageSummary = {
  messageId: text,
  feed: text,
  payload: text,
  index: count,
  messageType: text,
  disposition,
  receivedAt: text,
  runId: text,
};

export const schemas: Readonly<Record<string, JsonObject>> = {
  Position: object({ path: text, 'offset?': count }),
  Issue: object({
    code: text,
    severity,
    text,
    'position?': ref('Position'),
    'expression?': text,
    'rule?': text,
  }),
  Report: object({
    messageType: text,
    issues: list(ref('Issue')),
    residuals: list(object({ position: ref('Position'), path: text })),
    deletes: list(object({ type: text, id: text, element: text, rule: text, 'position?': ref('Position') })),
    counts: object({ resources: count, sourced: count, fixed: count, assumed: count, residual: count }),
    'decidedBy?': text,
  }),
  Pins: object({
    feed: text,
    mapping: object({ name: text, version: text, digest: text }),
    codeMaps: { type: 'object', additionalProperties: text },
    definitions: text,
    contract: text,
    dictionary: text,
    'terminology?': text,
    engine: text,
  }),
  Leaf: object({
    element: text,
    from: list(ref('Position')),
    rule: text,
    version: text,
    'via?': list(text),
    'conversions?': list(object({ kind: text, by: text, 'because?': text })),
    'messageId?': text,
  }),
  MismatchSide: object({
    messageId: text,
    feed: text,
    sources: list(text),
    at: text,
    'value?': {},
    'position?': ref('Position'),
    'rule?': text,
  }),
  Mismatch: object({
    reconciliationId: text,
    state: { enum: ['open', 'closed', 'settled'] },
    messageId: text,
    type: text,
    id: text,
    element: text,
    reason: { enum: ['owner', 'status', 'time', 'delete'] },
    decidedBy: text,
    refused: flag,
    kept: ref('MismatchSide'),
    other: ref('MismatchSide'),
    notedAt: text,
    'closing?': object({ reviewer: text, resolution, 'comment?': text, closedAt: text }),
    'settledAt?': text,
  }),
  Closing: object({ reviewer: text, resolution, 'comment?': text }),
  Reconciliation: object({ reconciliation: list(ref('Mismatch')), 'next?': text }),
  StoredResource: object({ type: text, id: text, versionId: text, created: flag }),
  MessageAnswer: object(messageAnswer),
  ItemsAnswer: object({
    items: list(ref('MessageAnswer')),
    summary: { type: 'object', additionalProperties: count },
    issues: list(ref('Issue')),
  }),
  NormalizeAnswer: { anyOf: [ref('MessageAnswer'), ref('ItemsAnswer')] },
  Job: object({ job: text, state: { const: 'running' }, 'status?': text, 'messages?': count }),
  JobResult: object({
    job: text,
    state: { const: 'done' },
    items: list(
      object({
        index: count,
        messageId: text,
        disposition,
        'decidedBy?': text,
        'stored?': list(ref('StoredResource')),
      }),
    ),
    issues: list(ref('Issue')),
  }),
  Feeds: object({
    feeds: list(
      object({ name: text, title: text, owner: text, format: text, mapping: text, zone: text, authority: text }),
    ),
  }),
  Mappings: object({
    mappings: list(object({ name: text, version: text, digest: text, format: text, owner: text, description: text })),
  }),
  CodeMaps: object({ codeMaps: list(object({ name: text, version: text, url: text, digest: text, rows: count })) }),
  Contracts: object({
    contracts: list(object({ id: text, version: text, status: text, 'feed?': text, 'keeps?': list(text) })),
    extensions: list(
      object({ url: text, standing: text, owner: text, context: list(text), review: text, description: text }),
    ),
    ownership: list(
      object({
        type: text,
        elements: list(text),
        write: list(text),
        'owner?': list(text),
        transform: list(text),
        deprecate: list(text),
        accountable: text,
      }),
    ),
  }),
  DictionaryConcept: object({
    id: text,
    name: text,
    kind: { enum: ['measurement', 'panel', 'coded'] },
    status: { enum: ['draft', 'active', 'retired'] },
    owner: text,
    definition: text,
    codes: list(object({ system: text, code: text, 'version?': text })),
    'unit?': object({ canonical: text, 'allowed?': list(text), 'molarMass?': { type: 'number' } }),
    'members?': list(text),
    'replacedBy?': text,
  }),
  Dictionary: object({ digest: text, concepts: list(ref('DictionaryConcept')) }),
  Messages: object({ messages: list(object(messageSummary)), 'next?': text }),
  Message: object({
    ...messageSummary,
    runs: list(
      object({
        runId: text,
        receivedAt: text,
        recordedAt: text,
        repeat: flag,
        disposition,
        'decidedBy?': text,
        'bundleDigest?': text,
        releaseDigest: text,
        pins: ref('Pins'),
        'report?': ref('Report'),
      }),
    ),
    resources: list(object({ type: text, id: text, versionId: text })),
    reconciliation: list(ref('Mismatch')),
  }),
  Quarantine: object({
    quarantine: list(
      object({
        quarantineId: text,
        feed: text,
        payload: text,
        'index?': count,
        'messageId?': text,
        messageType: text,
        disposition,
        'decidedBy?': text,
        issues: list(ref('Issue')),
        receivedAt: text,
        heldAt: text,
        times: count,
        'resolvedAt?': text,
      }),
    ),
  }),
  Proposal: object({ feed: text, author: text, 'comment?': text, decisions: list(ref('Decision')) }),
  Decision: object({
    'system?': text,
    code: text,
    'display?': text,
    relationship: { enum: relationships },
    'target?': object({ 'system?': text, code: text, 'display?': text }),
    'comment?': text,
  }),
  Review: object({ reviewer: text, 'comment?': text }),
  Draft: object({
    draftId: text,
    feed: text,
    map: text,
    state: { enum: ['proposed', 'approved', 'refused'] },
    author: text,
    'comment?': text,
    proposedAt: text,
    'reviewer?': text,
    'review?': text,
    'decidedAt?': text,
    'number?': count,
    'version?': text,
    decisions: list(ref('Decision')),
  }),
  Drafts: object({ drafts: list(ref('Draft')) }),
  Preview: object({
    draftId: text,
    feed: text,
    map: text,
    before: text,
    after: text,
    codeMaps: list(
      object({
        map: text,
        change: text,
        rows: list(object({ code: text, change: text, 'before?': text, 'after?': text })),
      }),
    ),
    behaviour: object({
      messages: count,
      changed: count,
      dispositions: list(ref('Difference')),
      causes: list(
        object({
          cause: object({ name: text, change: text }),
          messages: count,
          elements: list(ref('Difference')),
          issues: list(ref('Difference')),
          residuals: list(ref('Difference')),
        }),
      ),
    }),
  }),
  Difference: object({
    count,
    messages: count,
    examples: list(object({ input: text, at: text, from: list(text) })),
  }),
  Worklist: object({
    unmapped: list(
      object({
        feed: text,
        map: text,
        system: text,
        code: text,
        displays: list(text),
        values: count,
        messages: count,
        held: count,
        firstSeen: text,
        lastSeen: text,
        examples: list(object({ messageId: text, disposition, position: ref('Position') })),
        'draft?': text,
        suggestions: list(
          object({
            target: object({ system: text, code: text, 'display?': text }),
            score: { type: 'number', minimum: 0, maximum: 1 },
            reasons: list(text),
          }),
        ),
      }),
    ),
    'next?': count,
  }),
  Lineage: object({
    type: text,
    id: text,
    versionId: text,
    messageId: text,
    feed: text,
    payload: text,
    pins: ref('Pins'),
    leaves: list(ref('Leaf')),
    others: list(object({ messageId: text, feed: text, payload: text })),
  }),
  Health: object({ status: text, 'store?': text, 'feeds?': count }),
  Problem: object({ type: text, title: text, status: count, detail: text }),
  Resource: object({ resourceType: text, id: text }),
  Bundle: fhirResource('Bundle'),
  OperationOutcome: fhirResource('OperationOutcome'),
  ConceptMap: fhirResource('ConceptMap'),
  CapabilityStatement: fhirResource('CapabilityStatement'),
  OpenApi: object({ openapi: text }),
  Text: text,
};
