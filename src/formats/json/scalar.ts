// Where a JSON string or number ends, and the text of one (RFC 8259 sections 6 and 7).
import type { TextPayload } from '../payload/text-payload.js';
import { backslash, isDigit, isHex4, minus, quote } from './characters.js';

/** A place where reading stopped, and the reason as one of a fixed list of sentences. */
export interface Stop {
  readonly at: number;
  readonly reason: string;
}

const simpleEscapes = new Set([...'"\\/bfnrt'].map((character) => character.charCodeAt(0)));
const letterU = 0x75;

/** The byte after the closing quote of the string that opens at `start`, or where it goes wrong. */
export function endOfString(bytes: Uint8Array, start: number): number | Stop {
  let at = start + 1;
  for (; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) return at + 1;
    if (byte < 0x20) return { at, reason: 'a control character stands in a string' };
    if (byte === backslash) {
      const length = escapeLength(bytes, at);
      if (length === 0) return { at, reason: 'an escape sequence is not one of RFC 8259' };
      at += length - 1;
    }
  }
  return { at: bytes.length, reason: 'the text ends inside a string' };
}

function escapeLength(bytes: Uint8Array, at: number): number {
  const letter = bytes[at + 1];
  if (letter === letterU) return isHex4(bytes, at + 2) ? 6 : 0;
  return letter !== undefined && simpleEscapes.has(letter) ? 2 : 0;
}

function digits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at;
}

const point = 0x2e;
const zero = 0x30;
const isExponent = (byte: number | undefined): boolean => byte === 0x65 || byte === 0x45;
const isSign = (byte: number | undefined): boolean => byte === 0x2b || byte === minus;
const badNumber = (at: number): Stop => ({ at, reason: 'a number is not one of RFC 8259' });

/** The byte after the number that begins at `start`, or where it goes wrong. */
export function endOfNumber(bytes: Uint8Array, start: number): number | Stop {
  let at = bytes[start] === minus ? start + 1 : start;
  if (!isDigit(bytes[at])) return badNumber(at);
  at = bytes[at] === zero ? at + 1 : digits(bytes, at);
  if (bytes[at] === point) {
    if (!isDigit(bytes[at + 1])) return badNumber(at + 1);
    at = digits(bytes, at + 1);
  }
  if (!isExponent(bytes[at])) return at;
  at += isSign(bytes[at + 1]) ? 2 : 1;
  return isDigit(bytes[at]) ? digits(bytes, at) : badNumber(at);
}

/** The text of the string whose quotes stand at `start` and `end - 1`. */
export function stringText(payload: TextPayload, start: number, end: number): string {
  const raw = payload.decode(start + 1, end - 1);
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}
