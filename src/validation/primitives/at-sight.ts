// Values that are surely of their primitive type, told without its regular expression: most values are short plain texts, which
// a search or a loop over their characters tells sooner than an expression of the definitions.
import type { JsonValue } from '../../model/json.js';
import { isCalendarDay } from './calendar.js';

/** Is the value surely of the type? Otherwise its format decides: false says nothing. The empty text never is. */
export type SureTest = (value: JsonValue) => boolean;

/** All but two control characters may be in a string. */
const isText: SureTest = (value) =>
  typeof value === 'string' && value !== '' && !value.includes('\v') && !value.includes('\f');

/** Beyond that the expression is faster. */
const longestWord = 48;

const hasNoSpace = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) <= 32) return false;
  return true;
};

/** Without any space, where a code may have some and a URI none. */
const isWord: SureTest = (value) =>
  typeof value === 'string' && value !== '' && value.length <= longestWord && hasNoSpace(value);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

const isIdText = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isDigit(code) && !isLetter(code) && code !== 45 && code !== 46) return false;
  }
  return text.length > 0;
};

const isId: SureTest = (value) => typeof value === 'string' && value.length <= 64 && isIdText(value);

/** The number that two digits make; NaN where they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : NaN;
}

const isWithin = (value: number, least: number, most: number): boolean => value >= least && value <= most;

/** Does the text start with `YYYY-MM-DD`, of a year from 1000? */
const startsWithDay = (text: string): boolean =>
  isWithin(twoDigits(text, 0), 10, 99) &&
  isWithin(twoDigits(text, 2), 0, 99) &&
  text.charCodeAt(4) === 45 &&
  isWithin(twoDigits(text, 5), 1, 12) &&
  text.charCodeAt(7) === 45 &&
  isWithin(twoDigits(text, 8), 1, 31) &&
  isCalendarDay(text);

const isDay: SureTest = (value) => typeof value === 'string' && value.length === 10 && startsWithDay(value);

/** `Thh:mm:ss` behind a day. */
const hasTime = (text: string): boolean =>
  text.charCodeAt(10) === 84 &&
  isWithin(twoDigits(text, 11), 0, 23) &&
  text.charCodeAt(13) === 58 &&
  isWithin(twoDigits(text, 14), 0, 59) &&
  text.charCodeAt(16) === 58 &&
  isWithin(twoDigits(text, 17), 0, 59);

/** `Z`, `+hh:mm` or `-hh:mm` behind whole seconds. */
const hasZone = (text: string): boolean => {
  const sign = text.charCodeAt(19);
  if (text.length === 20) return sign === 90;
  return (
    text.length === 25 &&
    (sign === 43 || sign === 45) &&
    isWithin(twoDigits(text, 20), 0, 13) &&
    text.charCodeAt(22) === 58 &&
    isWithin(twoDigits(text, 23), 0, 59)
  );
};

const isMoment: SureTest = (value) =>
  typeof value === 'string' && value.length >= 20 && startsWithDay(value) && hasTime(value) && hasZone(value);

/** A number of 32 bits. */
const isInteger: SureTest = (value) => typeof value === 'number' && (value | 0) === value;

/** By type. One that is not here has no test. */
export const sureTests: Readonly<Record<string, SureTest>> = {
  boolean: (value) => typeof value === 'boolean',
  string: isText,
  markdown: isText,
  code: isWord,
  uri: isWord,
  url: isWord,
  canonical: isWord,
  id: isId,
  date: isDay,
  dateTime: (value) => isDay(value) || isMoment(value),
  instant: isMoment,
  integer: isInteger,
  unsignedInt: (value) => isInteger(value) && (value as number) >= 0,
  positiveInt: (value) => isInteger(value) && (value as number) > 0,
  decimal: Number.isFinite,
};
