// JSON as FHIR needs it: decimals keep their text (http://hl7.org/fhir/R4/json.html#decimal).

/** A decimal with the precision its author wrote: `1.50` stays `1.50`. */
export class Decimal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  valueOf(): number {
    return Number(this.text);
  }
  /** For printers that know no decimals: the nearest number. The canonical writer prints the text. */
  toJSON(): number {
    return Number(this.text);
  }
}

export type JsonScalar = null | boolean | number | string | Decimal;
export type JsonValue = JsonScalar | JsonObject | readonly JsonValue[];
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

export const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

/** A JSON object: neither null, array, nor a decimal with its text. */
export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);

/** A JSON object under construction. */
export type MutableObject = { [key: string]: MutableValue };
export type MutableValue = JsonScalar | MutableObject | MutableValue[];
