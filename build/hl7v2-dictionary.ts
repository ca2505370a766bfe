// Compiles the eleven dictionaries of the `hl7v2-dictionary` package (v2.1 to v2.8) into the one union that run-time
// code uses: the newest definition wins, and what only older versions have is kept.
import { dictionaries } from 'hl7v2-dictionary';
import type { Hl7v2Dictionary } from '../src/formats/hl7v2/dictionary.js';
import { parseGrammar, printGrammar, type Grammar } from '../src/formats/hl7v2/grammar.js';
import { segmentCorrections, typeCorrections } from './hl7v2-fields.js';
import { groupNames, replacements, sharedStructures, supplements } from './hl7v2-structures.js';

interface ElementDefinition {
  readonly type: string;
  readonly rep?: number | 'infinite';
  readonly table?: number;
}
interface Definition {
  readonly fields?: Readonly<Record<string, ElementDefinition>>;
}
interface MessageNode {
  readonly idx?: number;
  readonly min?: number;
  readonly max?: number;
  readonly segments?: Readonly<Record<string, MessageNode>>;
}
interface Version {
  readonly segments: Readonly<Record<string, Definition>>;
  readonly types: Readonly<Record<string, Definition>>;
  readonly messages: Readonly<Record<string, MessageNode>>;
}
interface Node {
  names: readonly string[];
  required: boolean;
  repeats: boolean;
  children?: Node[];
}

/** Oldest first. */
const versions = Object.entries(dictionaries as unknown as Readonly<Record<string, Version>>);

/** The union of all versions, JSON-able and under 400 KB. */
export function compileHl7v2Dictionary(): Hl7v2Dictionary {
  return { segments: segments(), types: types(), structures: structures(), triggers: triggers() };
}

// Segments and data types

function segments(): Record<string, string> {
  return rows((version) => version.segments, segmentCorrections);
}

function types(): Record<string, string> {
  const union = rows((version) => version.types, typeCorrections);
  // Table 0440 lists them, but no version of the package defines them.
  for (const name of ['DTM', 'GTS', 'SI', 'VARIES']) union[name] ??= '';
  return union;
}

function rows(
  pick: (version: Version) => Readonly<Record<string, Definition>>,
  corrections: Readonly<Record<string, string>>,
): Record<string, string> {
  const cells: Record<string, (string | undefined)[]> = {};
  for (const [number, version] of versions) {
    for (const [name, definition] of Object.entries(pick(version))) {
      const row = (cells[name] ??= []);
      for (const [index, element] of Object.entries(definition.fields ?? {}))
        row[Number(index) - 1] = cell(number, element, row[Number(index) - 1]);
    }
  }
  for (const [place, text] of Object.entries(corrections)) correct(cells, place, text);
  return Object.fromEntries(
    Object.entries(cells)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, row]) => [name, Array.from(row, (text) => text ?? '-').join(' ')]),
  );
}

function correct(cells: Record<string, (string | undefined)[]>, place: string, text: string): void {
  const [name = '', index = ''] = place.split('-');
  (cells[name] ??= [])[Number(index) - 1] = text;
}

/** From v2.7 on the package types withdrawn fields as ST; the type they had is kept. */
function cell(version: string, element: ElementDefinition, older: string | undefined): string {
  if (version >= '2.7' && element.type === 'ST' && older !== undefined) return older;
  const repeats = element.rep === 'infinite' || (element.rep ?? 1) > 1;
  const table = element.table === undefined ? olderTable(older) : String(element.table).padStart(4, '0');
  return element.type + (repeats ? '*' : '') + (table === undefined ? '' : `:${table}`);
}

/** v2.7 moved tables of coded fields into the component model; the older definition still names them. */
const olderTable = (older: string | undefined): string | undefined => older?.split(':')[1];

// Message structures

function structures(): Record<string, string> {
  const trees: Record<string, Node[]> = {};
  const alias = triggers();
  for (const [, version] of [...versions].reverse()) {
    for (const [name, message] of Object.entries(version.messages)) {
      const event = name.replace(/_0(?=\d\d$)/, '_O'); // the package prints OML_O21 as OML_021 in places
      const structure = alias[event.replace('_', '^')] ?? event;
      trees[structure] = merge(trees[structure], treeOf(message, structure));
    }
  }
  for (const [name, text] of Object.entries(supplements))
    trees[name] = merge(trees[name], childrenOf(parseGrammar(text)));
  for (const [name, text] of Object.entries(replacements)) trees[name] = childrenOf(parseGrammar(text));
  return Object.fromEntries(
    Object.entries(trees)
      .filter(([, tree]) => tree.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, tree]) => [name, withPriorPatient(printGrammar(tree))]),
  );
}

