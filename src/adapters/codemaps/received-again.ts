// Stored messages as they were received, to be run again: the payload's bytes, and which of its messages are wanted.
import { setImmediate } from 'node:timers/promises';
import { groupBy } from '../../canonical/groups.js';
import type { Envelope } from '../../model/envelope.js';
import { GatewayError } from '../../model/error.js';
import { envelop } from '../intake.js';
import type { StoredMessage } from '../store/records.js';
import type { Store } from '../store/store.js';

export interface ReceivedAgain {
  readonly envelope: Envelope;
  readonly only: ReadonlySet<number>;
}

/** Payload by payload, in the order in which their first messages stand. Other work gets its turn between them. */
export async function* receivedAgain(
  store: Store,
  feed: string,
  messages: readonly StoredMessage[],
): AsyncGenerator<ReceivedAgain> {
  for (const wanted of groupBy(messages, ({ payload, receivedAt }) => `${payload} ${receivedAt}`).values()) {
    const { payload, receivedAt } = wanted[0]!;
    const stored = await store.payload(payload);
    if (stored === undefined) throw new GatewayError('fault', `The store has no payload ${payload}.`);
    const only = new Set(wanted.map(({ index }) => index));
    yield { envelope: envelop(stored.bytes, { feed, receivedAt }), only };
    await setImmediate();
  }
}
