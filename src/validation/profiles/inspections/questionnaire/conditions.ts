// Questionnaires (http://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen): a condition is about another
// question of the form.
import { isObject } from '../../../objects.js';
import type { FullRun } from '../../run.js';
import { reportAt, type Inspection } from '../inspection.js';
import { formItems, objectsAt, textAt, type FormItem } from './form.js';

function linkIdsOf(items: readonly FormItem[], into = new Set<string>()): ReadonlySet<string> {
  for (const { linkId, items: below } of items) linkIdsOf(below, into.add(linkId));
  return into;
}

function checkItem({ source, linkId, items }: FormItem, known: ReadonlySet<string>, run: FullRun): void {
  objectsAt(source, 'enableWhen').forEach((condition, index) => {
    const question = textAt(condition, 'question');
    if (question === undefined || (known.has(question) && question !== linkId)) return;
    reportAt([`enableWhen[${index}]`], run, () => run.report('validate.condition-question'));
  });
  checkItems(items, known, run);
}

function checkItems(items: readonly FormItem[], known: ReadonlySet<string>, run: FullRun): void {
  items.forEach((item, index) => reportAt([`item[${index}]`], run, () => checkItem(item, known, run)));
}

export const questionnaire: Inspection = ({ value }, run) => {
  if (!isObject(value)) return;
  const items = formItems(value);
  checkItems(items, linkIdsOf(items), run);
};
