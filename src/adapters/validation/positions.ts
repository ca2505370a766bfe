// Where in the text an issue stands. The text is read again for it, and only when there is an issue.
import { parseJson, type JsonTree } from '../../formats/json/tree.js';
import { memberOf, pointerOf, type JsonNode } from '../../formats/json/node.js';
import { openText } from '../../formats/payload/text-payload.js';
import type { Issue, Position } from '../../model/issue.js';
import { withoutComments } from './json-comments.js';

/** Deeper than what is validated. */
const deepest = 200;

/** A step of an expression: `name[0]`, `value`, `ofType(Quantity)`. */
const step = /([A-Za-z][A-Za-z0-9]*)(?:\(([A-Za-z]+)\))?(?:\[(\d+)\])?/g;

/** The member of that name; of a choice, the one of any type. An id or extension of a primitive stands beside it. */
function childOf(node: JsonNode, name: string): JsonNode | undefined {
  const choice = new RegExp(`^_?${name}([A-Z].*)?$`);
  return memberOf(node, name) ?? node.members?.find(({ key }) => choice.test(String(key)));
}

/** What stands where the expression leads: the last node on the way that is there. */
export function nodeAt(root: JsonNode, expression: string): JsonNode {
  let node = root;
  const [, ...steps] = [...expression.matchAll(step)];
  for (const [, name = '', type, index] of steps) {
    if (type !== undefined && name === 'ofType') continue;
    const child = childOf(node, name);
    if (child === undefined) return node;
    node = child;
    if (child.items !== undefined) node = child.items[Number(index ?? 0)] ?? child;
  }
  return node;
}

const newline = 0x0a;

/** Offsets of the first byte of each line. */
function lineStarts(bytes: Uint8Array): readonly number[] {
  const starts = [0];
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) starts.push(at + 1);
  return starts;
}

interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

/** Line and column of a byte, from 1; columns are counted in bytes. */
function lineAndColumn(starts: readonly number[], offset: number): LineAndColumn {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}

/** A member is looked for by its name, an item by its value. */
function startOf({ key, parent, start }: JsonNode, bytes: Buffer): number {
  if (typeof key === 'number' || parent === undefined) return start;
  const closing = bytes.lastIndexOf('"', start - 1);
  const opening = bytes.lastIndexOf('"', closing - 1);
  return opening < parent.start ? start : opening;
}

/** A way from the root of the text to the resource, whose expressions are told from it. */
export type Within = (root: JsonNode) => JsonNode | undefined;

/** The text as a tree; undefined when it is no JSON. */
function treeOf(text: Uint8Array): JsonTree | undefined {
  const { bytes } = withoutComments(text);
  const payload = openText({ bytes, digest: '', feed: '', receivedAt: '' }, 'JSON', { bytes: bytes.length });
  const tree = payload.ok ? parseJson(payload.value, deepest) : payload;
  return tree.ok ? tree.value : undefined;
}

function positionOf(node: JsonNode, { payload }: JsonTree): Position {
  const offset = payload.offsetOf(startOf(node, payload.bytes));
  return { path: pointerOf(node), ...(offset !== undefined && { offset }) };
}

/**
 * Adds to each issue where in the text it stands: JSON pointer, byte, line and column. Issues of the text itself keep theirs.
 *
 * @param within the resource that the expressions are about; absent: the text is the resource.
 */
export function withPositions(issues: readonly Issue[], text: Uint8Array, within: Within = (root) => root): Issue[] {
  if (issues.length === 0) return [];
  const tree = treeOf(text);
  const root = tree && within(tree.root);
  const starts = lineStarts(text);
  return issues.map((issue) => {
    const { expression } = issue;
    const found =
      root === undefined || expression === undefined ? undefined : positionOf(nodeAt(root, expression), tree!);
    const position = issue.position ?? found;
    if (position?.offset === undefined) return position === undefined ? issue : { ...issue, position };
    return { ...issue, position: { ...position, ...lineAndColumn(starts, position.offset) } };
  });
}
