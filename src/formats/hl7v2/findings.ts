// What reading a message found worth saying, in source order.
import { issue, type Issue } from '../../model/issue.js';
import type { CharsetChoice } from './charset.js';
import { badEscapes } from './escapes.js';
import type { Hl7v2Message } from './message.js';
import { Level, Span, type Segment } from './places.js';
import type { SegmentTable } from './segments.js';
import type { Structure } from './structure.js';

export interface Reading {
  readonly message: Hl7v2Message;
  readonly choice: CharsetChoice;
  readonly table: SegmentTable;
  readonly outOfPlace: readonly Segment[];
  readonly structure: Structure;
  /** The message came in an MLLP block whose end is missing. */
  readonly cutShort: boolean;
}

/** Of one kind, no more than this many are listed: the rest says the same. */
const mostOfAKind = 100;

export function findingsOf(reading: Reading): Issue[] {
  const found = [
    ...header(reading),
    ...charset(reading),
    ...oddLines(reading),
    ...outOfPlace(reading),
    ...escapes(reading),
    ...truncatedValues(reading),
    ...ending(reading),
  ];
  return found.sort((a, b) => (a.position?.offset ?? 0) - (b.position?.offset ?? 0));
}

/** The position of a leaf, or of whatever stands at an offset of the message. */
const at = (message: Hl7v2Message, offset: number) => ({
  position: message.positionOf(new Span(offset, offset + 1, Level.subcomponent)),
});

const atField = (message: Hl7v2Message, field: number) => {
  const offset = message.segments[0] ? (message.fieldsOf(message.segments[0])[field] ?? 0) : 0;
  return { position: { path: `MSH-${field}`, offset: message.payloadOffset(offset) } };
};

function header({ message, structure }: Reading): Issue[] {
  const found: Issue[] = [];
  if (message.delimiters.doubled) found.push(issue('hl7v2.doubled-escape', {}, atField(message, 2)));
  if (message.messageType === '') found.push(issue('hl7v2.no-message-type', {}, atField(message, 9)));
  else if (!structure.known)
    found.push(issue('hl7v2.unknown-structure', { structure: structure.name }, atField(message, 9)));
  return found;
}

function charset({ message, choice }: Reading): Issue[] {
  const readAs = choice.charset.name;
  const found = choice.unknown ? [issue('read.unknown-charset', { readAs }, atField(message, 18))] : [];
  if (!choice.mismatch) return found;
  const args = { charset: choice.mismatch.charset, readAs };
  return [...found, issue('read.encoding', args, at(message, choice.mismatch.offset))];
}

function oddLines({ message, table }: Reading): Issue[] {
  return table.oddLines
    .slice(0, mostOfAKind)
    .map(({ offset }) => issue('hl7v2.bad-segment-name', {}, at(message, offset)));
}

function outOfPlace({ message, outOfPlace: segments, structure }: Reading): Issue[] {
  return segments
    .slice(0, mostOfAKind)
    .map((segment) =>
      issue(
        'hl7v2.out-of-place',
        { segment: segment.name, structure: structure.name },
        { position: message.positionOf(segment) },
      ),
    );
}

function escapes({ message }: Reading): Issue[] {
  const [first] = message.segments;
  const from = first ? message.valuesFrom(first) : 0;
  return badEscapes(message.view, from, message.delimiters, mostOfAKind).map((offset) =>
    issue('hl7v2.bad-escape', {}, at(message, offset)),
  );
}

/** Values that end with the truncation character (v2.7, ch. 2.5.5.2). */
function truncatedValues({ message }: Reading): Issue[] {
  const { delimiters, view } = message;
  const found: Issue[] = [];
  if (delimiters.truncation < 0) return found;
  message.eachLeaf((start, end) => {
    if (view.charCodeAt(end - 1) !== delimiters.truncation || found.length === mostOfAKind) return;
    found.push(
      issue('hl7v2.truncated-value', {}, { position: message.positionOf(new Span(start, end, Level.subcomponent)) }),
    );
  });
  return found;
}

/** A last segment without terminator: surely cut short where it makes no sense as it is, perhaps where it does. */
function ending({ message, table, cutShort }: Reading): Issue[] {
  const last = message.segments.at(-1);
  if (!last || (table.terminated && !cutShort)) return [];
  const odd = table.oddLines.at(-1);
  const surely = cutShort || last.end <= last.start + 4 || (odd !== undefined && odd.offset >= last.start);
  return [
    issue(surely || endsInside(message, last) ? 'hl7v2.truncated' : 'hl7v2.unterminated', {}, atEnd(message, last)),
  ];
}

const atEnd = (message: Hl7v2Message, last: Segment) => ({
  position: { path: message.positionOf(last).path, offset: message.payloadOffset(last.end) },
});

/** True when the last thing in the message is an escape sequence or a character that is not complete. */
function endsInside({ view, bytes, delimiters, charsetName }: Hl7v2Message, last: Segment): boolean {
  const tail = view.slice(Math.max(last.start, last.end - 64), last.end);
  const open = tail.lastIndexOf(String.fromCharCode(delimiters.escape));
  const unclosed = delimiters.escape >= 0 && open >= 0 && tail.split(tail.charAt(open)).length % 2 === 0;
  return unclosed || (charsetName === 'UTF-8' && cutInCharacter(bytes.subarray(Math.max(0, last.end - 4), last.end)));
}

/** True when the last bytes begin a character of UTF-8 and do not end it. */
function cutInCharacter(tail: Uint8Array): boolean {
  const lead = tail.findLastIndex((byte) => byte >= 0xc0);
  if (lead < 0) return false;
  const byte = tail[lead] ?? 0;
  return tail.length - lead < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2);
}
