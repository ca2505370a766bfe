// Reads a payload of one or many HL7 v2 messages, alone, concatenated, framed by MLLP or in FHS/BHS batches.
import type { Envelope } from '../../model/envelope.js';
import { issue, type Issue } from '../../model/issue.js';
import { refusal, success, type Result } from '../../model/result.js';
import type { SourceMessage } from '../../model/source.js';
import { reconcile } from './batch.js';
import { chooseCharset } from './charset.js';
import { readDelimiters, type Delimiters } from './delimiters.js';
import { lexiconOf, type Hl7v2Dictionary, type Lexicon } from './dictionary.js';
import { findingsOf } from './findings.js';
import { findHeaders, firstText, type Header } from './headers.js';
import { Hl7v2Message } from './message.js';
import { eventCode, headerEnd, MessageHeader } from './message-header.js';
import { placeSegments } from './placement.js';
import { readSegments } from './segments.js';
import { structureOf } from './structure.js';
import { narrow } from './wide.js';

export interface Hl7v2Payload {
  /** Of the payload as a whole: nothing readable in it, or batch counts that disagree. */
  readonly issues: readonly Issue[];
  /** In source order, each read when it is asked for; a refused message says where it stands. */
  readonly messages: Iterable<Result<SourceMessage>>;
}

/** Reads every message of a payload. Never throws on content; linear in the payload's size. */
export function readHl7v2(
  envelope: Envelope,
  dictionary: Hl7v2Dictionary,
  limits: { readonly bytes: number },
): Hl7v2Payload {
  const { length } = envelope.bytes;
  if (length > limits.bytes) return refused(issue('read.too-large', { size: length, limit: limits.bytes }));
  const { bytes, payloadOffset } = narrow(bufferOf(envelope.bytes));
  const view = bytes.toString('latin1');
  const headers = findHeaders(view);
  const first = headers[0];
  if (!first || !headers.some(({ name }) => name === 'MSH')) return refused(whyNot(view));
  const issues = strayText(view, first, payloadOffset);
  issues.push(...reconcile(view, headers, payloadOffset));
  return { issues, messages: new MessageReader(lexiconOf(dictionary), bytes, view, headers, payloadOffset) };
}

const refused = (why: Issue): Hl7v2Payload => ({ issues: [why], messages: [] });

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Why a payload without MSH is none: empty, binary, another format, or HL7 without its head. */
function whyNot(view: string): Issue {
  const start = firstText(view, 0, view.length);
  if (start === view.length) return issue('read.empty');
  const head = view.slice(start, start + 65_536);
  const control = firstControl(head);
  const format = 'HL7 v2';
  if (control >= 0) return issue('read.binary', { format }, { position: { path: 'payload', offset: start + control } });
  const context = { position: { path: 'payload', offset: start } };
  const looksLike = { '{': 'JSON', '[': 'JSON', '<': 'XML' }[head.charAt(0)];
  return looksLike ? issue('read.wrong-format', { format, looksLike }, context) : issue('hl7v2.no-msh', {}, context);
}

/** Where the first control character stands that no text file has; -1 where there is none. */
function firstControl(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 27)) return i;
  }
  return -1;
}

function strayText(view: string, first: Header, payloadOffset: (offset: number) => number): Issue[] {
  const start = firstText(view, 0, first.line);
  if (start >= first.line) return [];
  const offset = payloadOffset(start);
  return [issue('hl7v2.before-msh', {}, { position: { path: 'payload', offset } })];
}

/** The messages of a payload, each read when it is its turn. */
class MessageReader implements Iterable<Result<SourceMessage>> {
  readonly #lexicon: Lexicon;
  readonly #bytes: Buffer;
  readonly #view: string;
  readonly #headers: readonly Header[];
  readonly #payloadOffset: (offset: number) => number;

  constructor(
    lexicon: Lexicon,
    bytes: Buffer,
    view: string,
    headers: readonly Header[],
    payloadOffset: (offset: number) => number,
  ) {
    this.#lexicon = lexicon;
    this.#bytes = bytes;
    this.#view = view;
    this.#headers = headers;
    this.#payloadOffset = payloadOffset;
  }

  *[Symbol.iterator](): Generator<Result<SourceMessage>, void, undefined> {
    const headers = this.#headers;
    for (let i = 0; i < headers.length; i++) {
      const { name, start } = headers[i]!;
      if (name === 'MSH') yield this.read(start, headers[i + 1]?.line ?? this.#view.length);
    }
  }

  /** Reads the message between two offsets, or says why it cannot be read. */
  read(start: number, end: number): Result<SourceMessage> {
    const bytes = this.#bytes.subarray(start, end);
    const view = start === 0 && end === this.#view.length ? this.#view : bytes.toString('latin1');
    const at = (path: string, offset: number) => ({ position: { path, offset: this.#payloadOffset(start + offset) } });
    const stop = headerEnd(view);
    const delimiters = readDelimiters(view, 0, stop);
    if (!delimiters) return refusal(issue('hl7v2.bad-delimiters', {}, at('MSH-1', 3)));
    const nul = view.indexOf('\0');
    if (nul >= 0) return refusal(issue('read.binary', { format: 'HL7 v2' }, at('MSH', nul)));
    const header = new MessageHeader(view, bytes, stop, delimiters);
    const message = this.#message(bytes, view, header, delimiters, start);
    return success(message, message.issues);
  }

  #message(bytes: Buffer, plain: string, header: MessageHeader, delimiters: Delimiters, start: number): Hl7v2Message {
    const { dictionary } = this.#lexicon;
    const choice = chooseCharset(header.charsets(), bytes, plain, delimiters.escape);
    const codes = choice.charset.mask?.(bytes) ?? bytes;
    const view = codes === bytes ? plain : codes.toString('latin1');
    const table = readSegments(view, delimiters.field);
    const trigger = header.messageCode(2) || eventCode(codes, table, delimiters);
    const structure = structureOf(dictionary, header.messageCode(1), trigger, header.messageCode(3));
    const { root, outOfPlace } = placeSegments(table.segments, this.#lexicon.structure(structure.name));
    const message = new Hl7v2Message({
      view,
      codes,
      bytes,
      delimiters,
      charset: choice.charset,
      lexicon: this.#lexicon,
      structure: structure.name,
      messageType: header.messageType(),
      sentAt: header.sentAt(),
      segments: table.segments,
      root,
      payloadOffset: (offset) => this.#payloadOffset(start + offset),
    });
    const cutShort = this.#view.charCodeAt(start - 1) === 11 && !view.includes('\x1c');
    message.issues.push(...findingsOf({ message, choice, table, outOfPlace, structure, cutShort }));
    return message;
  }
}
