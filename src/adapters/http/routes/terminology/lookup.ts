// CodeSystem $lookup.
import { TerminologyRefusal } from '../../../../terminology/issue.js';
import { messages } from '../../../../terminology/messages.js';
import { lookup, type LookedUpProperty, type Lookup } from '../../../../terminology/operations/lookup.js';
import type { Coding, PropertyElement } from '../../../../terminology/resources.js';
import type { Designation } from '../../../../terminology/code-systems/code-system.js';
import { scopeOf } from '../../../../terminology/scope.js';
import type { InParameters } from './in-parameters.js';
import type { TerminologyOperation } from './operation.js';
import { out, outParts, parameters as parametersOf, type OutParameter } from './out-parameters.js';
import { optionsOf } from './request-options.js';
import { contentFor } from './tx-resources.js';

/** `coding`, or `code` with `system` and `version`. Throws a refusal when there is neither. */
export function codingAsked(parameters: InParameters, names = { code: 'code', coding: 'coding' }): Coding {
  const coding = parameters.object<Coding>(names.coding);
  if (coding !== undefined) return coding;
  const [code, system, version] = [parameters.text(names.code), parameters.text('system'), parameters.text('version')];
  if (code === undefined || system === undefined) {
    const needed = `${names.coding}, or ${names.code} and system`;
    throw new TerminologyRefusal(400, 'required', messages.missingParameter(needed));
  }
  return { code, system, ...(version !== undefined && { version }) };
}

const types = {
  valueCode: 'Code',
  valueCoding: 'Coding',
  valueString: 'String',
  valueInteger: 'Integer',
  valueBoolean: 'Boolean',
  valueDateTime: 'DateTime',
  valueDecimal: 'Decimal',
} as const;

/** The value of a property under another name. */
function valueOf(element: PropertyElement): readonly OutParameter[] {
  return Object.entries(types).flatMap(([key, type]) => out('value', type, element[key as keyof typeof types]));
}

const property = ({ element, description }: LookedUpProperty): OutParameter =>
  outParts('property', [
    ...out('code', 'Code', element.code),
    ...valueOf(element),
    ...out('description', 'String', description),
  ]);

const designation = ({ language, use, value, source }: Designation): OutParameter =>
  outParts('designation', [
    ...out('language', 'Code', language),
    ...out('use', 'Coding', use),
    ...out('value', 'String', value),
    ...out('source', 'Canonical', source),
  ]);

const answerOf = ({ system, ...found }: Lookup) =>
  parametersOf([
    ...out('name', 'String', system.header.name ?? system.header.title ?? system.url),
    ...out('version', 'String', system.version),
    ...out('code', 'Code', found.code),
    ...out('system', 'Uri', system.url),
    ...out('display', 'String', found.display),
    ...out('definition', 'String', found.definition),
    ...out('abstract', 'Boolean', found.abstract),
    ...found.designations.map(designation),
    ...found.properties.map(property),
    ...system.supplements.flatMap((each) => out('used-supplement', 'Canonical', each)),
  ]);

export const codeSystemLookup: TerminologyOperation = {
  type: 'CodeSystem',
  name: 'lookup',
  instance: 'system',
  definition: 'http://hl7.org/fhir/OperationDefinition/CodeSystem-lookup',
  summary: 'Everything about one code',
  run(request) {
    const { parameters } = request;
    const coding = codingAsked(parameters);
    const scope = scopeOf(contentFor(parameters, request.installed), optionsOf(request));
    return answerOf(lookup(coding, scope, parameters.texts('property')));
  },
};
