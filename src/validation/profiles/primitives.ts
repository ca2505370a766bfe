// A primitive value by itself (http://hl7.org/fhir/R4/datatypes.html#primitive).
import { isOfKind } from '../primitives/formats.js';
import type { Item } from '../fhirpath/item.js';
import type { Slot } from './layout.js';
import type { FullRun } from './run.js';

/** Is the value one of its type? Reports what is wrong with it. */
export function checkPrimitive({ value }: Item, { format, type }: Slot, run: FullRun): boolean {
  if (value === undefined || format === undefined) return true;
  if (value === '') run.report('validate.empty');
  else if (!isOfKind(value, format.json))
    run.report(
      'validate.wrong-type',
      { element: type.code, expected: `a JSON ${format.json}` },
      undefined,
      `Error_parsing_JSON_the_primitive_value_must_be_a_${format.json}`,
    );
  else if (!format.accepts(value)) run.report('validate.primitive-format', { type: type.code });
  else return true;
  return false;
}
