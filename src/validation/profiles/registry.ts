// What full validation looks up: structures, code systems and value sets, questionnaires.
import type { Definitions } from '../../model/definitions.js';
import type { JsonObject } from '../../model/json.js';
import type { StructureModel } from '../../model/structure.js';
import type { ValueSets } from '../../terminology/value-sets/value-sets.js';

export interface SearchParameterModel {
  readonly type: string;
  readonly base: readonly string[];
}

export interface Registry {
  readonly definitions: Definitions;
  /** A structure by canonical URL, with or without a version; undefined when it is not known or cannot be made. */
  structure(url: string): StructureModel | undefined;
  /** Why an extension that stands for an element of another FHIR version has no structure. */
  otherVersion(url: string): 'unchecked' | 'absent' | 'unchanged' | undefined;
  readonly valueSets: ValueSets;
  /** What other definitions refer to of a search parameter. */
  searchParameter(url: string): SearchParameterModel | undefined;
  /** Any other canonical resource: a Questionnaire. */
  canonical(url: string): JsonObject | undefined;
}

export interface ValidationSettings {
  /** Canonical URLs to validate against besides the type and `meta.profile`. */
  readonly profiles: readonly string[];
  /** Recommendations are reported too, as warnings. */
  readonly bestPractice: boolean;
  /** Extensions of this domain, and below, need no definition. */
  readonly extensionDomains: readonly string[];
  /** References must lead to a resource, whose profile counts. */
  readonly checkReferences: boolean;
  /** The type in a literal reference is that of the resource, even where that cannot be read. */
  readonly trustReferences: boolean;
  /** Contained resources are not looked into. */
  readonly skipContained: boolean;
  /** Aggregation is enforced outside of Bundles too. */
  readonly aggregationEverywhere: boolean;
  /** Markdown and strings must have no HTML. */
  readonly refuseMarkup: boolean;
  /** A wrong display is no error. */
  readonly lenientDisplays: boolean;
  /** The resource that a reference names outside of what is validated. */
  readonly resolve?: (reference: string) => JsonObject | undefined;
  /** The present moment, ISO 8601. */
  readonly now?: () => string;
}

export const defaultSettings: ValidationSettings = {
  profiles: [],
  bestPractice: false,
  extensionDomains: [],
  checkReferences: false,
  trustReferences: false,
  skipContained: false,
  aggregationEverywhere: true,
  refuseMarkup: false,
  lenientDisplays: false,
};
