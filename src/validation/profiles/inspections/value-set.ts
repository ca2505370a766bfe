// ValueSets (http://hl7.org/fhir/R4/valueset.html#compositions): systems are absolute, the codes listed are codes of theirs.
import type { JsonObject } from '../../../model/json.js';
import { isObject } from '../../objects.js';
import { objectsAt, textAt } from '../../structures/element-rule.js';
import type { FullRun } from '../run.js';
import type { Walk } from '../walk.js';
import { reportAt, type Inspection } from './inspection.js';

function checkConcepts(include: JsonObject, system: string, run: FullRun, { registry }: Walk): void {
  objectsAt(include, 'concept').forEach((concept, index) => {
    const code = textAt(concept, 'code');
    if (code !== undefined && registry.valueSets.isCode(system, code) === false)
      reportAt([`concept[${index}]`], run, () => run.report('validate.code-unknown'));
  });
}

function checkPart(part: JsonObject, run: FullRun, walker: Walk): void {
  const system = textAt(part, 'system');
  if (system === undefined) return;
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(system)) checkConcepts(part, system, run, walker);
  else run.report('validate.system-relative');
}

export const valueSet: Inspection = ({ value }, run, walker) => {
  if (!isObject(value) || !isObject(value.compose)) return;
  for (const name of ['include', 'exclude'])
    objectsAt(value.compose, name).forEach((part, index) =>
      reportAt(['compose', `${name}[${index}]`], run, () => checkPart(part, run, walker)),
    );
};
