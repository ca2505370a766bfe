// The tree of a JSON text: nodes of our own, so that no member name (`__proto__`) can mean anything to JavaScript, and
// every value knows its bytes. Only populated leaves are numbered; a container without one counts as absent.
import type { Place } from '../../model/source.js';

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

export interface JsonNode extends Place {
  readonly kind: JsonKind;
  /** Bytes of the payload, from the first of the value to before `end`. */
  readonly start: number;
  end: number;
  readonly parent: JsonNode | undefined;
  /** Member name in an object, index in an array, '' at the top. */
  readonly key: string | number;
  /** Number of the first populated leaf in it; with `lastLeaf` (exclusive) the range it covers. */
  readonly firstLeaf: number;
  lastLeaf: number;
  /** Objects: the members in source order; of a name that comes twice, the first. */
  readonly members: JsonNode[] | undefined;
  /** Objects of many members: the same by name. */
  byName: Map<string, JsonNode> | undefined;
  /** Arrays: the items. */
  readonly items: JsonNode[] | undefined;
}

/** Below this many members a look through them is quicker than a Map, and much smaller. */
const manyMembers = 16;

/** The member of that name; undefined in what is no object. */
export function memberOf({ members, byName }: JsonNode, name: string): JsonNode | undefined {
  return byName ? byName.get(name) : members?.find(({ key }) => key === name);
}

/** Adds a member to an object that has none of its name. */
export function addMember(object: JsonNode, member: JsonNode): void {
  const { members, byName } = object;
  members?.push(member);
  if (byName) byName.set(String(member.key), member);
  else if (members?.length === manyMembers) object.byName = new Map(members.map((each) => [String(each.key), each]));
}

export const isPopulated = (node: JsonNode): boolean => node.lastLeaf > node.firstLeaf;

/** RFC 6901 section 3: `~` and `/` in a member name. */
const escaped = (key: string | number): string =>
  typeof key === 'number' ? String(key) : key.replaceAll('~', '~0').replaceAll('/', '~1');

/** The JSON Pointer of a node (RFC 6901) from the text's top, or from `top`. */
export function pointerOf(node: JsonNode, top?: JsonNode): string {
  const tokens: string[] = [];
  for (let at = node; at !== top && at.parent; at = at.parent) tokens.push('/' + escaped(at.key));
  return tokens.reverse().join('');
}

/** The pointer with a star for every index; what residuals are counted by. */
export function patternOf(node: JsonNode, top?: JsonNode): string {
  const tokens: string[] = [];
  for (let at = node; at !== top && at.parent; at = at.parent) {
    tokens.push(typeof at.key === 'number' ? '/*' : '/' + escaped(at.key));
  }
  return tokens.reverse().join('');
}
