// Questions about a message grammar that placing segments asks over and over, answered once each.
import type { Grammar } from './grammar.js';

/** How the grammar goes on from one segment to the next: how many groups to leave, then groups to open and the slot to fill. */
export interface Move {
  readonly leave: number;
  readonly path: readonly Grammar[];
}

export class Syntax {
  readonly root: Grammar;
  readonly #names = new Set<string>();
  readonly #moves = new Map<Grammar, Map<string, Move | undefined>>();

  constructor(root: Grammar) {
    this.root = root;
    collectNames(root, this.#names);
  }

  /** True when the structure has a place for the segment at all. */
  knows(segment: string): boolean {
    return this.#names.has(segment);
  }

  /** The move from a filled slot to a segment that may follow it; ask only for segments the grammar knows. */
  next(from: Grammar, segment: string): Move | undefined {
    let moves = this.#moves.get(from);
    if (!moves) this.#moves.set(from, (moves = new Map<string, Move | undefined>()));
    const known = moves.get(segment);
    if (known !== undefined || moves.has(segment)) return known;
    const move = nextMove(from, segment);
    moves.set(segment, move);
    return move;
  }
}

const syntaxes = new WeakMap<Grammar, Syntax>();

/** The one syntax of a grammar. */
export function syntaxOf(root: Grammar): Syntax {
  const known = syntaxes.get(root);
  if (known) return known;
  const made = new Syntax(root);
  syntaxes.set(root, made);
  return made;
}

function collectNames(node: Grammar, into: Set<string>): void {
  if (!node.children) node.names.forEach((name) => into.add(name));
  node.children?.forEach((child) => collectNames(child, into));
}

/**
 * The nearest place for the segment at or behind `from`: the same slot again, a slot further on, or a new repetition
 * of a group we stand in. Groups are opened only by segments that can open them; what is skipped on the way may be
 * missing.
 */
function nextMove(from: Grammar, segment: string): Move | undefined {
  if (from.repeats && from.names.includes(segment)) return { leave: 0, path: [from] };
  let node = from;
  for (let leave = 0; node.parent; leave++) {
    const siblings = node.parent.children ?? [];
    const again = node.children && node.repeats ? [node] : [];
    for (const each of [...again, ...siblings.slice(node.index + 1)]) {
      const path = openingPath(each, segment);
      if (path) return { leave, path };
    }
    node = node.parent;
  }
  return undefined;
}

/** From a node down to the slot of a segment that can open it; undefined where a required segment comes before. */
export function openingPath(node: Grammar, segment: string): readonly Grammar[] | undefined {
  if (!node.children) return node.names.includes(segment) ? [node] : undefined;
  for (const child of node.children) {
    const path = openingPath(child, segment);
    if (path) return [node, ...path];
    if (isRequired(child)) return undefined;
  }
  return undefined;
}

const isRequired = (node: Grammar): boolean =>
  node.required && (node.children === undefined || node.children.some(isRequired));

/** From a node down to the first slot of a segment, whatever is missing before it. */
export function anyPath(node: Grammar, segment: string): readonly Grammar[] | undefined {
  if (!node.children) return node.names.includes(segment) ? [node] : undefined;
  for (const child of node.children) {
    const path = anyPath(child, segment);
    if (path) return [node, ...path];
  }
  return undefined;
}

/** The slot of a segment directly in a group. */
export const directSlot = (group: Grammar, segment: string): Grammar | undefined =>
  group.children?.find((child) => !child.children && child.names.includes(segment));
