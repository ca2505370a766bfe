// A JSON value as a source message: pointers as positions, and a mark for every populated leaf.
import type { Issue, Position } from '../../model/issue.js';
import type { Place, Residual, SourceMessage, Use } from '../../model/source.js';
import { isPopulated, patternOf, pointerOf, type JsonNode } from './node.js';
import { stringText } from './scalar.js';
import { positionIn, type JsonTree } from './tree.js';

const unused = 0;
const uses: Readonly<Record<Use, number>> = { read: 1, ignored: 2 };

export class JsonMessage implements SourceMessage {
  readonly format = 'json';
  readonly structure: string;
  readonly sentAt: string;
  readonly root: JsonNode;
  readonly issues: readonly Issue[];
  private readonly tree: JsonTree;
  /** Per populated leaf under the root: what became of it. */
  private readonly marks: Uint8Array;

  constructor(tree: JsonTree, root: JsonNode, structure: string, issues: readonly Issue[], sentAt = '') {
    this.sentAt = sentAt;
    this.tree = tree;
    this.root = root;
    this.structure = structure;
    this.issues = issues;
    this.marks = new Uint8Array(root.lastLeaf - root.firstLeaf);
  }

  get messageType(): string {
    return this.structure;
  }

  /** A string's text, a number as it was written, `true` or `false`; of a container its first leaf's, or all its JSON text. */
  text(place: Place, whole = false): string {
    const node = place as JsonNode;
    if (whole && (node.items || node.members)) return this.tree.payload.decode(node.start, node.end);
    const leaf = isPopulated(node) ? this.tree.leaves[node.firstLeaf] : undefined;
    return leaf ? this.leafText(leaf) : '';
  }

  private leafText({ kind, start, end }: JsonNode): string {
    const { payload } = this.tree;
    return kind === 'string' ? stringText(payload, start, end) : payload.bytes.toString('latin1', start, end);
  }

  isNull(place: Place): boolean {
    return (place as JsonNode).kind === 'null';
  }

  mark(place: Place, use: Use, extent: 'leaf' | 'all'): void {
    const { firstLeaf, lastLeaf } = place as JsonNode;
    const from = firstLeaf - this.root.firstLeaf;
    const to = lastLeaf - this.root.firstLeaf;
    if (extent === 'all') this.marks.fill(uses[use], from, to);
    else if (to > from) this.marks[from] = uses[use];
  }

  positionOf(place: Place): Position {
    const node = place as JsonNode;
    return positionIn(this.tree.payload, pointerOf(node, this.root), node.start);
  }

  residuals(): Residual[] {
    const found: Residual[] = [];
    for (let at = this.marks.indexOf(unused); at >= 0; at = this.marks.indexOf(unused, at + 1)) {
      const leaf = this.tree.leaves[at + this.root.firstLeaf] as JsonNode;
      found.push({ position: this.positionOf(leaf), path: patternOf(leaf, this.root) });
    }
    return found;
  }
}
