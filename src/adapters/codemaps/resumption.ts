// Held messages go on by themselves: each runs again once on every release that its feed comes to run on.
import type { Gateway } from '../../pipeline/gateway.js';
import { releaseOf } from '../store/record.js';
import type { StoredMessage } from '../store/records.js';
import type { Store } from '../store/store.js';
import type { Log } from '../telemetry/log.js';
import type { Metrics } from '../telemetry/metrics.js';
import { receivedAgain } from './received-again.js';
import type { Stewardship } from './stewardship.js';

interface ResumptionParts {
  readonly gateway: Gateway;
  readonly store: Store;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly stewardship: Stewardship;
}

export interface Resumption {
  /** Looks for held messages that a new release may publish, after what it is looking at; resolves when it has. */
  wake(): Promise<void>;
  /** Stops looking; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** How long a release that another gateway on the same store approved may wait. */
const interval = 10_000;

export function startResumption(parts: ResumptionParts): Resumption {
  let running = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    waiting = undefined;
    if (!stopped) await resumeAll(parts, () => stopped);
  };
  const wake = (): Promise<void> => {
    running = waiting ??= running.then(look).catch((error: unknown) => parts.log.error('resumption failed', error));
    return running;
  };
  const timer = setInterval(() => void wake(), interval).unref();
  void wake();
  return {
    wake,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function resumeAll(parts: ResumptionParts, isStopped: () => boolean): Promise<void> {
  await parts.stewardship.refresh();
  for (const feed of parts.gateway.feeds.keys()) await resumeFeed(parts, feed, isStopped);
}

const batch = 100;

async function resumeFeed(parts: ResumptionParts, feed: string, isStopped: () => boolean): Promise<void> {
  let total = 0;
  let run: number;
  do {
    const { digest } = releaseOf(parts.gateway.release(feed).pins);
    const waiting = isStopped() ? [] : await parts.store.waitingMessages(feed, digest, batch);
    run = await runAgain(parts, feed, waiting);
    total += run;
  } while (run === batch);
  if (total > 0) parts.log.info('held messages ran again', { feed, messages: total });
}

/** Answers how many it ran. */
async function runAgain(
  { gateway, store, metrics }: ResumptionParts,
  feed: string,
  messages: readonly StoredMessage[],
): Promise<number> {
  let run = 0;
  for await (const { envelope, only } of receivedAgain(store, feed, messages)) {
    const payload = gateway.normalize(envelope, { only });
    if (payload.outcomes.length === 0) continue;
    for (const { outcome } of await store.recordPayload(payload)) metrics.message(feed, outcome);
    run += payload.outcomes.length;
  }
  return run;
}
