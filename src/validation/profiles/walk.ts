// What an inspection may ask of the walk.
import type { FhirTypes } from '../fhirpath/types.js';
import type { Item } from '../fhirpath/item.js';
import type { Registry } from './registry.js';
import type { FullRun } from './run.js';

export interface Walk {
  readonly registry: Registry;
  readonly types: FhirTypes;
  /** Does the value conform to the profile? Undefined when the profile is not known. */
  conforms(item: Item, profile: string, run: FullRun): boolean | undefined;
}
