// The outbox: what a relay has still to tell, oldest first. It is told at least once, and marked when it was.
import type { Session } from './db.js';
import type { StoreEvent } from './records.js';

interface EventRow {
  readonly event_id: string;
  readonly kind: string;
  readonly feed: string;
  readonly message_id: string | null;
  readonly payload: string;
  readonly created_at: Date;
}

const pendingSql = `
SELECT event_id::text AS event_id, kind, feed, message_id::text AS message_id, payload::text AS payload, created_at
FROM outbox WHERE delivered_at IS NULL ORDER BY outbox.event_id LIMIT $1`;

export const pending = async (db: Session, limit: number): Promise<readonly StoreEvent[]> =>
  (await db.query<EventRow>(pendingSql, [limit])).map((row) => ({
    eventId: row.event_id,
    kind: row.kind,
    feed: row.feed,
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
    createdAt: row.created_at.toISOString(),
    payload: JSON.parse(row.payload) as unknown,
  }));

const deliveredSql = `
UPDATE outbox SET delivered_at = now() WHERE event_id = ANY ($1::bigint[]) AND delivered_at IS NULL`;

export const markDelivered = async (db: Session, eventIds: readonly string[]): Promise<void> =>
  void (await db.query(deliveredSql, [eventIds]));
