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

/** Where a value came from; one for all its leaves. */
export interface Origin {
  readonly rule: RuleReference;
  readonly from: Place | readonly Place[] | undefined;
  readonly conversion: Conversion | undefined;
}

/** One written leaf, as cheap as can be: rendered only when somebody asks. */
export interface Leaf {
  readonly holder: MutableObject | MutableValue[];
  readonly key: string | number;
  readonly origin: Origin;
  readonly via: Via | undefined;
  /** The leaf noted before: a list of a resource's leaves would be copied as it grows. */
  readonly before: Leaf | undefined;
}

/** The rules that led to a module's run, innermost first. */
export interface Via {
  readonly rule: RuleReference;
  readonly outer: Via | undefined;
}

export const placesOf = ({ from }: Origin): readonly Place[] =>
  from === undefined ? [] : Array.isArray(from) ? (from as readonly Place[]) : [from as Place];
