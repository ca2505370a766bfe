// Taking in a payload: normalize, record, count. Whatever the transport, this is the way in.
import { setImmediate } from 'node:timers/promises';
import { sha256Hex } from '../canonical/digest.js';
import type { Envelope } from '../model/envelope.js';
import type { Issue } from '../model/issue.js';
import type { Gateway, NormalizeOptions } from '../pipeline/gateway.js';
import type { Outcome, PayloadOutcome } from '../pipeline/outcome.js';
import type { Recorded, Store } from './store/store.js';
import type { Metrics } from './telemetry/metrics.js';

export interface IntakeServices {
  readonly gateway: Gateway;
  readonly store: Store;
  readonly metrics: Metrics;
}

export interface IntakeOptions extends NormalizeOptions {
  /** Stores nothing and counts nothing. */
  readonly dryRun: boolean;
}

/** A message, and what the store made of it (nothing in a dry run). */
export interface TakenIn {
  readonly outcome: Outcome;
  readonly recorded?: Recorded;
}

export interface Envelop {
  readonly feed: string;
  readonly receivedAt: string;
  readonly name?: string;
}

export const envelop = (bytes: Uint8Array, { feed, receivedAt, name }: Envelop): Envelope => ({
  bytes,
  digest: sha256Hex(bytes),
  feed,
  receivedAt,
  ...(name !== undefined && { name }),
});

/**
 * Takes a payload in, message by message in the order of the source; returns the issues of the payload as a whole. Other
 * work of the process gets its turn between slices of a large payload.
 */
export async function* takeIn(
  services: IntakeServices,
  envelope: Envelope,
  options: IntakeOptions,
): AsyncGenerator<TakenIn, readonly Issue[], void> {
  const { mapping, dryRun } = options;
  const { issues, outcomes } = services.gateway.normalizeEach(envelope, mapping === undefined ? {} : { mapping });
  const messages = outcomes[Symbol.iterator]();
  for (;;) {
    const slice = nextSlice(messages);
    if (slice.outcomes.length === 0) return issues;
    if (dryRun) yield* slice.outcomes.map((outcome) => ({ outcome }));
    else yield* await recorded(services, { envelope, issues, outcomes: slice.outcomes }, slice.milliseconds);
    await setImmediate();
  }
}

interface Slice {
  /** Empty when there are no more. */
  readonly outcomes: readonly Outcome[];
  readonly milliseconds: number;
}

// As many messages as one commit of the store takes, or fewer when they are slow.
const sliceMessages = 50;
const sliceMilliseconds = 50;

function nextSlice(messages: Iterator<Outcome>): Slice {
  const start = performance.now();
  const spent = () => performance.now() - start;
  const outcomes: Outcome[] = [];
  while (outcomes.length < sliceMessages && spent() < sliceMilliseconds) {
    const next = messages.next();
    if (next.done === true) break;
    outcomes.push(next.value);
  }
  return { outcomes, milliseconds: spent() };
}

async function recorded(services: IntakeServices, payload: PayloadOutcome, milliseconds: number): Promise<TakenIn[]> {
  const { outcomes, envelope } = payload;
  const normalize = milliseconds / outcomes.length;
  const answers = await services.store.recordPayload(payload, { timings: { normalize } });
  for (const { outcome } of answers) {
    services.metrics.message(envelope.feed, outcome);
    services.metrics.normalized(envelope.feed, normalize / 1000);
  }
  return answers.map((recorded) => ({ outcome: recorded.outcome, recorded }));
}
