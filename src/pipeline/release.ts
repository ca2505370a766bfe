// What a feed runs on, as values: the approved pins turned into something that can be run (DESIGN section 2, release).
import type { Issue } from '../model/issue.js';
import type { Feed } from '../model/feed.js';
import type { JsonObject } from '../model/json.js';
import type { Pins } from '../model/release.js';
import type { CodeMaps } from '../terminology/code-map.js';
import type { ContractCheck } from '../validation/contracts/check.js';
import type { ReconcileTerms } from './contracts/merge-terms.js';
import type { MappingProgram } from '../mappings/link/program.js';
import type { Codings } from './codings/codings.js';
import type { CanonicalUnits } from './units/canonical-units.js';

/** Structural validation of one resource; issues carry FHIRPath expressions. */
export type ValidateResource = (resource: JsonObject) => readonly Issue[];

export interface Release {
  readonly feed: Feed;
  readonly program: MappingProgram;
  /** Those that the program translates by, among others. */
  readonly codeMaps: CodeMaps;
  readonly validate: ValidateResource;
  /** The contracts that the feed keeps. */
  readonly contract: ContractCheck;
  /** By what its messages are merged with what others said. */
  readonly terms: ReconcileTerms;
  /** Brings amounts to the units that these contracts ask for. */
  readonly canonicalUnits: CanonicalUnits;
  /** What the installed code systems say of codings. */
  readonly codings: Codings;
  /** Server base of fullUrls, without a slash at the end. */
  readonly base: string;
  readonly pins: Pins;
}
