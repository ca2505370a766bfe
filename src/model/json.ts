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

/** A JSON object under construction. */
export type MutableObject = { [key: string]: MutableValue };
export type MutableValue = JsonScalar | MutableObject | MutableValue[];
