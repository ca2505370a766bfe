// Escape sequences (HL7 v2.8.2 ch. 2.7): from the text between two escape characters to the bytes it stands for.
import type { Delimiters } from './delimiters.js';

/** No more blank lines or spaces than this from one sequence, lest eight bytes become a gigabyte. */
const longestGap = 99;

/**
 * Replaces the escape sequences of a value. `view` is what is scanned, `bytes` what is copied: they differ only where
 * multi-byte characters are masked. Both hold one character per byte, and so does the result.
 */
export function unescape(view: string, bytes: string, delimiters: Delimiters): string {
  const escape = String.fromCharCode(delimiters.escape);
  let text = '';
  let from = 0;
  let open = view.indexOf(escape);
  while (open >= 0) {
    const close = view.indexOf(escape, open + 1);
    const meaning = close < 0 ? undefined : meaningOf(view.slice(open + 1, close), delimiters);
    text += bytes.slice(from, meaning === undefined ? open + 1 : open) + (meaning ?? '');
    from = meaning === undefined ? open + 1 : close + 1;
    open = view.indexOf(escape, from);
  }
  return text + bytes.slice(from);
}

/**
 * The offsets of escape characters from `from` on that belong to no sequence of ch. 2.7, up to `limit`; their text is
 * kept as it stands.
 */
export function badEscapes(view: string, from: number, delimiters: Delimiters, limit: number): number[] {
  const escape = String.fromCharCode(delimiters.escape);
  const found: number[] = [];
  let open = delimiters.escape < 0 ? -1 : view.indexOf(escape, from);
  while (open >= 0 && found.length < limit) {
    const close = view.indexOf(escape, open + 1);
    const good =
      close >= 0 && meaningOf(view.slice(open + 1, Math.min(close, open + longestBody)), delimiters) !== undefined;
    if (!good) found.push(open);
    open = good ? view.indexOf(escape, close + 1) : close;
  }
  return found;
}

/** Longer bodies are looked at in part only; none of them is a sequence unless it is all hexadecimal. */
const longestBody = 65_536;

/** The bytes a sequence stands for; undefined where it is none of ch. 2.7. */
function meaningOf(body: string, delimiters: Delimiters): string | undefined {
  const rest = body.slice(1);
  switch (body.charAt(0)) {
    case 'X':
      return bytesOf(rest);
    case 'C':
      return /^[0-9A-Fa-f]{4}$/.test(rest) ? designation(rest) : undefined;
    case 'M':
      return /^[0-9A-Fa-f]{4}(?:[0-9A-Fa-f]{2})?$/.test(rest) ? designation(rest) : undefined;
    case 'Z': {
      // Agreed between two systems; its text is kept because nobody else knows what it means.
      const escape = String.fromCharCode(delimiters.escape);
      return /^[^|^~&\r\n]*$/.test(rest) ? escape + body + escape : undefined;
    }
    case '.':
      return layoutOf(rest.toLowerCase());
    default:
      return rest === '' ? letterOf(body, delimiters) : undefined;
  }
}

function letterOf(letter: string, delimiters: Delimiters): string | undefined {
  if (letter === 'H' || letter === 'N') return ''; // highlighting on and off: not part of the text
  const code = delimiterOf(letter, delimiters);
  return code < 0 ? undefined : String.fromCharCode(code);
}

function delimiterOf(letter: string, delimiters: Delimiters): number {
  switch (letter) {
    case 'F':
      return delimiters.field;
    case 'S':
      return delimiters.component;
    case 'T':
      return delimiters.subcomponent;
    case 'R':
      return delimiters.repetition;
    case 'E':
      return delimiters.escape;
    case 'P':
      return delimiters.truncation;
    default:
      return -1;
  }
}

/** `\X0D0A\`: bytes in the character set of the message. NUL is text in no character set, so it is not accepted. */
function bytesOf(hexadecimal: string): string | undefined {
  if (!/^(?:[0-9A-Fa-f]{2})+$/.test(hexadecimal) || /^(?:..)*00/.test(hexadecimal)) return undefined;
  return Buffer.from(hexadecimal, 'hex').toString('latin1');
}

/** `\C2842\`, `\M2442\`: the ISO 2022 sequence that switches the character set from here on. */
const designation = (hexadecimal: string): string => `\x1b${Buffer.from(hexadecimal, 'hex').toString('latin1')}`;

/** The layout commands of FT (ch. 2.7.6): line breaks and gaps are kept, fill mode and indents are not text. */
function layoutOf(command: string): string | undefined {
  const [, name, number] = /^(br|sp|sk|ce|fi|nf|in|ti)\s*\+?(-?\d{0,4})$/.exec(command) ?? [];
  const count = number === undefined || number === '' ? 1 : Number(number);
  switch (name) {
    case 'br':
    case 'ce':
      return '\n';
    case 'sp':
      return count >= 0 && count <= longestGap ? '\n'.repeat(count) : undefined;
    case 'sk':
      return count >= 0 && count <= longestGap ? ' '.repeat(count) : undefined;
    case undefined:
      return undefined;
    default:
      return '';
  }
}

/** Escapes text for a message with these delimiters: the inverse of {@link unescape}. */
export function escapeText(text: string, delimiters: Delimiters): string {
  let escaped = '';
  for (const character of text) escaped += escapeCharacter(character, delimiters);
  return escaped;
}

function escapeCharacter(character: string, delimiters: Delimiters): string {
  const code = character.charCodeAt(0);
  const escape = String.fromCharCode(delimiters.escape);
  const letter = 'FSTREP'.split('').find((each) => delimiterOf(each, delimiters) === code);
  if (letter) return escape + letter + escape;
  if (code === 13 || code === 10 || code === 28)
    return `${escape}X${code.toString(16).padStart(2, '0').toUpperCase()}${escape}`;
  return character;
}
