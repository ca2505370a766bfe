// The offset of a local time in an IANA zone, from the platform's tables and nothing of the machine's own zone.

export interface ZoneOffset {
  /** `+02:00`, or `Z` for UTC. */
  readonly offset: string;
  /** The local time falls in a clock change: it does not exist (gap) or occurs twice (fold). */
  readonly irregular?: 'gap' | 'fold';
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Minutes east of UTC at an instant. */
function offsetMinutes(zone: string, instant: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) part[type] = Number(value);
  const local = Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'],
    part['hour'],
    part['minute'],
    part['second'],
  );
  return Math.round((local - Math.floor(instant / 1000) * 1000) / 60000);
}

/**
 * The offset of wall-clock time `wall` (`YYYY-MM-DDThh:mm:ss`) in `zone`. In a gap the offset before the change is
 * given, in a fold the earlier one (RFC 5545 and Temporal's "compatible" reading).
 */
export function offsetAt(zone: string, wall: string): ZoneOffset {
  if (zone === 'UTC' || zone === 'Etc/UTC') return { offset: 'Z' };
  const local = Date.parse(`${wall.slice(0, 19)}Z`);
  const before = offsetMinutes(zone, local - 86_400_000);
  const after = offsetMinutes(zone, local + 86_400_000);
  if (before === after) return { offset: print(before) };
  const holdsBefore = offsetMinutes(zone, local - before * 60_000) === before;
  const holdsAfter = offsetMinutes(zone, local - after * 60_000) === after;
  if (holdsBefore && holdsAfter) return { offset: print(before), irregular: 'fold' };
  if (!holdsBefore && !holdsAfter) return { offset: print(before), irregular: 'gap' };
  return { offset: print(holdsBefore ? before : after) };
}

function print(minutes: number): string {
  if (minutes === 0) return '+00:00';
  const absolute = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}
