// Messages that follow one another, each merged into what those before it left: the store's part of publishing, without
// a store.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sha256 } from '../../src/adapters/definitions/artifacts.js';
import type { JsonObject, JsonValue } from '../../src/model/json.js';
import type { Gateway } from '../../src/pipeline/gateway.js';
import { isPublished } from '../../src/pipeline/disposition.js';
import type { Mismatch, MismatchSide } from '../../src/pipeline/mismatch.js';
import type { Outcome } from '../../src/pipeline/outcome.js';
import { reconcile, resourceKey, type Reconciled, type StandingResource } from '../../src/pipeline/reconcile.js';

export interface ConversationCase {
  readonly name: string;
  /** One sentence: what the case shows. */
  readonly shows: string;
  readonly feed: string;
  /** Types of resources that the expectation shows as they stand in the end. */
  readonly stands: readonly string[];
  /** In the order of arrival. */
  readonly messages: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly expected: string | undefined;
}

/** Every case of a folder: `case.json`, the messages in their order, `expected.json`. */
export function conversationCases(folder: string): ConversationCase[] {
  const names = readdirSync(folder).filter((name) => name !== 'site');
  return names.sort().map((name) => readCase(join(folder, name), name));
}

function readCase(folder: string, name: string): ConversationCase {
  const read = (file: string) => readFileSync(join(folder, file));
  const files = readdirSync(folder).sort();
  const { shows, feed, stands = [] } = JSON.parse(read('case.json').toString()) as ConversationCase;
  const messages = files.filter((file) => /^\d/.test(file));
  return {
    name,
    shows,
    feed,
    stands,
    messages: messages.map((file) => ({ name: basename(file, '.hl7'), bytes: read(file) })),
    expected: files.includes('expected.json') ? read('expected.json').toString() : undefined,
  };
}

const received = '2026-06-01T00:00:00.000Z';

/** What becomes of the messages, one after the other, and what stands in the end. */
export function hold({ feed, messages, stands }: ConversationCase, gateway: Gateway): JsonObject {
  const standing = new Map<string, StandingResource & { readonly type: string }>();
  const names = new Map<string, string>();
  const told = messages.map(({ name, bytes }) => {
    const [outcome] = gateway.normalize({ bytes, digest: sha256(bytes), feed, receivedAt: received }).outcomes;
    names.set(outcome!.messageId, name);
    const reconciled = merged(outcome!, standing);
    for (const resource of reconciled.resources) standing.set(resourceKey(resource), resource);
    return { message: name, ...tell(reconciled, names) };
  });
  const shown = [...standing.values()].filter(({ type }) => stands.includes(type));
  return { messages: told, stands: shown.map(({ type, content }) => ({ resourceType: type, ...content })) };
}

const merged = (outcome: Outcome, standing: ReadonlyMap<string, StandingResource>): Reconciled =>
  isPublished(outcome.disposition)
    ? reconcile(outcome, standing)
    : { outcome, resources: [], mismatches: [], settled: [] };

function tell({ outcome, mismatches, settled }: Reconciled, names: ReadonlyMap<string, string>): JsonObject {
  const { disposition, report } = outcome;
  return {
    disposition,
    ...(report.decidedBy && { decidedBy: report.decidedBy }),
    issues: report.issues
      .filter(({ code }) => code.startsWith('contract.'))
      .map(({ code, severity, position, expression, rule }) => ({
        code,
        severity,
        ...(expression && { element: expression }),
        ...(position && { at: position.path }),
        ...(rule && { rule }),
      })),
    mismatches: mismatches.map((mismatch) => tellMismatch(mismatch, names)),
    ...(settled.length > 0 && { settled: settled.map(({ type, element }) => `${type}.${element}`) }),
  };
}

const tellMismatch = (mismatch: Mismatch, names: ReadonlyMap<string, string>): JsonObject => {
  const { type, element, reason, decidedBy, refused, kept, other } = mismatch;
  return {
    element: `${type}.${element}`,
    reason,
    decidedBy,
    refused,
    kept: tellSide(kept, names),
    other: tellSide(other, names),
  };
};

const tellSide = ({ messageId, at, value, position, rule }: MismatchSide, names: ReadonlyMap<string, string>) =>
  ({
    message: names.get(messageId) ?? messageId,
    at,
    ...(value !== undefined && { value }),
    ...(position && { from: position.path }),
    ...(rule && { rule }),
  }) as Record<string, JsonValue>;
