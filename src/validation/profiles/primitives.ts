// A primitive value by itself (http://hl7.org/fhir/R4/datatypes.html#primitive).
import type { JsonValue } from '../../model/json.js';
import { isOfKind } from '../primitives/formats.js';
import type { Item } from '../fhirpath/item.js';
import type { Slot } from './layout.js';
import type { FullRun } from './run.js';

/** A time without its offset. */
const withoutZone = /T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/** The reference validator's id of a value that has not the form of its type. */
function malformed(type: string, value: JsonValue): string {
  const text = typeof value === 'string' ? value : '';
  if (type === 'id') return text.length > 64 ? 'Resource_RES_ID_Malformed_Length' : 'Resource_RES_ID_Malformed_Chars';
  if (/^(dateTime|instant)$/.test(type) && withoutZone.test(text)) return 'Type_Specific_Checks_DT_DateTime_TZ';
  return 'Type_Specific_Checks_DT_Primitive_Regex_Type';
}

/** Is the value one of its type? Reports what is wrong with it. */
export function checkPrimitive({ value }: Item, { format, type }: Slot, run: FullRun): boolean {
  if (value === undefined || format === undefined || format.isSure(value)) return true;
  const { json } = format;
  if (value === '') run.report('validate.empty');
  else if (!isOfKind(value, json))
    run.reportAs(`Error_parsing_JSON_the_primitive_value_must_be_a_${json}`, 'validate.wrong-type', {
      element: type.code,
      expected: `a JSON ${json}`,
    });
  else if (!format.accepts(value))
    run.reportAs(malformed(type.code, value), 'validate.primitive-format', { type: type.code });
  else return true;
  return false;
}
