// Profiles that the specification itself requires: vital signs, told by their LOINC code (http://hl7.org/fhir/R4/observation-vitalsigns.html).
import type { JsonObject } from '../../model/json.js';
import { isList, isObject } from '../objects.js';

const vitalSigns: Readonly<Record<string, string>> = {
  '85353-1': 'vitalspanel',
  '9279-1': 'resprate',
  '8867-4': 'heartrate',
  '2708-6': 'oxygensat',
  '8310-5': 'bodytemp',
  '8302-2': 'bodyheight',
  '9843-4': 'headcircum',
  '29463-7': 'bodyweight',
  '39156-5': 'bmi',
  '85354-9': 'bp',
};

const codingsOf = ({ code }: JsonObject): readonly JsonObject[] =>
  isObject(code) && isList(code.coding) ? code.coding.filter(isObject) : [];

/** URLs of the profiles that hold of a resource whether it names them or not. */
export function impliedProfiles(resource: JsonObject): readonly string[] {
  if (resource.resourceType !== 'Observation') return [];
  return codingsOf(resource).flatMap(({ system, code }) => {
    const name = system === 'http://loinc.org' && typeof code === 'string' ? vitalSigns[code] : undefined;
    return name === undefined ? [] : [`http://hl7.org/fhir/StructureDefinition/${name}`];
  });
}
