// A JSON payload to source messages: one for the text, or one for each item of a top-level array.
import type { Envelope } from '../../model/envelope.js';
import { issue, type Issue } from '../../model/issue.js';
import { refusal, success, type Result } from '../../model/result.js';
import type { SourceMessage } from '../../model/source.js';
import { looksLike } from '../payload/looks-like.js';
import { openText, type TextPayload } from '../payload/text-payload.js';
import { isSpace, openArray, openObject } from './characters.js';
import { describeJson } from './description.js';
import { JsonMessage } from './message.js';
import { pointerOf, type JsonNode } from './node.js';
import { parseJson, positionIn, type JsonTree } from './tree.js';

export interface JsonReading {
  /** Pointers to the members that name the message type; their texts joined by `.` are the structure. */
  readonly messageType: readonly string[];
  /** Pointer to the member that tells when the message was made. */
  readonly messageTime?: string | undefined;
  readonly limits: { readonly bytes: number; readonly depth: number };
}

export interface JsonPayload {
  /** What is wrong with, or worth saying of, the payload as a whole. */
  readonly issues: readonly Issue[];
  readonly messages: readonly Result<SourceMessage>[];
}

/**
 * Reads a payload of JSON (RFC 8259). Empty, binary, too large, too deep, ill-formed or altogether different payloads
 * give no message and an issue that says where; an item without its message type is refused by itself
 * (`json.no-message-type`). Inside an item of a top-level array, `#/` and positions start at the item.
 */
export function readJson(envelope: Envelope, reading: JsonReading): JsonPayload {
  const payload = openText(envelope, 'JSON', reading.limits);
  if (!payload.ok) return { issues: payload.issues, messages: [] };
  if (!startsAsJson(payload.value)) return { issues: [...payload.issues, wrongFormat(payload.value)], messages: [] };
  const tree = parseJson(payload.value, reading.limits.depth);
  const issues = [...payload.issues, ...tree.issues];
  if (!tree.ok) return { issues, messages: [] };
  if (tree.value.root.items?.length === 0) return { issues: [...issues, issue('read.empty')], messages: [] };
  return { issues, messages: messagesOf(tree.value, reading) };
}

function startsAsJson({ bytes, from }: TextPayload): boolean {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return bytes[at] === openObject || bytes[at] === openArray;
}

const wrongFormat = ({ bytes }: TextPayload): Issue =>
  issue('read.wrong-format', { format: 'JSON', looksLike: looksLike(bytes) });

function messagesOf(tree: JsonTree, { messageType, messageTime }: JsonReading): Result<SourceMessage>[] {
  const types = messageType.map(textReader);
  const time = messageTime === undefined ? () => undefined : textReader(messageTime);
  return (tree.root.items ?? [tree.root]).map((root) => {
    const whole = new JsonMessage(tree, root, '', []);
    const names = types.map((type) => type(whole));
    if (!names.every(isTypeName)) return nameless(tree, root, messageType);
    return success(new JsonMessage(tree, root, names.join('.'), [], time(whole)));
  });
}

function nameless(tree: JsonTree, root: JsonNode, paths: readonly string[]): Result<SourceMessage> {
  const position = positionIn(tree.payload, pointerOf(root), root.start);
  return refusal(issue('json.no-message-type', { paths: paths.join(', ') }, { position }));
}

/** Reads the text at a pointer of the configuration. */
function textReader(pointer: string): (message: SourceMessage) => string | undefined {
  const path = describeJson().path(pointer, { kind: 'message', structures: [] });
  if ('mend' in path) throw new TypeError(path.reason);
  return (message) => {
    const place = path.first(message, message.root);
    return place && message.text(place);
  };
}

/** A message type is told in issues and logs: what no event is called like is not taken for one. */
const isTypeName = (text: string | undefined): boolean => text !== undefined && /^[\w .:/-]{1,60}$/.test(text);
