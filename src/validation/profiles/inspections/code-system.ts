// CodeSystems (http://hl7.org/fhir/R4/codesystem.html): a complete one has as many concepts as it says.
import type { JsonObject } from '../../../model/json.js';
import { isObject } from '../../objects.js';
import { objectsAt } from '../../structures/element-rule.js';
import { reportAt, type Inspection } from './inspection.js';

const conceptsIn = (holder: JsonObject): number =>
  objectsAt(holder, 'concept').reduce((count, concept) => count + 1 + conceptsIn(concept), 0);

export const codeSystem: Inspection = ({ value }, run) => {
  if (!isObject(value)) return;
  const { content, count } = value;
  if (content === 'complete' && count !== undefined && Number(count) !== conceptsIn(value))
    reportAt(['count'], run, () => run.report('validate.system-count'));
};
