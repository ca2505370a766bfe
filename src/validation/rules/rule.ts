// A rule: something that must hold of every object of a type, beyond the shape that its elements give it.
import type { JsonObject } from '../../model/json.js';

export interface Rule {
  /** The invariant's key in the StructureDefinition: `ext-1`. */
  readonly key: string;
  /** The type it constrains: `Extension`, `Patient.contact`. */
  readonly type: string;
  readonly holds: (value: JsonObject) => boolean;
}
