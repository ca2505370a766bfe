// What a converter is: text of the source to a FHIR primitive, or why not.
import type { IssueCode } from '../../model/issues.js';
import type { JsonScalar } from '../../model/json.js';

/** A converted value; `assumed` names what the source did not say, `issue` what is worth telling. */
export interface Converted {
  readonly value: JsonScalar;
  readonly assumed?: string;
  readonly issue?: IssueCode;
}

/** Why a text cannot be converted. */
export interface Unconvertible {
  readonly expected: string;
  readonly issue?: IssueCode;
}

export interface ConvertContext {
  /** The feed's IANA zone. */
  readonly zone: string;
  readonly format: 'hl7v2' | 'json' | 'csv';
  /** What the dateTimes of a message gave, by their text: it says the same times again and again. */
  readonly dateTimes?: Map<string, Converted | Unconvertible>;
}

export type Converter = (text: string, context: ConvertContext) => Converted | Unconvertible;

export const isConverted = (result: Converted | Unconvertible): result is Converted => 'value' in result;
