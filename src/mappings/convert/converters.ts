// Text of the source to a FHIR primitive (http://hl7.org/fhir/R4/datatypes.html#primitive), precision kept.
import type { Converter } from './converter.js';
import { toDate, toDateTime, toInstant, toTime } from './date-time.js';
import { toDecimal, toInteger } from './number.js';

const keep: Converter = (text) => ({ value: text });
const matching =
  (expected: string, pattern: RegExp): Converter =>
  (text) =>
    pattern.test(text) ? { value: text } : { expected };
/** Codes and URIs are of visible characters. Most are all ASCII, which is told sooner than an expression is matched. */
const visible =
  (expected: string, pattern: RegExp): Converter =>
  (text) =>
    isVisibleAscii(text) || pattern.test(text) ? { value: text } : { expected };

function isVisibleAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32 || code > 126) return false;
  }
  return text !== '';
}

const trimmed =
  (inner: Converter): Converter =>
  (text, context) =>
    inner(text.trim(), context);

const toBoolean: Converter = (text) =>
  text === 'true' || text === 'false' ? { value: text === 'true' } : { expected: 'boolean (true or false)' };

const uri = visible('uri', /^\S+$/);

/** By FHIR primitive type. One line each; the interesting ones have a file. */
const converters: Readonly<Record<string, Converter>> = {
  string: keep,
  markdown: keep,
  code: trimmed(visible('code', /^[^\s]+( [^\s]+)*$/)),
  id: trimmed(matching('id', /^[A-Za-z0-9.-]{1,64}$/)),
  uri: trimmed(uri),
  url: trimmed(uri),
  canonical: trimmed(uri),
  oid: trimmed(matching('oid', /^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/)),
  uuid: trimmed(matching('uuid', /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)),
  base64Binary: (text) => {
    const compact = text.replace(/\s+/g, '');
    return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)
      ? { value: compact }
      : { expected: 'base64Binary' };
  },
  boolean: trimmed(toBoolean),
  decimal: trimmed(toDecimal),
  integer: trimmed(toInteger('integer', -2147483648)),
  unsignedInt: trimmed(toInteger('unsignedInt', 0)),
  positiveInt: trimmed(toInteger('positiveInt', 1)),
  date: trimmed(toDate),
  dateTime: trimmed(toDateTime),
  instant: trimmed(toInstant),
  time: trimmed(toTime),
};

/** The types there are converters for. */
export const converterTypes: ReadonlySet<string> = new Set(Object.keys(converters));

/** The converter to a FHIR primitive. Throws nothing; asks for a type that exists (the compiler checked). */
export function converterTo(type: string): Converter {
  const converter = converters[type];
  if (converter === undefined) throw new RangeError(`no converter to ${type}`);
  return converter;
}
