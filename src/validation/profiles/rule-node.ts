// A rule compiled: its checks as closures, its children and slices found by name. Made when first met.
import type { ElementRule, StructureModel } from '../../model/structure.js';
import type { Item } from '../fhirpath/item.js';
import type { FullRun } from './run.js';
import type { SliceMatcher } from './slicing.js';

/** Checks one value where the run's trail stands. */
export type ItemCheck = (item: Item, run: FullRun) => void;

export interface SliceNode {
  readonly node: RuleNode;
  readonly matches: SliceMatcher;
}

export interface RuleNode {
  readonly rule: ElementRule;
  readonly structure: StructureModel;
  /** The element's name without `[x]`. */
  readonly stem: string;
  /** A rule of the base specification, not of a profile. */
  readonly isBase: boolean;
  /** Says nothing of what is below it. */
  readonly isLeaf: boolean;
  readonly isSliced: boolean;
  /** How often the element may be there can be wrong beyond the shape of its JSON. */
  readonly isCounted: boolean;
  /** Names profiles that its values conform to. */
  readonly isProfiled: boolean;
  /** What must hold of a value besides its structure. */
  readonly checks: readonly ItemCheck[];
  /** By element name without `[x]`, and by JSON property where the rule is about one type of a choice. */
  readonly children: ReadonlyMap<string, RuleNode>;
  /** Children that must be there. */
  readonly required: readonly RuleNode[];
  readonly slices: readonly SliceNode[];
}

/** `Observation.value[x]` is told as `value`. */
export const stemOf = (name: string): string => (name.endsWith('[x]') ? name.slice(0, -3) : name);