/**
 * Prior results start with their patient here, which the standard leaves optional: otherwise the next order's ORC would be
 * taken for a prior one.
 */
const withPriorPatient = (grammar: string): string => grammar.replaceAll('PATIENT_PRIOR?(', 'PATIENT_PRIOR(');

function childrenOf(grammar: Grammar): Node[] {
  return (grammar.children ?? []).map(({ names, required, repeats, ...rest }) => {
    const node = { names, required, repeats };
    return rest.children ? { ...node, children: childrenOf({ ...rest, names, required, repeats }) } : node;
  });
}

function treeOf(message: MessageNode, structure: string): Node[] {
  return inOrder(Object.entries(message.segments ?? {})).flatMap(([name, node]) => {
    const names = groupNames[structure]?.[name] ? [groupNames[structure][name]] : name.split(',');
    const children = node.segments && Object.keys(node.segments).length > 0 ? treeOf(node, structure) : undefined;
    const valid = children
      ? /^[A-Z][A-Z0-9_]*$/.test(names[0] ?? '')
      : names.every((each) => /^[A-Z][A-Z0-9]{2}$/.test(each));
    if (!valid) return [];
    // The package gives a choice no cardinality; the standard prints it as one segment.
    const choice = names.length > 1;
    const made: Node = { names, required: choice || (node.min ?? 0) > 0, repeats: !choice && node.max !== 1 };
    return [children ? { ...made, children } : made];
  });
}

/**
 * A segment that occurs twice in a group (ROL after PD1 and after PV2) has one key in the package, at its first place
 * but with its last index. It is put back at both.
 */
function inOrder(entries: [string, MessageNode][]): [string, MessageNode][] {
  const order = ([, node]: [string, MessageNode]): number => node.idx ?? 0;
  const result = [...entries].sort((a, b) => order(a) - order(b));
  entries.forEach((entry, position) => {
    const next = entries.slice(position + 1).find((later) => order(later) < order(entry));
    if (next) result.splice(result.indexOf(next), 0, entry);
  });
  return result;
}

/** Adds to `into` (newer) what only `from` (older) has, behind the neighbour it follows there, as optional. */
function merge(into: Node[] | undefined, from: Node[]): Node[] {
  if (!into) return from;
  let at = 0;
  for (const node of from) {
    const found = matching(into, node, at);
    if (found >= 0) {
      join(into[found] as Node, node);
      at = found + 1;
    } else if (count(into, node) < count(from, node)) {
      into.splice(at, 0, { ...node, required: false });
      at += 1;
    }
  }
  return into;
}

function join(node: Node, other: Node): void {
  if (!node.children) {
    node.names = [...new Set([...node.names, ...other.names])];
  } else if (other.children) {
    node.repeats ||= other.repeats;
    node.children = merge(node.children, other.children);
  }
}

/** The same segment or choice, or the same group under whatever name: its first segment tells. */
function matching(siblings: readonly Node[], node: Node, from: number): number {
  return siblings.findIndex((each, index) => index >= from && same(each, node));
}

function same(a: Node, b: Node): boolean {
  if (!a.children !== !b.children) return false;
  return a.names.some((name) => b.names.includes(name)) || (a.children !== undefined && head(a) === head(b));
}

const head = (node: Node): string => {
  const first = node.children?.[0];
  return first ? head(first) : (node.names[0] ?? '');
};

/** How often siblings hold the segment, or a group that may begin as this one does. */
function count(siblings: readonly Node[], node: Node): number {
  const starts = beginnings(node);
  return siblings.filter(
    (each) => same(each, node) || (each.children && beginnings(each).some((name) => starts.includes(name))),
  ).length;
}

/** The segments a node may begin with. */
function beginnings(node: Node): readonly string[] {
  if (!node.children) return node.names;
  const names: string[] = [];
  for (const child of node.children) {
    names.push(...beginnings(child));
    if (child.required) break;
  }
  return names;
}

// Table 0354

function triggers(): Record<string, string> {
  const table: Record<string, string> = {};
  for (const [structure, events] of Object.entries(sharedStructures))
    for (const event of events.split(' ')) table[event] = structure;
  return table;
}
