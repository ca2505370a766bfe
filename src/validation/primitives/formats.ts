// Primitive types (http://hl7.org/fhir/R4/datatypes.html#primitive): which JSON values each of them may have.
import type { TypeModel } from '../../model/definitions.js';
import { Decimal, type JsonValue } from '../../model/json.js';
import { sureTests, type SureTest } from './at-sight.js';
import { isBase64 } from './base64.js';
import { isCalendarDay } from './calendar.js';

/** What a primitive is in JSON (http://hl7.org/fhir/R4/json.html#primitive). */
export type JsonKind = 'boolean' | 'number' | 'string';

export interface PrimitiveFormat {
  readonly json: JsonKind;
  /** Is the value, which may be of any JSON kind, surely one of the type? False says nothing. */
  readonly isSure: SureTest;
  /** Is the value, which is of that JSON kind, one of the type? */
  accepts(value: JsonValue): boolean;
}

type Accepted = Omit<PrimitiveFormat, 'isSure'>;

/** The 32-bit range of integer and its kin. */
const inRange = (value: number): boolean => value >= -2_147_483_648 && value <= 2_147_483_647;

const matcher = (pattern: string | undefined): ((text: string) => boolean) => {
  if (pattern === undefined) return () => true;
  const regex = new RegExp(pattern, 'u');
  return (text) => regex.test(text);
};

/** A JSON number's text. */
const textOf = (value: JsonValue): string => (value instanceof Decimal ? value.text : Number(value).toString());

const wholeNumber = (matches: (text: string) => boolean): Accepted => ({
  json: 'number',
  accepts: (value) => matches(textOf(value)) && inRange(Number(value)),
});

const text = (accepts: (value: string) => boolean): Accepted => ({
  json: 'string',
  accepts: (value) => accepts(value as string),
});

type MakeFormat = (matches: (text: string) => boolean) => Accepted;

const onCalendar: MakeFormat = (matches) => text((value) => matches(value) && isCalendarDay(value));

/** Types that are more than a string of their pattern. */
const formats: Readonly<Record<string, MakeFormat>> = {
  boolean: () => ({ json: 'boolean', accepts: () => true }),
  integer: wholeNumber,
  positiveInt: wholeNumber,
  unsignedInt: wholeNumber,
  decimal: (matches) => ({ json: 'number', accepts: (value) => matches(textOf(value)) }),
  date: onCalendar,
  dateTime: onCalendar,
  instant: onCalendar,
  base64Binary: () => text(isBase64),
};

const never: SureTest = () => false;

const made = new WeakMap<TypeModel, PrimitiveFormat>();

/** The format of a primitive type, one for all its elements. */
export function primitiveFormat(type: TypeModel): PrimitiveFormat {
  const known = made.get(type);
  if (known !== undefined) return known;
  const { name, pattern } = type;
  const { json, accepts } = (formats[name] ?? text)(matcher(pattern));
  const format = { json, isSure: sureTests[name] ?? never, accepts };
  made.set(type, format);
  return format;
}

/** Is the value of that JSON kind? */
export const isOfKind = (value: JsonValue, kind: JsonKind): boolean =>
  typeof value === kind || (kind === 'number' && value instanceof Decimal);
