// The moment that a message speaks of: what was true then is not made untrue by an older message that arrives later.
import { isConverted } from '../mappings/convert/converter.js';
import { toDateTime } from '../mappings/convert/date-time.js';
import { offsetAt } from '../mappings/convert/zone.js';
import type { Feed } from '../model/feed.js';
import type { SourceMessage } from '../model/source.js';

/**
 * When the sender made the message (HL7 v2.5.1 ch. 2.14.9.7, MSH-7), as an ISO 8601 instant in UTC: a missing offset is the
 * feed's zone, missing parts are the earliest. The moment of its receipt where the sender tells no time, or one that is
 * still to come: a clock that runs ahead must not win over all that follows.
 *
 * @param receivedAt ISO 8601 in UTC
 */
export function messageTime({ sentAt = '', format }: SourceMessage, { zone }: Feed, receivedAt: string): string {
  const told = sentAt === '' ? undefined : toDateTime(sentAt, { zone, format });
  if (told === undefined || !isConverted(told)) return receivedAt;
  const sent = instantOf(String(told.value), zone);
  return sent < receivedAt ? sent : receivedAt;
}

function instantOf(dateTime: string, zone: string): string {
  if (dateTime.includes('T')) return new Date(dateTime).toISOString();
  const midnight = `${dateTime}${'-01-01'.slice(dateTime.length - 4)}T00:00:00`;
  return new Date(midnight + offsetAt(zone, midnight).offset).toISOString();
}
