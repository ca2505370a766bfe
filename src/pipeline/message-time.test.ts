import { describe, expect, it } from 'vitest';
import type { Feed } from '../model/feed.js';
import type { SourceMessage } from '../model/source.js';
import { messageTime } from './message-time.js';

const received = '2026-07-01T12:00:00.000Z';
const feed = { zone: 'Europe/Stockholm' } as Feed;
const at = (sentAt?: string) => messageTime({ format: 'hl7v2', sentAt } as SourceMessage, feed, received);

describe('the moment a message speaks of', () => {
  it.each([
    ['with its own offset', '20260131081500+0100', '2026-01-31T07:15:00.000Z'],
    ['to the fraction of a second', '20260131081500.1234+0100', '2026-01-31T07:15:00.123Z'],
    ['in the feed’s zone, summer time', '20260615081500', '2026-06-15T06:15:00.000Z'],
    ['in ISO 8601', '2026-01-31T08:15:00Z', '2026-01-31T08:15:00.000Z'],
    ['to the hour, from the start of its day', '2026013108', '2026-01-30T23:00:00.000Z'],
    ['to the day, from its start', '20260131', '2026-01-30T23:00:00.000Z'],
    ['to the month, from its start', '202606', '2026-05-31T22:00:00.000Z'],
    ['to the year, from its start', '2026', '2025-12-31T23:00:00.000Z'],
  ])('is the sender’s time, %s', (_how, sent, expected) => {
    expect(at(sent)).toBe(expected);
  });

  it.each([
    ['tells none', undefined],
    ['leaves it empty', ''],
    ['tells nonsense', 'yesterday'],
    ['has a clock that runs ahead', '20260701120001+0000'],
  ])('is that of receipt where the sender %s', (_how, sent) => {
    expect(at(sent)).toBe(received);
  });
});
