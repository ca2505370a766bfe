// The values of the recording statements, in their order.
import type { Envelope } from '../../model/envelope.js';
import type { Issue } from '../../model/issue.js';
import type { JsonObject, JsonValue } from '../../model/json.js';
import type { Residual } from '../../model/source.js';
import type { Disposition, Outcome } from '../../pipeline/outcome.js';
import type { SqlValue } from './db.js';
import { lineageText } from './lineage-text.js';
import type { RecordOptions } from './records.js';
import { storedText } from './resource-text.js';
import { storable } from './storable.js';
import { unmappedColumns } from './unmapped-columns.js';

export interface Release {
  readonly digest: string;
  /** Canonical JSON of the pins. */
  readonly json: string;
}

export interface MessageToRecord {
  readonly envelope: Envelope;
  /** Those of the payload as a whole. */
  readonly issues: readonly Issue[];
  readonly outcome: Outcome;
  readonly options: RecordOptions | undefined;
  readonly release: Release;
  readonly withBytes: boolean;
  readonly withPins: boolean;
}

/** `$1`… of `recordMessage`. */
export function messageValues(message: MessageToRecord): SqlValue[] {
  const { envelope, outcome, release } = message;
  const published = isPublished(outcome.disposition);
  return [
    ...arrival(envelope, message.withBytes, message.issues),
    release.digest,
    message.withPins ? release.json : null,
    outcome.messageId,
    outcome.index,
    storable(outcome.report.messageType),
    outcome.disposition,
    outcome.report.decidedBy ?? null,
    outcome.digest ?? null,
    JSON.stringify(outcome.report),
    message.options?.timings === undefined ? null : JSON.stringify(message.options.timings),
    ...residualColumns(outcome.report.residuals),
    ...resourceColumns(published ? outcome : undefined),
    published ? null : JSON.stringify(outcome.report.issues),
    eventOf[outcome.disposition],
    ...unmappedColumns(outcome.unmapped),
  ];
}

/** `$1`… of `recordUnreadable`. The reason is the first of the gravest issues. */
export function refusalValues(envelope: Envelope, issues: readonly Issue[]): SqlValue[] {
  const reason = issues.find(({ severity }) => severity === 'fatal') ?? issues[0];
  return [...arrival(envelope, true, issues), reason?.code ?? null];
}

const isPublished = (disposition: Disposition): boolean =>
  disposition === 'publish' || disposition === 'publish-with-warnings';

const eventOf: Readonly<Record<Disposition, string>> = {
  publish: 'message.published',
  'publish-with-warnings': 'message.published',
  hold: 'message.held',
  quarantine: 'message.quarantined',
  reject: 'message.rejected',
};

const arrival = (envelope: Envelope, withBytes: boolean, issues: readonly Issue[]): SqlValue[] => [
  envelope.digest,
  withBytes ? envelope.bytes : null,
  envelope.feed,
  envelope.receivedAt,
  envelope.name === undefined ? null : storable(envelope.name),
  issues.length === 0 ? null : JSON.stringify(issues),
];

function residualColumns(residuals: readonly Residual[]): SqlValue[] {
  const counts = new Map<string, number>();
  for (const residual of residuals) {
    const path = storable(residual.path);
    counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return [[...counts.keys()], [...counts.values()]];
}

function resourceColumns(outcome: Outcome | undefined): SqlValue[] {
  const lineage = new Map(outcome?.lineage().map((one) => [`${one.type}/${one.id}`, one.leaves]));
  const texts = resourcesOf(outcome?.bundle).map(storedText);
  return [
    texts.map(({ type }) => type),
    texts.map(({ id }) => id),
    texts.map(({ hash }) => hash),
    texts.map(({ meta }) => meta),
    texts.map(({ content }) => content),
    texts.map(({ type, id }) => lineageText(lineage.get(`${type}/${id}`) ?? [])),
  ];
}

function resourcesOf(bundle: JsonObject | undefined): JsonObject[] {
  const entries = bundle?.['entry'];
  if (!Array.isArray(entries)) return [];
  return (entries as readonly JsonValue[]).flatMap((entry) => {
    const resource = isObject(entry) ? entry['resource'] : undefined;
    return isObject(resource) ? [resource] : [];
  });
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
