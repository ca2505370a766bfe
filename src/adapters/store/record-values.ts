// The values of the recording statements, in their order.
import type { Envelope } from '../../model/envelope.js';
import type { Issue } from '../../model/issue.js';
import type { LeafLineage } from '../../model/lineage.js';
import type { Residual } from '../../model/source.js';
import { isPublished } from '../../pipeline/disposition.js';
import type { Disposition, Outcome } from '../../pipeline/outcome.js';
import type { SqlValue } from './db.js';
import { lineageText } from './lineage-text.js';
import type { RecordOptions } from './records.js';
import type { StoredText } from './resource-text.js';
import { storable } from './storable.js';
import { unmappedColumns } from './unmapped-columns.js';

export interface Release {
  readonly digest: string;
  /** Canonical JSON of the pins. */
  readonly json: string;
}

/** A resource whose head changes. */
export interface ResourceToWrite {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly origins: string;
  /** Absent where the message said nothing new. */
  readonly content?: { readonly text: StoredText; readonly leaves: readonly LeafLineage[] };
}

export interface MessageToRecord {
  readonly envelope: Envelope;
  /** Those of the payload as a whole. */
  readonly issues: readonly Issue[];
  readonly outcome: Outcome;
  readonly options: RecordOptions | undefined;
  readonly release: Release;
  readonly resources: readonly ResourceToWrite[];
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
    ...resourceColumns(message.resources),
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

function resourceColumns(resources: readonly ResourceToWrite[]): SqlValue[] {
  return [
    resources.map(({ type }) => type),
    resources.map(({ id }) => id),
    resources.map(({ version }) => version),
    resources.map(({ origins }) => origins),
    resources.map(({ content }) => content?.text.hash ?? null),
    resources.map(({ content }) => content?.text.meta ?? null),
    resources.map(({ content }) => content?.text.content ?? null),
    resources.map(({ content }) => (content === undefined ? null : lineageText(content.leaves))),
  ];
}
