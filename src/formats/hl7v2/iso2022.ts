// ISO 2022 code extension, as HL7 v2 uses it for Japanese, Korean and Chinese text and for the escape sequences \C..\
// and \M..\ (HL7 v2.8.2 ch. 2.7.2, 2.14.9.20).
import iconv from 'iconv-lite';

/** A character set that a designation brings in: how its bytes are written for iconv. */
interface CodedSet {
  readonly encoding: string;
  /** Bytes of one character. */
  readonly width: 1 | 2;
  /** Byte before each character in the EUC form: 0x8e half-width katakana, 0x8f JIS X 0212. */
  readonly shift?: number;
}

const single = (encoding: string): CodedSet => ({ encoding, width: 1 });
const jis0208: CodedSet = { encoding: 'EUC-JP', width: 2 };
const jis0212: CodedSet = { encoding: 'EUC-JP', width: 2, shift: 0x8f };
const katakana: CodedSet = { encoding: 'EUC-JP', width: 1, shift: 0x8e };
const gb2312: CodedSet = { encoding: 'gb2312', width: 2 };
const ksx1001: CodedSet = { encoding: 'euc-kr', width: 2 };

/** What follows ESC, for the left half (bytes below 0x80); undefined means ASCII again. */
const leftSets: Readonly<Record<string, CodedSet | undefined>> = {
  '(B': undefined,
  '(J': undefined,
  '(I': katakana,
  $B: jis0208,
  '$@': jis0208,
  '$(B': jis0208,
  '$(D': jis0212,
  $A: gb2312,
  '$(A': gb2312,
  '$(C': ksx1001,
};

/** For the right half (bytes from 0x80). */
const rightSets: Readonly<Record<string, CodedSet>> = {
  ')I': katakana,
  '$)A': gb2312,
  '$)C': ksx1001,
  '-A': single('ISO-8859-1'),
  '-B': single('ISO-8859-2'),
  '-C': single('ISO-8859-3'),
  '-D': single('ISO-8859-4'),
  '-L': single('ISO-8859-5'),
  '-G': single('ISO-8859-6'),
  '-F': single('ISO-8859-7'),
  '-H': single('ISO-8859-8'),
  '-M': single('ISO-8859-9'),
  '-b': single('ISO-8859-15'),
};

const escape = 0x1b;

interface Designation {
  readonly length: number;
  readonly left?: CodedSet | undefined;
  readonly right?: CodedSet | undefined;
  readonly half: 'left' | 'right';
}

function designationAt(bytes: Uint8Array, at: number): Designation | undefined {
  for (const length of [2, 3]) {
    const key = String.fromCharCode(...bytes.subarray(at + 1, at + 1 + length));
    if (Object.hasOwn(leftSets, key)) return { length: length + 1, half: 'left', left: leftSets[key] };
    if (Object.hasOwn(rightSets, key)) return { length: length + 1, half: 'right', right: rightSets[key] };
  }
  return undefined;
}

/** Decodes bytes with designations; `base` decodes what no designation covers. Every value starts in `base` anew. */
export function decodeIso2022(bytes: Buffer, base: (run: Buffer) => string): string {
  let text = '';
  let left: CodedSet | undefined;
  let right: CodedSet | undefined;
  let from = 0;
  const flush = (to: number): void => {
    text += decodeRun(bytes.subarray(from, to), left, right, base);
  };
  for (let i = 0; i < bytes.length; i++) {
    const found = bytes[i] === escape ? designationAt(bytes, i) : undefined;
    if (!found) continue;
    flush(i);
    if (found.half === 'left') left = found.left;
    else right = found.right;
    from = i + found.length;
    i = from - 1;
  }
  flush(bytes.length);
  return text;
}

function decodeRun(
  run: Buffer,
  left: CodedSet | undefined,
  right: CodedSet | undefined,
  base: (run: Buffer) => string,
): string {
  if (left) return iconv.decode(extended(run, left), left.encoding);
  return right ? iconv.decode(right.shift === undefined ? run : extended(run, right), right.encoding) : base(run);
}

/** The EUC form of seven-bit characters: high bits set, a shift byte before each where the set has one. */
function extended(run: Buffer, set: CodedSet): Buffer {
  const out: number[] = [];
  for (let i = 0; i < run.length; i += 1) {
    const code = run[i] ?? 0;
    if (code < 0x21) {
      out.push(code);
      continue;
    }
    if (set.shift !== undefined) out.push(set.shift);
    out.push(code | 0x80);
    if (set.width === 2) out.push((run[++i] ?? 0x21) | 0x80);
  }
  return Buffer.from(out);
}

/**
 * Overwrites double-byte characters with 0xFF, so that none of their bytes is taken for a delimiter. The sets may be
 * switched by bare sequences, or by \M..\ and \C..\ with the message's escape character. A line break ends them.
 */
export function maskIso2022(bytes: Buffer, escapeCharacter: number): Buffer {
  const masked = Buffer.from(bytes);
  let double = false;
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i] ?? 0;
    const found = byte === escape ? designationAt(bytes, i) : undefined;
    const written = byte === escapeCharacter ? writtenAt(bytes, i) : undefined;
    const designation = found ?? written?.designation;
    let length = found?.length ?? written?.length ?? 1;
    if (designation?.half === 'left') double = designation.left?.width === 2;
    else if (!designation && (byte === 13 || byte === 10)) double = false;
    else if (!designation && double && byte >= 0x21) length = 2;
    if (!written && length > 1) masked.fill(0xff, i, Math.min(i + length, bytes.length));
    i += length;
  }
  return masked;
}

/** The designation that an escape sequence of HL7 stands for: `\M2442\` for ESC $ B. */
function writtenAt(
  bytes: Buffer,
  at: number,
): { readonly designation: Designation; readonly length: number } | undefined {
  const [sequence, hexadecimal] = /^.[CM]((?:[0-9A-Fa-f]{2}){2,3})/s.exec(bytes.toString('latin1', at, at + 9)) ?? [];
  if (sequence === undefined || bytes[at + sequence.length] !== bytes[at]) return undefined;
  const designation = designationAt(Buffer.from(`1b${hexadecimal ?? ''}`, 'hex'), 0);
  return designation && { designation, length: sequence.length + 1 };
}
