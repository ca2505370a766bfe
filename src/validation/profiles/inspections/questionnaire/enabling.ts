// Is an item enabled (http://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen)?
import type { JsonObject, JsonValue } from '../../../../model/json.js';
import { isNumber } from '../../../fhirpath/item.js';
import { isObject } from '../../../objects.js';
import { fitsPattern } from '../../matching.js';
import { objectsAt, textAt, type FormItem } from './form.js';

type Answers = ReadonlyMap<string, readonly JsonObject[]>;

const valueOf = (holder: JsonObject, stem: string): JsonValue | undefined => {
  const key = Object.keys(holder).find((each) => each.startsWith(stem) && /^[A-Z]/.test(each.slice(stem.length)));
  return key === undefined ? undefined : holder[key];
};

/** Codings are compared by system and code, whatever they are called. */
const plain = (value: JsonValue): JsonValue => {
  if (!isObject(value) || value.code === undefined) return value;
  return { ...(value.system !== undefined && { system: value.system }), code: value.code };
};

function order(left: JsonValue, right: JsonValue): number | undefined {
  if (isNumber(left) && isNumber(right)) return Number(left) - Number(right);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  if (isObject(left) && isObject(right) && isNumber(left.value) && isNumber(right.value))
    return Number(left.value) - Number(right.value);
  return undefined;
}

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '>': (each) => each > 0,
  '<': (each) => each < 0,
  '>=': (each) => each >= 0,
  '<=': (each) => each <= 0,
};

function holds(condition: JsonObject, answers: Answers): boolean {
  const given = (answers.get(textAt(condition, 'question') ?? '') ?? []).flatMap(
    (each) => valueOf(each, 'value') ?? [],
  );
  const wanted = valueOf(condition, 'answer');
  const operator = textAt(condition, 'operator') ?? '=';
  if (wanted === undefined) return true;
  if (operator === 'exists') return given.length > 0 === (wanted === true);
  if (operator === '=') return given.some((each) => fitsPattern(each, plain(wanted)));
  if (operator === '!=') return !given.some((each) => fitsPattern(each, plain(wanted)));
  const fits = orders[operator];
  return given.some((each) => fits?.(order(each, wanted) ?? Number.NaN) === true);
}

export function isEnabled({ source }: FormItem, answers: Answers): boolean {
  const conditions = objectsAt(source, 'enableWhen');
  if (conditions.length === 0) return true;
  const answered = conditions.map((condition) => holds(condition, answers));
  return source.enableBehavior === 'all' ? answered.every(Boolean) : answered.some(Boolean);
}
