// ConceptMaps (http://hl7.org/fhir/R4/conceptmap.html): the codes of a group are codes of its source and of its target.
import type { JsonObject } from '../../../model/json.js';
import { isObject } from '../../objects.js';
import { objectsAt, textAt } from '../../structures/element-rule.js';
import type { FullRun } from '../run.js';
import type { Walk } from '../walk.js';
import { reportAt, type Inspection } from './inspection.js';

function checkCode(holder: JsonObject, system: string | undefined, run: FullRun, { registry }: Walk): void {
  const code = textAt(holder, 'code');
  if (code !== undefined && system !== undefined && registry.valueSets.isCode(system, code) === false)
    reportAt(['code'], run, () => run.report('validate.code-unknown'));
}

function checkGroup(group: JsonObject, run: FullRun, walker: Walk): void {
  const [source, target] = [textAt(group, 'source'), textAt(group, 'target')];
  objectsAt(group, 'element').forEach((element, index) =>
    reportAt([`element[${index}]`], run, () => {
      checkCode(element, source, run, walker);
      objectsAt(element, 'target').forEach((each, at) =>
        reportAt([`target[${at}]`], run, () => checkCode(each, target, run, walker)),
      );
    }),
  );
}

export const conceptMap: Inspection = ({ value }, run, walker) => {
  if (!isObject(value)) return;
  objectsAt(value, 'group').forEach((group, index) =>
    reportAt([`group[${index}]`], run, () => checkGroup(group, run, walker)),
  );
};
