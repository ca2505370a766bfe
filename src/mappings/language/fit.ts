// Does a value of one FHIR type fit an element of another?

const strings = new Set([
  'string',
  'code',
  'id',
  'markdown',
  'uri',
  'url',
  'canonical',
  'oid',
  'uuid',
  'base64Binary',
  'xhtml',
  'http://hl7.org/fhirpath/System.String',
]);
const integers = new Set(['integer', 'positiveInt', 'unsignedInt']);

/** Specialisations that may stand where the general type is asked (http://hl7.org/fhir/R4/datatypes.html#Quantity). */
const specialisations: Readonly<Record<string, string>> = {
  Age: 'Quantity',
  Count: 'Quantity',
  Distance: 'Quantity',
  Duration: 'Quantity',
  SimpleQuantity: 'Quantity',
  MoneyQuantity: 'Quantity',
};

const general = (type: string): string => specialisations[type] ?? type;

/** True when a value of type `given` may be written into an element of type `wanted`. */
export function fits(given: string, wanted: string): boolean {
  if (general(given) === general(wanted)) return true;
  if (strings.has(given) && strings.has(wanted)) return true;
  if (integers.has(given) && (integers.has(wanted) || wanted === 'decimal')) return true;
  return (given === 'date' || given === 'instant') && wanted === 'dateTime';
}

export const isPrimitive = (type: string): boolean =>
  /^[a-z]/.test(type) && type !== 'http://hl7.org/fhirpath/System.String';
