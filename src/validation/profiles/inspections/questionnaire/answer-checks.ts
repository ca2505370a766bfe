// One answer against its question: its type, the options, and the limits that extensions set
// (http://hl7.org/fhir/R4/questionnaireresponse.html#4.5.5).
import type { JsonObject, JsonValue } from '../../../../model/json.js';
import type { IssueCode } from '../../../../model/issues.js';
import { isNumber } from '../../../fhirpath/item.js';
import { isObject } from '../../../objects.js';
import { choiceOf } from '../../../structures/element-rule.js';
import { fitsPattern } from '../../matching.js';
import type { FullRun } from '../../run.js';
import type { Walk } from '../../walk.js';
import { reportAt } from '../inspection.js';
import { extensionValues, objectsAt, textAt, type FormItem } from './form.js';

/** Question type -> types of `answer.value[x]`. */
const answerTypes: Readonly<Record<string, readonly string[]>> = {
  boolean: ['Boolean'],
  decimal: ['Decimal'],
  integer: ['Integer'],
  date: ['Date'],
  dateTime: ['DateTime'],
  time: ['Time'],
  string: ['String'],
  text: ['String'],
  url: ['Uri'],
  choice: ['Coding', 'Integer', 'Date', 'Time', 'String', 'Reference'],
  'open-choice': ['Coding', 'Integer', 'Date', 'Time', 'String', 'Reference'],
  attachment: ['Attachment'],
  reference: ['Reference'],
  quantity: ['Quantity'],
};

interface Answer {
  readonly type: string;
  readonly value: JsonValue;
  readonly item: FormItem;
  readonly questionnaire: JsonObject;
}

type AnswerCheck = (answer: Answer, run: FullRun, walker: Walk) => void;

const atValue = (code: IssueCode, run: FullRun, messageId?: string): void =>
  reportAt(['value'], run, () => run.reportAs(messageId, code));

const isChoice = ({ item }: Answer): boolean => item.type === 'choice' || item.type === 'open-choice';

const codeOf = (value: JsonValue): JsonValue =>
  isObject(value) ? { ...(value.system !== undefined && { system: value.system }), code: value.code ?? null } : value;

const checkOptions: AnswerCheck = (answer, run) => {
  const options = objectsAt(answer.item.source, 'answerOption').flatMap((option) => choiceOf(option, 'value') ?? []);
  if (options.length === 0 || (answer.item.type === 'open-choice' && answer.type === 'String')) return;
  const same = options.filter(({ type }) => type === answer.type);
  if (same.some(({ value }) => fitsPattern(answer.value, codeOf(value)))) return;
  const messageId = `Questionnaire_QR_Item_No${answer.type}`;
  if (same.length === 0 || answer.type === 'Coding') run.reportAs(messageId, 'validate.answer-option');
  else atValue('validate.answer-option', run, messageId);
};

/** `#options` is a value set within the Questionnaire. */
function valueSetOf({ item, questionnaire }: Answer): string | undefined {
  const url = textAt(item.source, 'answerValueSet');
  if (url?.startsWith('#') !== true) return url;
  const contained = objectsAt(questionnaire, 'contained').find(({ id }) => id === url.slice(1));
  return textAt(contained, 'url');
}

const checkValueSet: AnswerCheck = (answer, run, { registry }) => {
  const url = valueSetOf(answer);
  if (url === undefined || answer.type !== 'Coding' || !isObject(answer.value)) return;
  const { system, code } = answer.value;
  if (typeof code !== 'string' || typeof system !== 'string') return;
  if (registry.valueSets.includes(url, { system, code }) === false)
    atValue('validate.answer-option', run, 'Questionnaire_QR_Item_NoCoding');
};

const checkLength: AnswerCheck = ({ value, item }, run) => {
  if (typeof value !== 'string') return;
  const { maxLength } = item.source;
  const isLong = isNumber(maxLength) && value.length > Number(maxLength);
  const isShort = extensionValues(item, 'minLength').some((least) => value.length < Number(least));
  if (isLong) atValue('validate.answer-length', run, 'QUESTIONNAIRE_QR_ITEM_STRING_MAX_LENGTH');
  if (isShort) atValue('validate.answer-length', run, 'QUESTIONNAIRE_QR_ITEM_STRING_MIN_LENGTH');
};

const below = (value: JsonValue, bound: JsonValue): boolean => {
  if (isNumber(value) && isNumber(bound)) return Number(value) < Number(bound);
  return typeof value === 'string' && typeof bound === 'string' && value < bound;
};

