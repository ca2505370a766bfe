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

/** Overwrites double-byte characters with 0xFF, so that none of their bytes is taken for a delimiter. */
export function maskIso2022(bytes: Buffer): Buffer {
  const masked = Buffer.from(bytes);
  let double = false;
  for (let i = 0; i < bytes.length; i++) {
    const found = bytes[i] === escape ? designationAt(bytes, i) : undefined;
    if (found) {
      masked.fill(0xff, i, i + found.length);
      if (found.half === 'left') double = found.left?.width === 2;
      i += found.length - 1;
    } else if ((bytes[i] ?? 0) < 0x21) {
      if ((bytes[i] ?? 0) === 13 || (bytes[i] ?? 0) === 10) double = false;
    } else if (double) {
      masked.fill(0xff, i, Math.min(i + 2, bytes.length));
      i += 1;
    }
  }
  return masked;
}
