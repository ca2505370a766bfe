// Which items are of which slice, and whether each slice has as many as it must (http://hl7.org/fhir/R4/profiling.html#slicing).
import type { JsonObject } from '../../model/json.js';
import type { Item } from '../fhirpath/item.js';
import { isList } from '../objects.js';
import type { Layout, Slot } from './layout.js';
import type { RuleNode, SliceNode } from './rule-node.js';
import type { FullRun } from './run.js';

const isDefault = ({ node }: SliceNode): boolean => node.rule.sliceName === '@default';

const nameOf = ({ rule }: RuleNode): string => `${rule.path}:${rule.sliceName ?? ''}`;

function checkCount(node: RuleNode, count: number, run: FullRun): void {
  const { min, max } = node.rule;
  if (count < min) run.report('validate.slice-min', { slice: nameOf(node), min, found: count });
  if (max >= 0 && count > max) run.report('validate.slice-max', { slice: nameOf(node), max, found: count });
}

function atItem(slot: Slot, index: number, run: FullRun, report: () => void): void {
  run.trail.enter(slot.step);
  if (slot.isList) run.trail.at(index);
  report();
  run.trail.leave();
}

/** The slices of one item; more than one is an error, none only where the slicing is closed. */
function matching(slices: readonly SliceNode[], item: Item, index: number, run: FullRun): readonly SliceNode[] {
  const matched = slices.filter((slice) => !isDefault(slice) && slice.matches(item, run, index) === true);
  return matched.length > 0 ? matched : slices.filter(isDefault);
}

function checkMatched(node: RuleNode, matched: readonly SliceNode[], slot: Slot, index: number, run: FullRun): void {
  const { slicing, name } = node.rule;
  if (matched.length > 1) {
    const slices = matched.map((slice) => slice.node.rule.sliceName ?? '').join(', ');
    atItem(slot, index, run, () => run.report('validate.slice-ambiguous', { slices }));
  }
  if (matched.length === 0 && slicing?.rules === 'closed')
    atItem(slot, index, run, () => run.report('validate.slice-unmatched', { element: name }));
}

/** Distributes the items over the slices of one node; adds each slice's node, and those of its own slices, to its items. */
function distribute(
  node: RuleNode,
  slot: Slot,
  items: readonly (readonly [Item, number])[],
  nodesOf: RuleNode[][],
  run: FullRun,
): void {
  const groups = new Map<SliceNode, (readonly [Item, number])[]>(node.slices.map((slice) => [slice, []]));
  let last = -1;
  for (const [item, index] of items) {
    const matched = matching(node.slices, item, index, run);
    checkMatched(node, matched, slot, index, run);
    const at =
      matched[0] === undefined
        ? node.rule.slicing?.rules === 'openAtEnd'
          ? node.slices.length
          : last
        : node.slices.indexOf(matched[0]);
    if (node.rule.slicing?.ordered && at < last)
      atItem(slot, index, run, () =>
        run.report('validate.slice-order', { slice: node.slices[at]?.node.rule.sliceName ?? '' }),
      );
    last = Math.max(last, at);
    for (const slice of matched) groups.get(slice)?.push([item, index]);
  }
  for (const [slice, group] of groups) {
    checkCount(slice.node, group.length, run);
    for (const [, index] of group) nodesOf[index]?.push(slice.node);
    if (slice.node.slices.length > 0 && group.length > 0) distribute(slice.node, slot, group, nodesOf, run);
  }
}

function checkElementCount(node: RuleNode, count: number, run: FullRun): void {
  const { min, max } = node.rule;
  if (count < min && count > 0) run.report('validate.cardinality-min', { element: node.stem, min, found: count });
  if (max >= 0 && count > max && !(node.isBase && max === 1))
    run.report('validate.cardinality-max', { element: node.stem, max, found: count });
}

/** The nodes of each item, where there are slices; undefined where all items have the same. Reports where the holder stands. */
export function assignSlices(
  nodes: readonly RuleNode[],
  slot: Slot,
  items: readonly Item[],
  run: FullRun,
): readonly (readonly RuleNode[])[] | undefined {
  let assigned: RuleNode[][] | undefined;
  for (const node of nodes) {
    if (node.isCounted) checkElementCount(node, items.length, run);
    if (!node.isSliced) continue;
    assigned ??= items.map(() => [...nodes]);
    distribute(
      node,
      slot,
      items.map((item, index) => [item, index] as const),
      assigned,
      run,
    );
  }
  return assigned;
}

function isThere(object: JsonObject, properties: readonly string[]): boolean {
  for (const name of properties) {
    const value = object[name];
    if (value !== undefined && !(isList(value) && value.length === 0)) return true;
  }
  return false;
}

/** Children that must be there and are not; so too slices of what is not there at all. */
export function checkMissing(object: JsonObject, node: RuleNode, layout: Layout, run: FullRun): void {
  for (const { rule, stem, slices } of node.required) {
    const properties = layout.properties.get(stem) ?? [rule.name, `_${rule.name}`];
    if (isThere(object, properties)) continue;
    if (rule.min > 0) run.report('validate.cardinality-min', { element: stem, min: rule.min, found: 0 });
    for (const { node: slice } of slices) checkCount(slice, 0, run);
  }
}
