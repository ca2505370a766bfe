// Dates and times. HL7 DTM is YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ] (v2.5.1 ch. 2A.3.22); JSON and CSV carry
// ISO 8601. Precision is kept and never invented; a time without an offset takes the feed's zone, marked as assumed.
import type { ConvertContext, Converted, Unconvertible } from './converter.js';
import { offsetAt } from './zone.js';

/** Undefined is what the source does not say. */
interface Parts {
  readonly year: string;
  readonly month: string | undefined;
  readonly day: string | undefined;
  readonly hour: string | undefined;
  readonly minute: string | undefined;
  readonly second: string | undefined;
  readonly fraction: string | undefined;
  /** `Z`, `+02:00`. */
  readonly offset: string | undefined;
}

const compact = /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,9}))?)?)?)?)?)?(?:([+-]\d{4})|(Z))?$/;
const extended =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?)?)?)?(?:([+-]\d\d:?\d\d)|(Z))?$/;

const bad: Unconvertible = { expected: 'date or time', issue: 'time.bad' };

function parse(text: string): Parts | undefined {
  const match = compact.exec(text) ?? extended.exec(text);
  if (match === null) return undefined;
  const [, year = '', month, day, hour, minute, second, fraction, numeric, zulu] = match;
  const offset = zulu ?? (numeric === undefined ? undefined : normalOffset(numeric));
  const parts = { year, month, day, hour, minute, second, fraction, offset };
  return isReal(parts) ? parts : undefined;
}

const normalOffset = (numeric: string): string => `${numeric.slice(0, 3)}:${numeric.slice(-2)}`;

function isReal({ year, month, day, hour, minute, second, offset }: Parts): boolean {
  if (year === '0000') return false;
  if (month !== undefined && (month < '01' || month > '12')) return false;
  if (day !== undefined && (day < '01' || Number(day) > daysIn(Number(year), Number(month)))) return false;
  if (hour !== undefined && hour > '23') return false;
  if (offset !== undefined && offset !== 'Z' && (offset.slice(1, 3) > '14' || offset.slice(4) > '59')) return false;
  return !((minute !== undefined && minute > '59') || (second !== undefined && second > '59'));
}

const longMonths: ReadonlySet<number> = new Set([1, 3, 5, 7, 8, 10, 12]);

/** By the Gregorian calendar, also before it was in use. */
function daysIn(year: number, month: number): number {
  if (month !== 2) return longMonths.has(month) ? 31 : 30;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

const datePart = ({ year, month, day }: Parts): string =>
  year + (month === undefined ? '' : `-${month}`) + (day === undefined ? '' : `-${day}`);
const timePart = ({ hour, minute, second, fraction }: Parts): string =>
  `${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${fraction === undefined ? '' : `.${fraction}`}`;

/** FHIR date: the date part, at the source's precision. */
export function toDate(text: string): Converted | Unconvertible {
  const parts = parse(text);
  return parts === undefined ? bad : { value: datePart(parts) };
}

/**
 * FHIR dateTime. With minutes but no seconds, seconds are zero-filled as the type asks
 * (http://hl7.org/fhir/R4/datatypes.html#dateTime); an hour alone has no form in FHIR, so the date stays and an issue says so.
 */
export function toDateTime(text: string, { zone, dateTimes }: ConvertContext): Converted | Unconvertible {
  const known = dateTimes?.get(text);
  if (known !== undefined) return known;
  const converted = dateTimeOf(text, zone);
  dateTimes?.set(text, converted);
  return converted;
}

function dateTimeOf(text: string, zone: string): Converted | Unconvertible {
  const parts = parse(text);
  if (parts === undefined) return bad;
  if (parts.hour === undefined) return { value: datePart(parts) };
  if (parts.minute === undefined) return { value: datePart(parts), issue: 'time.hour-precision' };
  return withOffset(parts, zone);
}

function withOffset(parts: Parts, zone: string): Converted {
  const wall = `${datePart(parts)}T${timePart(parts)}`;
  if (parts.offset !== undefined) return { value: wall + parts.offset };
  const { offset, irregular } = offsetAt(zone, wall);
  const issue = irregular === 'gap' ? 'time.gap' : irregular === 'fold' ? 'time.fold' : 'time.assumed-zone';
  return { value: wall + offset, assumed: `zone ${zone}`, issue };
}

/** FHIR instant: at least to the second. A coarser source cannot become one. */
export function toInstant(text: string, { zone }: ConvertContext): Converted | Unconvertible {
  const parts = parse(text);
  if (parts === undefined) return bad;
  if (parts.minute === undefined) return { expected: 'instant (a time to the second)', issue: 'time.bad' };
  return withOffset(parts, zone);
}

const clock = /^(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,9}))?)?(?:[+-]\d{4})?$/;

/** FHIR time from HL7 TM `HHMM[SS[.S]]` or ISO `hh:mm[:ss]`. */
export function toTime(text: string): Converted | Unconvertible {
  const match = clock.exec(text);
  if (match === null) return { expected: 'time', issue: 'time.bad' };
  const [, hour = '', minute = '', second = '00', fraction] = match;
  if (hour > '23' || minute > '59' || second > '59') return { expected: 'time', issue: 'time.bad' };
  return { value: `${hour}:${minute}:${second}${fraction === undefined ? '' : `.${fraction}`}` };
}
