// What is noted of every leaf a rule writes.
import type { MutableObject, MutableValue } from '../../model/json.js';
import type { Conversion } from '../../model/lineage.js';
import type { Place } from '../../model/source.js';

/** What lineage and issues say of a rule. */
export interface RuleReference {
  /** `package/module#rule`. */
  readonly name: string;
  /** `package@version` that last changed the module. */
  readonly version: string;
}

export type Holder = MutableObject | MutableValue[];

/**
 * One written leaf, as cheap as can be: rendered only when somebody asks. A rule makes it of where the value came from; what
 * writes the value adds where it stands.
 */
export class Leaf {
  readonly rule: RuleReference;
  readonly from: Place | readonly Place[] | undefined;
  readonly conversion: Conversion | undefined;
  holder: Holder | undefined;
  key: string | number;
  via: Via | undefined;
  /** The leaf noted before: a list of a resource's leaves would be copied as it grows. */
  before: Leaf | undefined;

  constructor(rule: RuleReference, from: Leaf['from'], conversion?: Conversion) {
    this.rule = rule;
    this.from = from;
    this.conversion = conversion;
    this.holder = undefined;
    this.key = '';
    this.via = undefined;
    this.before = undefined;
  }

  get isNoted(): boolean {
    return this.holder !== undefined;
  }

  /** Another leaf of the same value. */
  sibling(): Leaf {
    return new Leaf(this.rule, this.from, this.conversion);
  }
}

/** The rules that led to a module's run, innermost first. */
export interface Via {
  /** Undefined for what a message module writes itself. */
  readonly rule: RuleReference | undefined;
  readonly outer: Via | undefined;
}

export const placesOf = ({ from }: Pick<Leaf, 'from'>): readonly Place[] =>
  from === undefined ? [] : Array.isArray(from) ? (from as readonly Place[]) : [from as Place];
