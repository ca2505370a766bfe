// ValueSet $batch-validate-code: many validations in one request; what is asked of all stands beside them.
import type { JsonObject } from '../../../../model/json.js';
import { TerminologyRefusal } from '../../../../terminology/issue.js';
import { messages } from '../../../../terminology/messages.js';
import { InParameters } from './in-parameters.js';
import type { OperationRequest, TerminologyOperation } from './operation.js';
import { outResource, parameters as parametersOf } from './out-parameters.js';
import { outcomeOf } from './outcome.js';
import { validateInCodeSystem, validateInValueSet } from './validate-code.js';

const mostValidations = 10_000;

const namesValueSet = (parameters: InParameters): boolean =>
  parameters.named('url').length > 0 || parameters.named('valueSet').length > 0;

/** One validation that cannot be made does not stop the others. */
function validated(item: unknown, request: OperationRequest): JsonObject {
  try {
    const shared = new InParameters(request.parameters.all.filter(({ name }) => name !== 'validation'));
    const parameters = InParameters.fromResource(item).over(shared);
    const validate = namesValueSet(parameters) ? validateInValueSet : validateInCodeSystem;
    return validate({ ...request, parameters });
  } catch (error) {
    if (!(error instanceof TerminologyRefusal)) throw error;
    return outcomeOf([error.issue]);
  }
}

export const batchValidateCode: TerminologyOperation = {
  type: 'ValueSet',
  name: 'batch-validate-code',
  definition: 'http://hl7.org/fhir/uv/tx-ecosystem/OperationDefinition/ValueSet-batch-validate-code',
  summary: 'Many validations in one request',
  run(request) {
    const items = request.parameters.resources('validation');
    if (items.length > mostValidations)
      throw new TerminologyRefusal(
        422,
        'too-costly',
        messages.wrongParameter('validation', `at most ${mostValidations}`),
      );
    return parametersOf(items.map((item) => outResource('validation', validated(item, request))));
  },
};
