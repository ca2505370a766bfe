// Puts the segments of a message into the group tree of its structure. The grammar is followed where the message
// follows it; where it does not, each segment goes to the nearest group it fits, and nothing is lost.
import type { Grammar } from './grammar.js';
import { Group, type Segment } from './places.js';
import { anyPath, directSlot, openingPath, syntaxOf, type Move, type Syntax } from './syntax.js';

export interface Placement {
  readonly root: Group;
  /** Segments that stand where the grammar has no place for them; Z segments have none to miss. */
  readonly outOfPlace: readonly Segment[];
}

/** Groups segments by a grammar; without one they all stand in the root. */
export function placeSegments(segments: readonly Segment[], grammar: Grammar | undefined): Placement {
  return grammar ? new Placer(syntaxOf(grammar)).placeAll(segments) : { root: flat(segments), outOfPlace: [] };
}

function flat(segments: readonly Segment[]): Group {
  const root = new Group('', undefined, undefined);
  for (const segment of segments) root.add(segment);
  return root;
}

/** A group while it is being filled. */
class OpenGroup extends Group {
  declare readonly grammar: Grammar;
  declare readonly parent: OpenGroup | undefined;
  /** The slot that was filled last. */
  at = 0;
  /** Opened by a segment that cannot open it: required segments before it are still missing. */
  headless = false;
  /** The last instance of each child group, by slot. */
  instances: OpenGroup[] | undefined = undefined;
  #names: Set<string> | undefined;

  constructor(grammar: Grammar, parent?: OpenGroup) {
    super(grammar.names[0] ?? '', grammar, parent);
  }

  override add(segment: Segment): void {
    super.add(segment);
    this.#names?.add(segment.name);
  }

  /** Takes in a group that is about to be filled. */
  begin(child: OpenGroup): void {
    (this.instances ??= [])[child.grammar.index] = child;
    this.hold(child);
  }

  holds(name: string): boolean {
    this.#names ??= new Set(this.children.map((child) => child.name));
    return this.#names.has(name);
  }
}

class Placer {
  readonly #syntax: Syntax;
  readonly #outOfPlace: Segment[] = [];
  readonly #root: OpenGroup;
  #group: OpenGroup;
  #slot: Grammar;
  /** How the grammar went on when it was last asked: segments of one name come in rows. */
  #asked: { readonly from: Grammar; readonly name: string; readonly move: Move | undefined } | undefined;

  constructor(syntax: Syntax) {
    this.#syntax = syntax;
    this.#root = new OpenGroup(syntax.root);
    this.#group = this.#root;
    this.#slot = syntax.root.children?.[0] ?? syntax.root;
  }

  placeAll(segments: readonly Segment[]): Placement {
    for (const segment of segments)
      if (segment.index === 0) this.#root.add(segment);
      else this.#place(segment);
    return { root: this.#root, outOfPlace: this.#outOfPlace };
  }

  #place(segment: Segment): void {
    if (!this.#syntax.knows(segment.name)) this.#keep(segment);
    else if (!this.#complete(segment) && !this.#follow(segment)) this.#fit(segment);
  }

  /** A segment the structure does not know stays where it was sent: with the segment before it. */
  #keep(segment: Segment): void {
    this.#group.add(segment);
    if (!segment.name.startsWith('Z')) this.#outOfPlace.push(segment);
  }

  /** The missing head of a group that a later segment had to open. */
  #complete(segment: Segment): boolean {
    for (let group: OpenGroup | undefined = this.#group; group; group = group.parent) {
      const slot = group.headless ? directSlot(group.grammar, segment.name) : undefined;
      if (!group.headless || !slot?.required || slot.index >= group.at || group.holds(segment.name)) continue;
      group.add(segment);
      this.#outOfPlace.push(segment);
      return true;
    }
    return false;
  }

  /** The way the grammar goes. */
  #follow(segment: Segment): boolean {
    const move = this.#next(segment.name);
    if (!move) return false;
    for (let i = 0; i < move.leave; i++) this.#group = this.#group.parent ?? this.#root;
    this.#open(this.#group, move.path, segment);
    return true;
  }

  #next(name: string): Move | undefined {
    const from = this.#slot;
    if (this.#asked?.from !== from || this.#asked.name !== name)
      this.#asked = { from, name, move: this.#syntax.next(from, name) };
    return this.#asked.move;
  }

  /** Opens groups under `group` down to the slot and goes on from there. */
  #open(group: OpenGroup, path: readonly Grammar[], segment: Segment): void {
    let open = group;
    for (const node of path) {
      open.at = node.index;
      if (!node.children) break;
      const child: OpenGroup = new OpenGroup(node, open);
      open.begin(child);
      open = child;
    }
    open.add(segment);
    this.#group = open;
    this.#slot = path.at(-1) as Grammar;
  }

  /** Out of order: the nearest open group that has a slot, else a group further on, else one already passed. */
  #fit(segment: Segment): void {
    this.#outOfPlace.push(segment);
    if (!this.#fitAhead(segment)) this.#fitBehind(segment);
  }

  #fitAhead(segment: Segment): boolean {
    for (let group: OpenGroup | undefined = this.#group; group; group = group.parent) {
      if (directSlot(group.grammar, segment.name)) {
        this.#fillOrRepeat(group, segment);
        return true;
      }
      const path = pathAmong(group, segment.name, group.at + 1, Infinity);
      if (path) {
        this.#openHeadless(group, path, segment);
        return true;
      }
    }
    return false;
  }

  /** Into the slot while it is free; else a new repetition of the nearest group that repeats, if one does. */
  #fillOrRepeat(group: OpenGroup, segment: Segment): void {
    const free = directSlot(group.grammar, segment.name)?.repeats || !group.holds(segment.name);
    let repeating: OpenGroup | undefined = free ? undefined : group;
    while (repeating && !repeating.grammar.repeats) repeating = repeating.parent;
    const path = repeating && anyPath(repeating.grammar, segment.name);
    if (repeating?.parent && path) this.#openHeadless(repeating.parent, path, segment);
    else group.add(segment);
  }

  #fitBehind(segment: Segment): void {
    for (let group: OpenGroup | undefined = this.#group; group; group = group.parent) {
      const path = pathAmong(group, segment.name, 0, group.at);
      if (!path) continue;
      this.#reenter(group, path, segment);
      return;
    }
    this.#group.add(segment);
  }

  /** Into the last instances of the groups on the path, as far as they exist. */
  #reenter(group: OpenGroup, path: readonly Grammar[], segment: Segment): void {
    const [node] = path as [Grammar];
    const instance = group.instances?.[node.index];
    if (!instance || (node.repeats && openingPath(node, segment.name))) this.#openHeadless(group, path, segment);
    else if (path.length === 2) this.#fillOrRepeat(instance, segment);
    else this.#reenter(instance, path.slice(1), segment);
  }

  #openHeadless(group: OpenGroup, path: readonly Grammar[], segment: Segment): void {
    this.#open(group, path, segment);
    for (let open: OpenGroup | undefined = this.#group; open && open !== group; open = open.parent) {
      const { at, grammar } = open;
      open.headless = (grammar.children ?? []).some((child) => child.index < at && child.required && !child.children);
    }
  }
}

/** A path to the segment through the child groups at the slots from `first` to `last`. */
function pathAmong(group: OpenGroup, segment: string, first: number, last: number): readonly Grammar[] | undefined {
  for (const child of group.grammar.children ?? []) {
    if (!child.children || child.index < first || child.index > last) continue;
    const path = anyPath(child, segment);
    if (path) return path;
  }
  return undefined;
}
