// The abstract message syntax of HL7 v2 ch. 2.13 in compact notation: `MSH SFT* PATIENT_RESULT+(PATIENT?(PID …) …)`;
// no mark = once, `?` optional, `*` optional and repeating, `+` repeating, `A|B` a choice.

export interface Grammar {
  /** Segment names (several for a choice), or one group name. */
  readonly names: readonly string[];
  readonly required: boolean;
  readonly repeats: boolean;
  /** Absent for segments. */
  readonly children?: readonly Grammar[];
  readonly parent?: Grammar;
  /** Place among the parent's children. */
  readonly index: number;
}

interface Draft {
  names: string[];
  required: boolean;
  repeats: boolean;
  children?: Draft[];
  parent?: Draft;
  index: number;
}

const token = /([A-Z0-9_|]+)([?*+]?)(\()?|\)/g;

/** Parses the compact notation; the result is the root, a nameless group. */
export function parseGrammar(text: string): Grammar {
  const root: Draft = { names: [''], required: true, repeats: false, index: 0, children: [] };
  let open: Draft = root;
  for (const [whole, names, mark, group] of text.matchAll(token)) {
    if (whole === ')') {
      open = open.parent ?? root;
      continue;
    }
    const node = draft(names ?? '', mark ?? '', open);
    if (group === undefined) continue;
    node.children = [];
    open = node;
  }
  return root;
}

function draft(names: string, mark: string, parent: Draft): Draft {
  const siblings = (parent.children ??= []);
  const node: Draft = {
    names: names.split('|'),
    required: mark === '' || mark === '+',
    repeats: mark === '*' || mark === '+',
    parent,
    index: siblings.length,
  };
  siblings.push(node);
  return node;
}

/** What the notation shows of a grammar node. */
export interface GrammarShape {
  readonly names: readonly string[];
  readonly required: boolean;
  readonly repeats: boolean;
  readonly children?: readonly GrammarShape[];
}

/** The compact notation of a group's children. */
export function printGrammar(children: readonly GrammarShape[]): string {
  return children.map(printNode).join(' ');
}

function printNode(node: GrammarShape): string {
  const mark = node.repeats ? (node.required ? '+' : '*') : node.required ? '' : '?';
  const group = node.children ? `(${printGrammar(node.children)})` : '';
  return node.names.join('|') + mark + group;
}
