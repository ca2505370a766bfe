// Comments in JSON, which has none (RFC 8259): found outside of strings and blanked, so that what is left can be read and every byte
// keeps its place.

const slash = 0x2f;
const star = 0x2a;
const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;
const space = 0x20;

export interface Uncommented {
  readonly bytes: Uint8Array;
  /** Offset of the first byte of each comment. */
  readonly comments: readonly number[];
}

function endOfString(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at + 1;
}

/** Of a line, up to its end; of a block, after its close. */
function endOfComment(bytes: Uint8Array, from: number): number {
  const isBlock = bytes[from + 1] === star;
  for (let at = from + 2; at < bytes.length; at += 1) {
    if (!isBlock && bytes[at] === newline) return at;
    if (isBlock && bytes[at] === star && bytes[at + 1] === slash) return at + 2;
  }
  return bytes.length;
}

const isComment = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === slash && (bytes[at + 1] === slash || bytes[at + 1] === star);

/** The bytes with every comment made spaces. */
export function withoutComments(bytes: Uint8Array): Uncommented {
  const blanked = Uint8Array.from(bytes);
  const comments: number[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] === quote) at = endOfString(bytes, at);
    else if (!isComment(bytes, at)) at += 1;
    else {
      const end = endOfComment(bytes, at);
      comments.push(at);
      blanked.fill(space, at, end);
      at = end;
    }
  }
  return { bytes: blanked, comments };
}
