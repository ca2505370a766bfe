// The text of a resource to the value that validation reads: decimals keep their text, a member that comes twice is told.
import { parseJson } from '../../formats/json/tree.js';
import type { JsonNode } from '../../formats/json/node.js';
import { stringText } from '../../formats/json/scalar.js';
import { openText, type TextPayload } from '../../formats/payload/text-payload.js';
import { issue, type Issue } from '../../model/issue.js';
import { Decimal, type JsonObject, type JsonValue, type MutableObject, type MutableValue } from '../../model/json.js';
import { refusal, success, type Result } from '../../model/result.js';
import { sha256 } from '../definitions/artifacts.js';

const deepest = 200;

const numberOf = (text: string): number | Decimal => {
  const value = Number(text);
  return String(value) === text ? value : new Decimal(text);
};

function objectOf(node: JsonNode, payload: TextPayload): MutableObject {
  const object: MutableObject = {};
  for (const member of node.members ?? []) {
    if (member.key === '__proto__') continue;
    object[String(member.key)] = valueOf(member, payload);
  }
  return object;
}

function valueOf(node: JsonNode, payload: TextPayload): MutableValue {
  if (node.items !== undefined) return node.items.map((item) => valueOf(item, payload));
  if (node.kind === 'object') return objectOf(node, payload);
  if (node.kind === 'string') return stringText(payload, node.start, node.end);
  if (node.kind === 'null') return null;
  const text = payload.decode(node.start, node.end);
  return node.kind === 'number' ? numberOf(text) : text === 'true';
}

/** A FHIRPath of the object at a JSON pointer: `/name/0/given` is `Patient.name[0].given`. */
const expressionAt = (pointer: string, root: JsonObject): string => {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`));
  return (typeof root.resourceType === 'string' ? root.resourceType : 'Resource') + steps.join('');
};

const located = ({ position, ...rest }: Issue, root: JsonObject): Issue => ({
  ...rest,
  ...(position && { position, expression: expressionAt(position.path, root) }),
});

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the text of a resource. Refuses what is no JSON object (`json.syntax`, `json.depth`, `read.*`); a member that comes
 * twice is an issue beside the value (`json.duplicate-key`), its first value the one that is read.
 *
 * @param limit most bytes.
 */
export function readResource(bytes: Uint8Array, limit: number): Result<JsonObject> {
  const envelope = { bytes, digest: sha256(bytes), feed: '', receivedAt: '' };
  const payload = openText(envelope, 'JSON', { bytes: limit });
  if (!payload.ok) return payload;
  const tree = parseJson(payload.value, deepest);
  if (!tree.ok) return tree;
  const value = valueOf(tree.value.root, tree.value.payload) as JsonValue;
  if (!isObject(value)) return refusal(issue('json.syntax', { reason: 'a resource is an object' }));
  return success(
    value,
    [...payload.issues, ...tree.issues].map((each) => located(each, value)),
  );
}
