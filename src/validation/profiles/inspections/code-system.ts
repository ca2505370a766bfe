// CodeSystems (http://hl7.org/fhir/R4/codesystem.html): a complete one has as many concepts as it says, and
// properties in the name of FHIR are FHIR's.
import type { JsonObject } from '../../../model/json.js';
import { isObject } from '../../objects.js';
import { objectsAt, textAt } from '../../structures/element-rule.js';
import type { FullRun } from '../run.js';
import type { Walk } from '../walk.js';
import { reportAt, type Inspection } from './inspection.js';

const conceptsIn = (holder: JsonObject): number =>
  objectsAt(holder, 'concept').reduce((count, concept) => count + 1 + conceptsIn(concept), 0);

const standardProperties = 'http://hl7.org/fhir/concept-properties';

/** "Properties defined by FHIR" are those of its code system (http://hl7.org/fhir/R4/codesystem.html#defined-props). */
function checkProperties(codeSystem: JsonObject, run: FullRun, { registry }: Walk): void {
  objectsAt(codeSystem, 'property').forEach((property, index) => {
    const [system, code] = textAt(property, 'uri')?.split('#') ?? [];
    if (system === standardProperties && registry.valueSets.isCode(system, code ?? '') === false)
      reportAt([`property[${index}]`], run, () => run.report('validate.system-property'));
  });
}

export const codeSystem: Inspection = ({ value }, run, walker) => {
  if (!isObject(value)) return;
  checkProperties(value, run, walker);
  const { content, count } = value;
  if (content === 'complete' && count !== undefined && Number(count) !== conceptsIn(value))
    reportAt(['count'], run, () => run.report('validate.system-count'));
};
