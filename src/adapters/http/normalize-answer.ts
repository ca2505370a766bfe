// What became of a payload, as the normalize endpoint tells it.
import type { Issue } from '../../model/issue.js';
import type { JsonObject } from '../../model/json.js';
import { isPublished } from '../../pipeline/disposition.js';
import { operationOutcome } from '../../pipeline/operation-outcome.js';
import type { TakenIn } from '../intake.js';
import { fhir, json, type Answer } from './answer.js';

export interface Received {
  readonly items: readonly TakenIn[];
  /** Of the payload as a whole. */
  readonly issues: readonly Issue[];
}

interface Shape {
  /** Items even for one message: a CSV file stays a list, however short. */
  readonly perItem: boolean;
  readonly withLineage: boolean;
}

/** 200 where anything was published (or several messages are told of one by one), else 422. */
export function payloadAnswer(received: Received, { perItem, withLineage }: Shape): Answer {
  const { items, issues } = received;
  const [only] = items;
  if (only === undefined) return json({ disposition: 'reject', report: { issues } }, 422);
  if (items.length === 1 && !perItem)
    return json(withIssues(messageAnswer(only, withLineage), issues), statusOf(items));
  const answers = items.map((item) => messageAnswer(item, withLineage));
  return json({ items: answers, summary: summary(items), issues }, statusOf(items));
}

/** The Bundle alone, or an OperationOutcome; several messages become a collection of both. */
export function fhirAnswer({ items }: Received): Answer {
  const [only] = items;
  if (only !== undefined && items.length === 1) return fhir(resourceOf(only), statusOf(items));
  const entry = items.map((item) => ({ fullUrl: `urn:uuid:${item.outcome.messageId}`, resource: resourceOf(item) }));
  return fhir({ resourceType: 'Bundle', type: 'collection', entry }, statusOf(items));
}

/** A message without its resources: they are in the store. */
export const itemSummary = ({ outcome, recorded }: TakenIn) => ({
  index: outcome.index,
  messageId: outcome.messageId,
  disposition: outcome.disposition,
  decidedBy: outcome.report.decidedBy,
  stored: recorded?.stored,
});

const isRefused = ({ outcome }: TakenIn): boolean => !isPublished(outcome.disposition);

const statusOf = (items: readonly TakenIn[]): number => (items.every(isRefused) ? 422 : 200);

function resourceOf({ outcome }: TakenIn): JsonObject {
  const published = isPublished(outcome.disposition) ? outcome.bundle : undefined;
  return published ?? operationOutcome(outcome.report.issues);
}

const messageAnswer = ({ outcome, recorded }: TakenIn, withLineage: boolean) => ({
  messageId: outcome.messageId,
  index: outcome.index,
  disposition: outcome.disposition,
  bundle: isPublished(outcome.disposition) ? outcome.bundle : undefined,
  report: outcome.report,
  digest: outcome.digest,
  mapping: `${outcome.pins.mapping.name}@${outcome.pins.mapping.version}`,
  stored: recorded?.stored,
  duplicate: recorded?.duplicate,
  lineage: withLineage ? outcome.lineage() : undefined,
});

type MessageAnswer = ReturnType<typeof messageAnswer>;

// Of a payload with one message its own issues are the message's too; a refusal told them already.
const withIssues = (answer: MessageAnswer, issues: readonly Issue[]): MessageAnswer =>
  issues.length === 0
    ? answer
    : { ...answer, report: { ...answer.report, issues: [...new Set([...issues, ...answer.report.issues])] } };

function summary(items: readonly TakenIn[]): Record<string, number> {
  const counts: Record<string, number> = { messages: items.length };
  for (const { outcome } of items) counts[outcome.disposition] = (counts[outcome.disposition] ?? 0) + 1;
  return counts;
}
