// The character set of a message: MSH-18 (HL7 table 0211), checked against the bytes themselves.
import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { decodeIso2022, maskIso2022 } from './iso2022.js';

export interface Charset {
  readonly name: string;
  decode(bytes: Buffer): string;
  /**
   * For sets whose trail bytes can look like delimiters: a copy, byte for byte, with every character outside ASCII
   * overwritten by 0xFF.
   */
  readonly mask?: (bytes: Buffer) => Buffer;
}

/** What choosing a character set found. */
export interface CharsetChoice {
  readonly charset: Charset;
  /** The declared name is not one of table 0211 or of IANA. */
  readonly unknown?: true;
  /** Bytes contradict the declaration: the name they were checked against, and the offset of the first bad byte. */
  readonly mismatch?: { readonly charset: string; readonly offset: number };
}

const utf8: Charset = { name: 'UTF-8', decode: (bytes) => bytes.toString('utf8') };
const latin1: Charset = { name: 'ISO-8859-1', decode: (bytes) => bytes.toString('latin1') };

/** Table 0211 where the name is not one that iconv knows. */
const table0211: Readonly<Record<string, string>> = {
  'ISO IR6': 'ASCII',
  'ISO IR14': 'Shift_JIS',
  'ISO IR87': 'ISO-2022',
  'ISO IR159': 'ISO-2022',
  'ISO-2022-JP': 'ISO-2022',
  'GB 18030-2000': 'gb18030',
  'KS X 1001': 'euc-kr',
  'BIG-5': 'big5',
  UNICODE: 'UTF-8',
  'UNICODE UTF-8': 'UTF-8',
  UTF8: 'UTF-8',
  'UNICODE UTF-16': 'UTF-16',
  'UNICODE UTF-32': 'UTF-32',
};

/**
 * Chooses the character set of a message from the repetitions of MSH-18; none means UTF-8, of which ASCII is a part.
 * Bytes that are not what was declared are read as UTF-8 where they are that, else as Latin-1, in which every byte
 * has a meaning. `view` is the bytes, one character each.
 */
export function chooseCharset(declared: readonly string[], bytes: Buffer, view: string, escape: number): CharsetChoice {
  const names = declared.filter((name) => name !== '').map(ianaName);
  const first = names[0] ?? 'UTF-8';
  if (names.includes('ISO-2022') || switchesSets(view, escape)) return { charset: iso2022(first, escape) };
  if (/^UTF-(8|16|32)$|^ASCII$/.test(first)) return checked(first, bytes);
  if (!iconv.encodingExists(first)) return { ...checked('UTF-8', bytes), unknown: true };
  const charset = named(first);
  const offset = isAscii(bytes) ? -1 : charset.decode(bytes).indexOf('\ufffd');
  return offset < 0
    ? { charset }
    : { charset, mismatch: { charset: charset.name, offset: byteOffset(charset, bytes, offset) } };
}

/** True when a message holds ISO 2022 sequences, bare or as \C..\ and \M..\. */
function switchesSets(view: string, escape: number): boolean {
  if (view.includes('\x1b')) return true;
  if (escape < 0) return false;
  const character = String.fromCharCode(escape);
  return view.includes(`${character}C2`) || view.includes(`${character}M2`);
}

function ianaName(name: string): string {
  const upper = name.trim().toUpperCase();
  const part = /^8859\/(\d{1,2})$/.exec(upper)?.[1];
  return part ? `ISO-8859-${part}` : (table0211[upper] ?? upper);
}

/** UTF-8 or ASCII by declaration or default. */
function checked(declared: string, bytes: Buffer): CharsetChoice {
  if (isAscii(bytes)) return { charset: utf8 };
  if (!isUtf8(bytes)) return { charset: latin1, mismatch: { charset: 'UTF-8', offset: firstInvalid(bytes) } };
  if (declared === 'UTF-8') return { charset: utf8 };
  return { charset: utf8, mismatch: { charset: declared, offset: bytes.findIndex((byte) => byte > 127) } };
}

/** Where decoding and encoding again first gives another byte. */
function firstInvalid(bytes: Buffer): number {
  const again = Buffer.from(bytes.toString('utf8'), 'utf8');
  return bytes.findIndex((byte, index) => byte !== again[index]);
}

const byteOffset = (charset: Charset, bytes: Buffer, character: number): number =>
  iconv.encode(charset.decode(bytes).slice(0, character), charset.name).length;

function named(name: string): Charset {
  if (/^(ISO-8859-1|LATIN1)$/.test(name)) return latin1;
  const charset: Charset = { name, decode: (bytes) => iconv.decode(bytes, name) };
  const trail = trailing.find(({ pattern }) => pattern.test(name));
  return trail ? { ...charset, mask: (bytes) => maskMultibyte(bytes, trail.width) } : charset;
}

function iso2022(base: string, escape: number): Charset {
  const inner = base === 'ISO-2022' || !iconv.encodingExists(base) || base === 'UTF-8' ? utf8 : named(base);
  return {
    name: 'ISO-2022',
    decode: (bytes) => decodeIso2022(bytes, (run) => inner.decode(run)),
    mask: (bytes) => maskIso2022(bytes, escape),
  };
}

/** Multi-byte sets whose second byte may be ASCII, and how many bytes the character at an offset has. */
const trailing: readonly { readonly pattern: RegExp; readonly width: (bytes: Buffer, at: number) => number }[] = [
  {
    pattern: /^GB18030$/i,
    width: (bytes, at) => (isDigit(bytes[at + 1] ?? 0) && isDigit(bytes[at + 3] ?? 0) ? 4 : 2),
  },
  { pattern: /^(BIG-?5.*|GBK|CP936|GB2312|CP949|CP950|EUC-KR|JOHAB)$/i, width: () => 2 },
  { pattern: /^(SHIFT_?JIS|SJIS|CP932|WINDOWS-31J)$/i, width: (bytes, at) => (isHalfWidth(bytes[at] ?? 0) ? 1 : 2) },
];

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isHalfWidth = (byte: number): boolean => byte >= 0xa0 && byte <= 0xdf;

function maskMultibyte(bytes: Buffer, width: (bytes: Buffer, at: number) => number): Buffer {
  const masked = Buffer.from(bytes);
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] ?? 0) < 0x80) continue;
    // A trail byte below 0x30 is none: a lead byte cut off must not swallow the end of its segment.
    const end = (bytes[i + 1] ?? 0) < 0x30 ? i + 1 : Math.min(i + width(bytes, i), bytes.length);
    masked.fill(0xff, i, end);
    i = end - 1;
  }
  return masked;
}
