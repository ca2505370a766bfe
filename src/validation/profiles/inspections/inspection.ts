// An inspection: what the specification says in words of one type, beyond its elements and invariants.
import type { Item } from '../../fhirpath/item.js';
import type { RuleNode } from '../rule-node.js';
import type { FullRun } from '../run.js';
import type { Walk } from '../walk.js';

export type Inspection = (item: Item, run: FullRun, walker: Walk, nodes: readonly RuleNode[]) => void;

/** Reports where the run stands, some steps further. */
export function reportAt(steps: readonly string[], run: FullRun, report: () => void): void {
  for (const step of steps) run.trail.enter(step);
  report();
  for (const _ of steps) run.trail.leave();
}
