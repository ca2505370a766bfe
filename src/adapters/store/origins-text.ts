// The stored form of a resource's origins: each message once, with the slots that are its word. One without slots has
// all that stands and is nobody else's.
import { slotOf, type Origin, type Origins } from '../../canonical/merge.js';
import type { JsonObject } from '../../model/json.js';

interface StoredOrigin extends Origin {
  readonly slots?: readonly string[];
}

/** Compact JSON of the origins. */
export function originsText(origins: Origins): string {
  const groups = new Map<string, { readonly origin: Origin; readonly slots: string[] }>();
  for (const [slot, origin] of origins) {
    const key = `${origin.messageId} ${origin.at} ${origin.status ?? ''} ${origin.sources.join(' ')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { origin, slots: [slot] });
    else group.slots.push(slot);
  }
  const stored = [...groups.values()].map(({ origin, slots }): StoredOrigin => ({ ...ordered(origin), slots }));
  return JSON.stringify(stored);
}

const ordered = ({ messageId, feed, sources, at, status }: Origin): Origin => ({
  messageId,
  feed,
  sources,
  at,
  ...(status !== undefined && { status }),
});

/** The origins again, in their order. */
export function originsOf(text: string, type: string, content: JsonObject): Origins {
  const stored = JSON.parse(text) as readonly StoredOrigin[];
  const origins = new Map<string, Origin>();
  for (const { slots, ...origin } of stored)
    for (const slot of slots ?? standingSlots(type, content)) if (!origins.has(slot)) origins.set(slot, origin);
  return origins;
}

const standingSlots = (type: string, content: JsonObject): string[] =>
  Object.keys(content).map((member) => slotOf(type, member));
