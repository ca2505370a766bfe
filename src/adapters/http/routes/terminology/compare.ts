// ValueSet $compare (HL7 terminology ecosystem).
import type { JsonObject } from '../../../../model/json.js';
import type { Content } from '../../../../terminology/content.js';
import { TerminologyRefusal } from '../../../../terminology/issue.js';
import { messages } from '../../../../terminology/messages.js';
import { compare } from '../../../../terminology/operations/compare.js';
import type { ValueSetResource } from '../../../../terminology/resources.js';
import { scopeOf } from '../../../../terminology/scope.js';
import type { InParameters } from './in-parameters.js';
import type { OperationRequest, TerminologyOperation } from './operation.js';
import { out, parameters as parametersOf } from './out-parameters.js';
import { optionsOf } from './request-options.js';
import { contentFor } from './tx-resources.js';
import { valueSetAsked } from './value-set-asked.js';

function side(parameters: InParameters, content: Content, name: 'this' | 'other'): ValueSetResource {
  const names = { resource: `${name}ValueSet`, url: `${name}Url`, version: `${name}Version` };
  const valueSet = valueSetAsked(parameters, content, names);
  if (valueSet !== undefined) return valueSet;
  throw new TerminologyRefusal(400, 'required', messages.missingParameter(`a ${names.url} or ${names.resource}`));
}

const list = (codes: readonly string[] | undefined): string | undefined =>
  codes === undefined || codes.length === 0 ? undefined : codes.join(',');

function run(request: OperationRequest): JsonObject {
  const { parameters } = request;
  const content = contentFor(parameters, request.installed);
  const [own, other] = [side(parameters, content, 'this'), side(parameters, content, 'other')];
  const compared = compare(own, other, scopeOf(content, optionsOf(request)));
  const codes = parameters.boolean('diagnostics') === true ? compared.codes : undefined;
  return parametersOf([
    ...out('result', 'Code', compared.relation),
    ...out('message', 'String', compared.message),
    ...out('performed-expansion', 'Boolean', compared.performedExpansion),
    ...out('common-codes', 'String', list(codes?.common)),
    ...out('missing-codes', 'String', list(codes?.missing)),
    ...out('extra-codes', 'String', list(codes?.extra)),
  ]);
}

export const valueSetCompare: TerminologyOperation = {
  type: 'ValueSet',
  name: 'compare',
  definition: 'http://hl7.org/fhir/uv/tx-ecosystem/OperationDefinition/ValueSet-compare',
  summary: 'How the codes of two value sets stand to each other',
  run,
};
