// Source paths of JSON: pointers that start at a value and take an array for its items, compiled to closures.
//
//   /Demographics/DOB    a member of a member of the value
//   #/Meta/EventDateTime from the message's top
//   1/ID                 from the object around it (Relative JSON Pointer; an array is no level of its own)
//   /Orders/*/ID         `*` says what is done anyway: each item of the array; it tells the compiler that it repeats
//   /Orders/0            one item
//   .                    the value itself
//
// JSON has no schema here, so whether a pointer repeats is known only at run time: `all` gives every item of the arrays
// on its way, `first` the first of them, and only a pointer with `*` is called repeating.
import { isPopulated, memberOf, type JsonNode } from './node.js';

export interface Pointer {
  readonly from: 'here' | 'top';
  /** Levels to go up first. */
  readonly up: number;
  readonly tokens: readonly string[];
}

/** The pointer, or the reason why the text is none. */
export function parsePointer(text: string): Pointer | string {
  if (text === '.') return { from: 'here', up: 0, tokens: [] };
  const shape = /^(#|\d*)((?:\/[^/]*)*)$/.exec(text);
  if (!shape) return 'a pointer starts with /, #/ or a number of levels';
  const [, start = '', rest = ''] = shape;
  if (start === '' && rest === '') return 'the path is empty';
  if (/~(?![01])/.test(rest)) return 'a ~ stands for itself as ~0';
  const tokens = rest.split('/').slice(1).map(unescaped);
  if (tokens.includes('')) return 'a step of the pointer is empty';
  return { from: start === '#' ? 'top' : 'here', up: start === '#' ? 0 : Number(start), tokens };
}

const unescaped = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');

const indexPattern = /^(?:0|[1-9]\d*)$/;

/** Calls `visit` for every populated value the tokens lead to, in source order, until it answers true. */
export type Walk = (node: JsonNode, visit: (found: JsonNode) => boolean) => boolean;

const arrive: Walk = (node, visit) => {
  if (!node.items) return isPopulated(node) && visit(node);
  return node.items.some((item) => arrive(item, visit));
};

/** The walk along the tokens from `at` on. */
export function compileWalk(tokens: readonly string[], at = 0): Walk {
  const token = tokens[at];
  if (token === undefined) return arrive;
  const next = compileWalk(tokens, at + 1);
  if (token === '*') return everyItem(next);
  const index = indexPattern.test(token) ? Number(token) : -1;
  const step: Walk = (node, visit) => {
    const item = index < 0 ? undefined : node.items?.[index];
    if (item) return next(item, visit);
    if (node.items) return index < 0 && node.items.some((inner) => step(inner, visit));
    const member = memberOf(node, token);
    return member !== undefined && next(member, visit);
  };
  return step;
}

const everyItem =
  (next: Walk): Walk =>
  (node, visit) =>
    node.items ? node.items.some((item) => next(item, visit)) : next(node, visit);

/** The object `levels` above a value; arrays are passed without being counted. */
export function ancestor(node: JsonNode, levels: number, top: JsonNode): JsonNode | undefined {
  let at: JsonNode | undefined = node;
  for (let left = levels; left > 0; left--) {
    do at = at === top ? undefined : at?.parent;
    while (at?.items);
  }
  return at;
}
