// A Quantity in the unit that a contract asks for. What was sent stays beside it, as FHIR's own extension for the same
// amount in another unit: http://hl7.org/fhir/R4/extension-iso21090-pq-translation.html
import { isList, type Decimal, type JsonObject } from '../../model/json.js';

export const translationUrl = 'http://hl7.org/fhir/StructureDefinition/iso21090-PQ-translation';
const ucum = 'http://unitsofmeasure.org';

export interface NewQuantity {
  readonly quantity: JsonObject;
  /** Members that were not there before. */
  readonly added: readonly string[];
  /** Place of the extension that holds what was sent; absent where the amount is the one sent. */
  readonly extension?: number;
}

/** The amount in another unit, with the one sent as its translation. */
export function convertedQuantity(sent: JsonObject, value: Decimal, unit: string): NewQuantity {
  const { extension, id, ...original } = sent;
  const extensions = isList(extension) ? extension : [];
  return {
    quantity: {
      ...(id === undefined ? {} : { id }),
      extension: [...extensions, { url: translationUrl, valueQuantity: original }],
      ...original,
      value,
      unit,
      system: ucum,
      code: unit,
    },
    added: addedTo(sent, ['unit', 'system', 'code']),
    extension: extensions.length,
  };
}

/** The same amount with the code that its unit's text means. */
export const codedQuantity = (sent: JsonObject, unit: string): NewQuantity => ({
  quantity: { ...sent, system: ucum, code: unit },
  added: addedTo(sent, ['system', 'code']),
});

const addedTo = (sent: JsonObject, members: readonly string[]): string[] =>
  members.filter((member) => sent[member] === undefined);
