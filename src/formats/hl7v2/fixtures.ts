// For the tests of this room: synthetic messages and the few lines it takes to read one.
import { compileHl7v2Dictionary } from '../../../build/hl7v2-dictionary.js';
import type { Issue } from '../../model/issue.js';
import type { Result } from '../../model/result.js';
import type { SourceMessage } from '../../model/source.js';
import type { Hl7v2Message } from './message.js';
import { readHl7v2 } from './read.js';

export const dictionary = compileHl7v2Dictionary();

export interface ReadPayload {
  readonly issues: readonly Issue[];
  readonly messages: readonly Result<SourceMessage>[];
}

export function readPayload(payload: string | Uint8Array, bytes = 100_000_000): ReadPayload {
  const envelope = {
    bytes: typeof payload === 'string' ? Buffer.from(payload) : payload,
    digest: '',
    feed: 'test',
    receivedAt: '2026-01-31T08:00:00.000Z',
  };
  const { issues, messages } = readHl7v2(envelope, dictionary, { bytes });
  return { issues, messages: [...messages] };
}

/** The one message of a payload. */
export function readOne(payload: string | Uint8Array): Hl7v2Message {
  const { messages, issues } = readPayload(payload);
  const [message] = messages;
  if (!message?.ok) throw new Error([...issues, ...(message?.issues ?? [])].map(({ text }) => text).join(' '));
  return message.value as Hl7v2Message;
}

export const codes = (issues: readonly Issue[]): string[] => issues.map(({ code }) => code);

/** A message of these segments below an MSH, each ended by CR. */
export function messageOf(type: string, ...segments: readonly string[]): string {
  return [`MSH|^~\\&|LAB|NORTH|EHR|CITY|20260131080000||${type}|1|P|2.5.1`, ...segments, ''].join('\r');
}