const checkRange: AnswerCheck = ({ value, item, type }, run) => {
  const isSmall = extensionValues(item, 'minValue').some((least) => below(value, least));
  const isGreat = extensionValues(item, 'maxValue').some((most) => below(most, value));
  const messageId = `QUESTIONNAIRE_QR_ITEM_${type === 'DateTime' ? 'DATE' : type.toUpperCase()}`;
  if (isSmall) atValue('validate.answer-range', run, `${messageId}_MIN`);
  if (isGreat) atValue('validate.answer-range', run, `${messageId}_MAX`);
};

/** Amounts are compared in one formal unit; without one they cannot be. */
const checkAmount: AnswerCheck = ({ value, item }, run) => {
  if (!isObject(value)) return;
  const limits = [
    ...extensionValues(item, 'sdc-questionnaire-minQuantity').map((limit) => [limit, value] as const),
    ...extensionValues(item, 'sdc-questionnaire-maxQuantity').map((limit) => [value, limit] as const),
  ];
  for (const [small, great] of limits) {
    if (!isObject(small) || !isObject(great)) continue;
    if (small.code === undefined || great.code === undefined || small.code !== great.code)
      atValue('validate.answer-unit', run);
    else if (below(great.value ?? null, small.value ?? null)) atValue('validate.answer-range', run);
  }
};

const checkUnit: AnswerCheck = ({ value, item }, run, { registry }) => {
  if (!isObject(value)) return;
  const { system, code } = value;
  const options = extensionValues(item, 'questionnaire-unitOption').filter(isObject);
  const isOption = options.length === 0 || options.some((option) => option.system === system && option.code === code);
  const coded = typeof code === 'string' && typeof system === 'string' ? { system, code } : undefined;
  const isMember = extensionValues(item, 'questionnaire-unitValueSet').every(
    (url) => typeof url !== 'string' || coded === undefined || registry.valueSets.includes(url, coded) !== false,
  );
  if (!isOption || !isMember) atValue('validate.answer-unit', run);
};

const checkAttachment: AnswerCheck = ({ value, item }, run) => {
  if (!isObject(value)) return;
  const types = extensionValues(item, 'mimeType');
  if (types.length > 0 && value.contentType !== undefined && !types.includes(value.contentType))
    run.reportAs('QUESTIONNAIRE_QR_ITEM_BAD_ATTACHMENT_MIMETYPE', 'validate.answer-attachment');
  const size = value.size === undefined ? undefined : Number(value.size);
  if (size !== undefined && extensionValues(item, 'maxSize').some((most) => size > Number(most)))
    run.reportAs('QUESTIONNAIRE_QR_ITEM_BAD_ATTACHMENT_LENGTH', 'validate.answer-attachment');
};

const checkReference: AnswerCheck = ({ value, item }, run, { types }) => {
  if (!isObject(value) || typeof value.reference !== 'string') return;
  const type = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}$/.exec(value.reference)?.[1];
  const allowed = extensionValues(item, 'questionnaire-referenceResource');
  if (type === undefined) return;
  if (!types.has(type) || (allowed.length > 0 && !allowed.includes(type))) atValue('validate.answer-reference', run);
};

const choiceChecks: readonly AnswerCheck[] = [checkOptions, checkValueSet];

/** Checks by the type of the question. A new limit is a function and a place in this table. */
const checks: Readonly<Record<string, readonly AnswerCheck[]>> = {
  choice: choiceChecks,
  'open-choice': choiceChecks,
  string: [checkOptions, checkLength],
  text: [checkLength],
  url: [checkLength],
  decimal: [checkRange],
  integer: [checkOptions, checkRange],
  date: [checkOptions, checkRange],
  dateTime: [checkRange],
  time: [checkOptions, checkRange],
  quantity: [checkAmount, checkUnit],
  attachment: [checkAttachment],
  reference: [checkReference],
};

/** Types that the options of a choice have; codes where it names a value set. */
const isAllowed = (answer: Answer): boolean => {
  const allowed = answerTypes[answer.item.type] ?? [];
  if (!isChoice(answer)) return allowed.includes(answer.type);
  if (objectsAt(answer.item.source, 'answerOption').length > 0) return allowed.includes(answer.type);
  return answer.type === 'Coding' || (answer.item.type === 'open-choice' && answer.type === 'String');
};

/** Checks an answer where the run stands at it. */
export function checkAnswer(
  holder: JsonObject,
  item: FormItem,
  questionnaire: JsonObject,
  run: FullRun,
  walker: Walk,
): void {
  const given = choiceOf(holder, 'value');
  if (given === undefined) return;
  const answer: Answer = { ...given, item, questionnaire };
  if (!isAllowed(answer)) {
    const expected = (answerTypes[item.type] ?? []).join(' or ');
    return reportAt(['value'], run, () => run.report('validate.answer-type', { expected }));
  }
  for (const check of checks[item.type] ?? []) check(answer, run, walker);
}
