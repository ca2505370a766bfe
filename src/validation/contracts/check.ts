// What the checks of contracts take and answer.
import type { Issue } from '../../model/issue.js';
import type { JsonObject } from '../../model/json.js';

/** A resource of the message: its type, and its content without `resourceType` and `id`. */
export interface Subject {
  readonly type: string;
  readonly content: JsonObject;
}

/** An issue, and the resource it was found in, by its place in the message. */
export interface Breach {
  readonly at: number;
  readonly issue: Issue;
}

/** The amount in another unit; undefined where the units are not of one dimension. `molarMass`: in g/mol, see QuantityTerms. */
export type ConvertUnit = (value: number, from: string, to: string, molarMass?: number) => number | undefined;

/** Checks the resources of one message together: a measurement may be spread over several. */
export type ContractCheck = (resources: readonly Subject[]) => readonly Breach[];
