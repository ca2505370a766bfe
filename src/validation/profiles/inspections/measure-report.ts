// A MeasureReport against its Measure (http://hl7.org/fhir/R4/measurereport.html): the groups and populations of the measure, and
// subjects where the type of the report lists them.
import type { JsonObject } from '../../../model/json.js';
import { isList, isObject } from '../../objects.js';
import { objectsAt, textAt } from '../../structures/element-rule.js';
import { resolveReference } from '../reference-resolution.js';
import type { FullRun } from '../run.js';
import type { Walk } from '../walk.js';
import { reportAt, type Inspection } from './inspection.js';

const codingsOf = ({ code }: JsonObject): readonly JsonObject[] => (isObject(code) ? objectsAt(code, 'coding') : []);

/** Do two concepts share a coding, or, where neither has one, their words? */
function isSame(left: JsonObject, right: JsonObject): boolean {
  const [own, others] = [codingsOf(left), codingsOf(right)];
  if (own.length > 0)
    return own.some((each) => others.some(({ system, code }) => each.system === system && each.code === code));
  const text = isObject(left.code) ? left.code.text : undefined;
  return text !== undefined && isObject(right.code) && right.code.text === text;
}

/** A measure of one group needs no code to tell it. */
function groupOf(group: JsonObject, groups: readonly JsonObject[], reported: number): JsonObject | undefined {
  if (groups.length === 1 && reported === 1) return groups[0];
  return groups.find((each) => isSame(group, each));
}

/** How many subjects a reference names: those of a List, where it can be read, or one. */
function subjectsOf(reference: string, run: FullRun): number | undefined {
  const named = resolveReference(reference, run);
  if (named?.resourceType === 'List') return objectsAt(named, 'entry').length;
  return named === undefined && (/(^|\/)List\//.test(reference) || reference.includes(':')) ? undefined : 1;
}

/** Subjects are told in the reports that list them, and in no others. */
function checkSubjects(population: JsonObject, report: JsonObject, run: FullRun): void {
  const { subjectResults, count } = population;
  if (report.type !== 'subject-list') {
    if (subjectResults !== undefined) run.report('validate.measure-subjects');
    if (count === undefined) run.report('validate.measure-count-missing');
    return;
  }
  const reference = isObject(subjectResults) ? textAt(subjectResults, 'reference') : undefined;
  const subjects = reference === undefined ? undefined : subjectsOf(reference, run);
  if (count !== undefined && subjects !== undefined && Number(count) !== subjects) run.report('validate.measure-count');
}

function checkGroup(group: JsonObject, defined: JsonObject, report: JsonObject, run: FullRun): void {
  const populations = objectsAt(defined, 'population');
  objectsAt(group, 'population').forEach((population, index) =>
    reportAt([`population[${index}]`], run, () => {
      if (!populations.some((each) => isSame(population, each))) run.report('validate.measure-population');
      else checkSubjects(population, report, run);
    }),
  );
}

function check(report: JsonObject, measure: JsonObject, run: FullRun): void {
  const groups = objectsAt(measure, 'group');
  const reported = objectsAt(report, 'group');
  const met = new Set<JsonObject>();
  reported.forEach((group, index) =>
    reportAt([`group[${index}]`], run, () => {
      const defined = groupOf(group, groups, reported.length);
      if (defined === undefined) return run.report('validate.measure-group');
      met.add(defined);
      checkGroup(group, defined, report, run);
    }),
  );
  // Reports that are not done may lack groups (http://hl7.org/fhir/R4/valueset-measure-report-status.html).
  if (report.status === 'complete' && groups.some((group) => !met.has(group)))
    run.report('validate.measure-group-missing');
}

function measureOf(report: JsonObject, { registry }: Walk): JsonObject | undefined {
  const url = textAt(report, 'measure');
  const found = url === undefined ? undefined : registry.canonical(url);
  return found?.resourceType === 'Measure' ? found : undefined;
}

export const measureReport: Inspection = ({ value }, run, walker) => {
  if (!isObject(value)) return;
  const measure = measureOf(value, walker);
  if (measure !== undefined && isList(value.group)) check(value, measure, run);
};
