// A QuestionnaireResponse against its Questionnaire (http://hl7.org/fhir/R4/questionnaireresponse.html#4.5.4): items where and as
// often as the form has them, answers where they are required.
import type { JsonObject } from '../../../../model/json.js';
import { isObject } from '../../../objects.js';
import type { FullRun } from '../../run.js';
import type { Walk } from '../../walk.js';
import { reportAt, type Inspection } from '../inspection.js';
import { checkAnswer } from './answer-checks.js';
import { isEnabled } from './enabling.js';
import { answersByLink, extensionValues, formItems, objectsAt, textAt, type FormItem } from './form.js';

/** What is the same for all items of one response. */
class ResponseCheck {
  private readonly questionnaire: JsonObject;
  private readonly response: JsonObject;
  private readonly run: FullRun;
  private readonly walker: Walk;
  private readonly answers: ReturnType<typeof answersByLink>;
  constructor(questionnaire: JsonObject, response: JsonObject, run: FullRun, walker: Walk) {
    this.questionnaire = questionnaire;
    this.response = response;
    this.run = run;
    this.walker = walker;
    this.answers = answersByLink(response);
  }

  check(): void {
    this.checkItems(this.response, formItems(this.questionnaire));
  }

  /** Work in progress may leave answers out. */
  private get isWhole(): boolean {
    return this.response.status !== 'in-progress' && this.response.status !== 'stopped';
  }

  /** The items of a response, group or answer, against those of the form at that place. */
  private checkItems(holder: JsonObject, form: readonly FormItem[]): void {
    const items = objectsAt(holder, 'item');
    let last = -1;
    items.forEach((item, index) => {
      const at = form.findIndex(({ linkId }) => linkId === item.linkId);
      if (at < 0) return this.unknownItem(item);
      if (at < last) this.at(['item'], index, () => this.run.report('validate.answer-order'));
      last = Math.max(last, at);
      this.at(['item'], index, () => this.checkItem(item, form[at]!));
    });
    for (const expected of form) this.checkPresence(expected, items);
  }

  private at(steps: readonly string[], index: number, check: () => void): void {
    const last = `${steps.at(-1)}[${index}]`;
    reportAt([...steps.slice(0, -1), last], this.run, check);
  }

  private unknownItem({ linkId }: JsonObject): void {
    const isElsewhere = (items: readonly FormItem[]): boolean =>
      items.some((item) => item.linkId === linkId || isElsewhere(item.items));
    this.run.report(
      isElsewhere(formItems(this.questionnaire)) ? 'validate.answer-misplaced' : 'validate.answer-unknown-item',
    );
  }

  private checkPresence(expected: FormItem, items: readonly JsonObject[]): void {
    const given = items.filter(({ linkId }) => linkId === expected.linkId);
    if (given.length > 1 && expected.type !== 'group') this.run.report('validate.answer-count');
    else if (given.length > 1 && !expected.repeats) this.run.report('validate.answer-count');
    if (given.length === 0 && expected.required && this.isWhole && isEnabled(expected, this.answers))
      this.run.report('validate.answer-missing');
  }

  private checkItem(item: JsonObject, form: FormItem): void {
    if (form.type === 'group') return this.checkGroup(item, form);
    const answers = objectsAt(item, 'answer');
    if (form.type !== 'display') this.checkCount(answers, form);
    if (objectsAt(item, 'item').length > 0) this.run.report('validate.answer-group');
    answers.forEach((answer, index) =>
      this.at(['answer'], index, () => {
        checkAnswer(answer, form, this.questionnaire, this.run, this.walker);
        this.checkItems(answer, form.items);
      }),
    );
  }

  private checkGroup(item: JsonObject, form: FormItem): void {
    if (objectsAt(item, 'answer').length > 0) this.run.report('validate.answer-group');
    if (form.required && this.isWhole && objectsAt(item, 'item').length === 0)
      this.run.reportAs('QUESTIONNAIRE_QR_ITEM_GROUP_REQUIRED', 'validate.answer-missing');
    else this.checkItems(item, form.items);
  }

  private checkCount(answers: readonly JsonObject[], form: FormItem): void {
    const least = extensionValues(form, 'questionnaire-minOccurs').map(Number);
    const most = extensionValues(form, 'questionnaire-maxOccurs').map(Number);
    if (answers.length === 0 && form.required && this.isWhole) this.run.report('validate.answer-missing');
    else if (least.some((each) => answers.length < each) && (this.isWhole || answers.length > 0))
      this.run.reportAs('QUESTIONNAIRE_QR_ITEM_MIN_OCCURS', 'validate.answer-count');
    if (most.some((each) => answers.length > each))
      this.run.reportAs('QUESTIONNAIRE_QR_ITEM_MAX_OCCURS', 'validate.answer-count');
    else if (answers.length > 1 && !form.repeats)
      this.run.reportAs('Questionnaire_QR_Item_OnlyOneA', 'validate.answer-count');
  }
}

function questionnaireOf(response: JsonObject, { registry }: Walk): JsonObject | undefined {
  const url = textAt(response, 'questionnaire');
  if (url?.startsWith('#') === true) return objectsAt(response, 'contained').find(({ id }) => id === url.slice(1));
  const found = url === undefined ? undefined : registry.canonical(url);
  return found?.resourceType === 'Questionnaire' ? found : undefined;
}

export const questionnaireResponse: Inspection = ({ value }, run, walker) => {
  if (!isObject(value)) return;
  const questionnaire = questionnaireOf(value, walker);
  if (questionnaire !== undefined) new ResponseCheck(questionnaire, value, run, walker).check();
  else if (value.questionnaire !== undefined) run.report('validate.questionnaire-unknown');
};
