// minValue, maxValue and maxLength (http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.minValue_x_).
import type { JsonObject, JsonValue } from '../../model/json.js';
import type { ElementRule, LimitRule } from '../../model/structure.js';
import { addTime, compareTemporal } from '../fhirpath/temporal.js';
import { isNumber, type Item } from '../fhirpath/item.js';
import { isObject } from '../objects.js';
import type { ItemCheck } from './rule-node.js';
import type { FullRun } from './run.js';

/** UCUM codes of durations -> what calendars call them. */
const calendar: Readonly<Record<string, string>> = {
  a: 'year',
  mo: 'month',
  wk: 'week',
  d: 'day',
  h: 'hour',
  min: 'minute',
  s: 'second',
};

/** Units of one dimension as multiples of each other, for quantities in other units than the limit. */
export type ConvertUnit = (value: number, from: string, to: string) => number | undefined;

const unitOf = (quantity: JsonObject): string => (typeof quantity.code === 'string' ? quantity.code : '');

function quantities(value: JsonObject, limit: JsonObject, convert: ConvertUnit): number | undefined {
  if (!isNumber(value.value) || !isNumber(limit.value)) return undefined;
  const [from, to] = [unitOf(value), unitOf(limit)];
  const amount = from === to ? Number(value.value) : convert(Number(value.value), from, to);
  return amount === undefined ? undefined : amount - Number(limit.value);
}

/** A limit of a date may be a duration from now (http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.minValue_x_). */
function relative(value: string, limit: JsonObject, sign: 1 | -1, run: FullRun): number | undefined {
  const now = run.settings.now?.();
  const unit = calendar[unitOf(limit)];
  if (now === undefined || unit === undefined || !isNumber(limit.value)) return undefined;
  const moved = addTime(now.slice(0, 10), sign * Number(limit.value), unit);
  return moved === undefined ? undefined : compareTemporal(value.slice(0, 10), moved);
}

function order(
  value: JsonValue | undefined,
  limit: LimitRule,
  sign: 1 | -1,
  run: FullRun,
  convert: ConvertUnit,
): number | undefined {
  const { value: bound } = limit;
  if (isNumber(value) && isNumber(bound)) return Number(value) - Number(bound);
  if (isObject(value) && isObject(bound)) return quantities(value, bound, convert);
  if (typeof value === 'string' && isObject(bound)) return relative(value, bound, sign, run);
  return typeof value === 'string' && typeof bound === 'string' ? compareTemporal(value, bound) : undefined;
}

/** The reference validator's id, by the type of the limit. */
function limitMessage(value: JsonValue | undefined, limit: LimitRule, than: 'LT' | 'GT', end: 'MIN' | 'MAX'): string {
  if (isObject(limit.value)) {
    const isOfUnit = isObject(value) && unitOf(value) === unitOf(limit.value);
    return `TYPE_SPECIFIC_CHECKS_DT_QTY_${end}_VALUE_WRONG${isOfUnit ? '' : '_UCUM'}`;
  }
  if (isNumber(limit.value)) return `Type_Specific_Checks_DT_${limit.type}_${than}`;
  return `TYPE_SPECIFIC_CHECKS_DT_DT_${than}`;
}

/** The checks of an element's limits. */
export function limitChecks({ minValue, maxValue, maxLength }: ElementRule, convert: ConvertUnit): ItemCheck[] {
  const checks: ItemCheck[] = [];
  if (minValue !== undefined)
    checks.push(({ value }: Item, run) => {
      if ((order(value, minValue, -1, run, convert) ?? 0) < 0)
        run.reportAs(limitMessage(value, minValue, 'LT', 'MIN'), 'validate.too-small');
    });
  if (maxValue !== undefined)
    checks.push(({ value }: Item, run) => {
      if ((order(value, maxValue, 1, run, convert) ?? 0) > 0)
        run.reportAs(limitMessage(value, maxValue, 'GT', 'MAX'), 'validate.too-great');
    });
  if (maxLength !== undefined)
    checks.push(({ value }: Item, run) => {
      if (typeof value === 'string' && value.length > maxLength) run.report('validate.too-long', { max: maxLength });
    });
  return checks;
}
