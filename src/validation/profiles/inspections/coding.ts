// Codings and units by themselves (http://hl7.org/fhir/R4/datatypes.html#Coding, #Quantity).
import { isObject } from '../../objects.js';
import { checkCoding } from '../terminology-checks.js';
import type { Inspection } from './inspection.js';

export const coding: Inspection = (item, run, { registry }) => checkCoding(item, registry.valueSets, run);

/** Units of UCUM are a grammar; other systems of units (forms of drugs) are listed in part everywhere. */
export const quantity: Inspection = (item, run, walker, nodes) => {
  if (isObject(item.value) && item.value.system === 'http://unitsofmeasure.org') coding(item, run, walker, nodes);
};
