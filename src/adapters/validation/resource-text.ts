// The text of a resource to the value that validation reads: decimals keep their text, a member that comes twice is told.
import { parseJson, type JsonTree } from '../../formats/json/tree.js';
import { pointerOf, type JsonNode } from '../../formats/json/node.js';
import { stringText } from '../../formats/json/scalar.js';
import { openText, type TextPayload } from '../../formats/payload/text-payload.js';
import { issue, type Issue } from '../../model/issue.js';
import { Decimal, type JsonObject, type JsonValue, type MutableObject, type MutableValue } from '../../model/json.js';
import { refusal, success, type Result } from '../../model/result.js';
import { sha256 } from '../definitions/artifacts.js';
import { withoutComments } from './json-comments.js';

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

/** The first value after a byte: what a comment there stands before. */
function following(node: JsonNode, offset: number): JsonNode | undefined {
  if (node.start > offset) return node;
  for (const child of node.members ?? node.items ?? []) {
    const found = following(child, offset);
    if (found !== undefined) return found;
  }
  return undefined;
}

const commentIssue = (offset: number, root: JsonNode): Issue => {
  const next = following(root, offset) ?? root;
  return issue('json.comment', {}, { position: { path: pointerOf(next), offset } });
};

/** A text as a tree, without its comments; they are only looked for in what cannot be read as it is. */
function readTree(text: Uint8Array, limit: number): Result<JsonTree> {
  const payload = openText({ bytes: text, digest: sha256(text), feed: '', receivedAt: '' }, 'JSON', { bytes: limit });
  if (!payload.ok) return payload;
  const tree = parseJson(payload.value, deepest);
  if (tree.ok) return success(tree.value, [...payload.issues, ...tree.issues]);
  const { bytes, comments } = withoutComments(text);
  const again = comments.length === 0 ? tree : readTree(bytes, limit);
  if (!again.ok) return tree;
  return success(again.value, [...comments.map((each) => commentIssue(each, again.value.root)), ...again.issues]);
}

/**
 * Reads the text of a resource. Refuses what is no JSON object (`json.syntax`, `json.depth`, `read.*`); a member that comes
 * twice is an issue beside the value (`json.duplicate-key`), its first value the one that is read, and so is a comment
 * (`json.comment`).
 *
 * @param limit most bytes.
 */
export function readResource(bytes: Uint8Array, limit: number): Result<JsonObject> {
  const tree = readTree(bytes, limit);
  if (!tree.ok) return tree;
  const value = valueOf(tree.value.root, tree.value.payload) as JsonValue;
  if (!isObject(value)) return refusal(issue('json.syntax', { reason: 'a resource is an object' }));
  return success(
    value,
    tree.issues.map((each) => located(each, value)),
  );
}
