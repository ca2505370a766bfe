// Payloads in UTF-16 or UTF-32 have no byte-wise delimiters: they are re-encoded as UTF-8 before anything is read, and
// positions still answer the offset in the bytes received.
import iconv from 'iconv-lite';

export interface Narrowed {
  readonly bytes: Buffer;
  /** The offset in the payload received of an offset in `bytes`. */
  readonly payloadOffset: (offset: number) => number;
}

const identity = (offset: number): number => offset;

/** Re-encodes by byte order mark, or by where the NUL bytes of `MSH` stand (FHS and BHS start files, too). */
export function narrow(bytes: Buffer): Narrowed {
  const encoding = wideEncoding(bytes);
  if (!encoding) return { bytes, payloadOffset: identity };
  const text = iconv.decode(bytes, encoding, { stripBOM: false });
  const narrowed = Buffer.from(text, 'utf8');
  return { bytes: narrowed, payloadOffset: offsets(narrowed, encoding.startsWith('utf-32') ? 4 : 2) };
}

function wideEncoding(bytes: Buffer): string | undefined {
  if (isNarrow(bytes[0]) && isNarrow(bytes[1])) return undefined;
  const start = bytes.subarray(0, 4).toString('hex');
  if (/^fffe0000|^[46][0-9a-f]000000/.test(start)) return 'utf-32le';
  if (/^0000feff|^000000[46]/.test(start)) return 'utf-32be';
  if (/^fffe|^[46][0-9a-f]00[45]/.test(start)) return 'utf-16le';
  return /^feff|^00[46]/.test(start) ? 'utf-16be' : undefined;
}

/** A byte that no wide payload starts with twice: neither a NUL nor of a byte order mark. */
const isNarrow = (byte: number | undefined): boolean => byte !== undefined && byte > 0 && byte < 0xfe;

/** Counts code units up to an offset, onward from the last one asked for. */
function offsets(bytes: Buffer, width: 2 | 4): (offset: number) => number {
  let at = 0;
  let units = 0;
  return (offset) => {
    if (offset < at) at = units = 0;
    for (; at < offset; at++) units += unitsOf(bytes[at] ?? 0, width);
    return units * width;
  };
}

/** Code units that a byte of UTF-8 begins: none for a continuation, two in UTF-16 beyond the basic plane. */
function unitsOf(byte: number, width: 2 | 4): number {
  if ((byte & 0xc0) === 0x80) return 0;
  return byte >= 0xf0 && width === 2 ? 2 : 1;
}
