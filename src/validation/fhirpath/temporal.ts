// Dates and times of any precision, compared as far as they are precise (http://hl7.org/fhirpath/N1/#comparison).

/** Parts from the year down (from the hour, of a time); a missing zone means that the value is local. */
interface Moment {
  readonly parts: readonly number[];
  readonly zoned: boolean;
}

const dateTime =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?)?(Z|[+-]\d\d:\d\d)?)?$/;
const time = /^T?(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?$/;

const present = (matched: readonly (string | undefined)[]): number[] =>
  matched.filter((part) => part !== undefined).map(Number);

function minutesOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** The same moment in UTC; parts below the minute are untouched by any zone. */
function inUtc(parts: readonly number[], zone: string): number[] {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, ...rest] = parts;
  const moved = new Date(Date.UTC(year, month - 1, day, hour, minute - minutesOf(zone)));
  const utc = [moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate(), moved.getUTCHours()];
  return [...utc, moved.getUTCMinutes(), ...rest];
}

function momentOf(text: string): Moment | undefined {
  const clock = time.exec(text);
  if (clock !== null && !/^\d{4}$/.test(text)) return { parts: present(clock.slice(1)), zoned: false };
  const matched = dateTime.exec(text);
  if (matched === null) return undefined;
  const parts = present(matched.slice(1, 7));
  const zone = matched[7];
  if (zone === undefined || parts.length < 4) return { parts, zoned: false };
  return { parts: inUtc(parts.length < 5 ? [...parts, 0] : parts, zone), zoned: true };
}

/** Below zero, zero, above zero; undefined when the precision or a missing zone leaves it open. */
export function compareTemporal(left: string, right: string): number | undefined {
  const a = momentOf(left);
  const b = momentOf(right);
  if (a === undefined || b === undefined) return undefined;
  if (a.zoned !== b.zoned && a.parts.length > 3 && b.parts.length > 3) return undefined;
  const shared = Math.min(a.parts.length, b.parts.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = a.parts[at]! - b.parts[at]!;
    if (difference !== 0) return difference;
  }
  return a.parts.length === b.parts.length ? 0 : undefined;
}

const steps: Readonly<Record<string, number>> = { year: 0, month: 1, week: 2, day: 2, hour: 3, minute: 4, second: 5 };

/** Adds a whole number of calendar units to a date or dateTime, keeping its precision; undefined where it has none to move. */
export function addTime(text: string, amount: number, unit: string): string | undefined {
  const step = steps[unit.replace(/s$/, '')];
  const matched = dateTime.exec(text);
  if (step === undefined || matched === null) return undefined;
  const parts = present(matched.slice(1, 7));
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const moved = [year, month - 1, day, hour, minute, second];
  moved[step] = (moved[step] ?? 0) + Math.trunc(unit.startsWith('week') ? amount * 7 : amount);
  const end = new Date(Date.UTC(moved[0]!, moved[1], step < 2 ? 1 : moved[2], moved[3], moved[4], moved[5]));
  if (step < 2) end.setUTCDate(Math.min(day, daysIn(end)));
  const iso = end.toISOString();
  const lengths = [0, 4, 7, 10, 13, 16, 19];
  return iso.slice(0, lengths[parts.length]) + (matched[7] ?? '');
}

const daysIn = (date: Date): number =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
