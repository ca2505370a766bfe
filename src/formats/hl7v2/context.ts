// What a segment or group name means in a message module: where the grammars of its structures have it.
import type { SourceContext } from '../../model/source.js';
import type { Lexicon } from './dictionary.js';
import type { Grammar } from './grammar.js';

export interface Found {
  /** At least one of the structures has it. */
  readonly known: boolean;
  /** The structures in which the path stands directly under the place it starts from. */
  readonly direct: ReadonlySet<string>;
  /** It may select more than one. */
  readonly repeats: boolean;
  /** Names that would be known. */
  readonly candidates: readonly string[];
}

type GroupContext = Extract<SourceContext, { kind: 'message' | 'group' }>;

/** The paths of the enclosing `each` rules, outermost first. */
export const contextGroups = (context: GroupContext): readonly string[] =>
  context.kind === 'group' ? context.path.split('/') : [];

/**
 * Looks a dotted path up in every structure of a context. It stands directly under the place where the grammar has it
 * there; else it is looked for at any depth below. Z segments may stand anywhere.
 */
export function findInContext(lexicon: Lexicon, context: GroupContext, names: readonly string[]): Found {
  const name = names.at(-1) ?? '';
  if (/^Z[A-Z0-9]{2}$/.test(name)) return { known: true, direct: new Set(), repeats: true, candidates: [] };
  const any = context.structures.includes('*');
  const structures = any ? Object.keys(lexicon.dictionary.structures) : context.structures;
  const direct = new Set<string>();
  const candidates = new Set<string>();
  let known = any && names.length === 1 && Object.hasOwn(lexicon.dictionary.segments, name);
  let repeats = any && name !== 'MSH';
  for (const structure of structures) {
    for (const start of startsIn(lexicon, structure, contextGroups(context))) {
      collectNames(start, candidates);
      const places = lookUp(start, names);
      if (places.length === 0) continue;
      known = true;
      if (!any && isDirect(start, names)) direct.add(structure);
      repeats ||= places.length > 1 || places.some((place) => repeatsWithin(place, start));
    }
  }
  return { known, direct, repeats, candidates: [...candidates] };
}

/** The grammar nodes that the paths of the enclosing `each` rules lead to. */
function startsIn(lexicon: Lexicon, structure: string, groups: readonly string[]): readonly Grammar[] {
  const root = lexicon.structure(structure);
  let starts: readonly Grammar[] = root ? [root] : [];
  for (const group of groups) starts = starts.flatMap((start) => lookUp(start, group.split('.')));
  return starts;
}

function lookUp(start: Grammar, names: readonly string[]): readonly Grammar[] {
  const direct = directly([start], names);
  return direct.length > 0 ? direct : anywhere(start, names);
}

const isDirect = (start: Grammar, names: readonly string[]): boolean => directly([start], names).length > 0;

function directly(starts: readonly Grammar[], names: readonly string[]): readonly Grammar[] {
  let found = starts;
  for (const name of names)
    found = found.flatMap((node) => (node.children ?? []).filter((child) => child.names.includes(name)));
  return found;
}

function anywhere(start: Grammar, names: readonly string[]): readonly Grammar[] {
  return (start.children ?? []).flatMap((child) => [...directly([child], names), ...anywhere(child, names)]);
}

/** True when the node, or a group between it and the start, repeats. */
function repeatsWithin(place: Grammar, start: Grammar): boolean {
  for (let node: Grammar | undefined = place; node && node !== start; node = node.parent) if (node.repeats) return true;
  return false;
}

function collectNames(node: Grammar, into: Set<string>): void {
  for (const child of node.children ?? []) {
    child.names.forEach((name) => into.add(name));
    collectNames(child, into);
  }
}
