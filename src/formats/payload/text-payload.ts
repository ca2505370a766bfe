// What every text format asks of a payload before it is read: its size, that it is text at all, and its encoding.
import { isUtf8 } from 'node:buffer';
import type { Envelope } from '../../model/envelope.js';
import { issue, type Issue } from '../../model/issue.js';
import { refusal, success, type Result } from '../../model/result.js';

export interface PayloadLimits {
  readonly bytes: number;
}

/** Bytes in an encoding whose ASCII characters are single bytes, so that readers can scan them for delimiters. */
export interface TextPayload {
  readonly bytes: Buffer;
  /** The first byte after a byte order mark. */
  readonly from: number;
  /** The text of the bytes from `start` to before `end`. */
  decode(start: number, end: number): string;
  /** The offset in the payload as it came; undefined when it had to be re-coded as a whole. */
  offsetOf(at: number): number | undefined;
}

const windows1252 = new TextDecoder('windows-1252');

const same = (at: number): number => at;
const unknown = (): undefined => undefined;

function utf8Payload(bytes: Buffer, from: number): TextPayload {
  return { bytes, from, decode: (start, end) => bytes.toString('utf8', start, end), offsetOf: same };
}

function latinPayload(bytes: Buffer): TextPayload {
  const decode = (start: number, end: number): string => windows1252.decode(bytes.subarray(start, end));
  return { bytes, from: 0, decode, offsetOf: same };
}

/** UTF-16 is re-coded, for its delimiters are not single bytes. */
function utf16Payload(bytes: Buffer, charset: 'utf-16le' | 'utf-16be'): TextPayload {
  return { ...utf8Payload(Buffer.from(new TextDecoder(charset).decode(bytes), 'utf8'), 0), offsetOf: unknown };
}

/** By byte order mark, else by where the zero byte of the first ASCII character stands (RFC 4627 section 3). */
function utf16Charset(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return undefined;
}

const isBlank = (bytes: Buffer): boolean =>
  bytes.every(
    (byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0xef || byte === 0xbb || byte === 0xbf,
  );

function decoded(bytes: Buffer): Result<TextPayload> {
  const charset = utf16Charset(bytes);
  if (charset) return success(utf16Payload(bytes, charset), [recoded(charset.toUpperCase())]);
  if (isUtf8(bytes)) return success(utf8Payload(bytes, bytes.indexOf('\ufeff') === 0 ? 3 : 0));
  return success(latinPayload(bytes), [recoded('windows-1252')]);
}

const recoded = (readAs: string): Issue => issue('read.encoding', { charset: 'UTF-8', readAs });

/**
 * Opens an envelope as text. Refuses, with an issue, what is empty (`read.empty`), larger than the limit
 * (`read.too-large`) or binary (`read.binary`); anything but UTF-8 is read with the issue `read.encoding`.
 */
export function openText(envelope: Envelope, format: string, limits: PayloadLimits): Result<TextPayload> {
  const { buffer, byteOffset, byteLength } = envelope.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  if (byteLength > limits.bytes) return refusal(issue('read.too-large', { size: byteLength, limit: limits.bytes }));
  if (isBlank(bytes)) return refusal(issue('read.empty'));
  const text = decoded(bytes);
  if (!text.ok) return text;
  const zero = text.value.bytes.indexOf(0);
  if (zero < 0) return text;
  const offset = text.value.offsetOf(zero);
  return refusal(
    issue('read.binary', { format }, { position: { path: '', ...(offset === undefined ? {} : { offset }) } }),
  );
}
