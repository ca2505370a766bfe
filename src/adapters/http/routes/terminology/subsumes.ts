// CodeSystem $subsumes.
import { subsumes } from '../../../../terminology/operations/subsumes.js';
import { scopeOf } from '../../../../terminology/scope.js';
import { codingAsked } from './lookup.js';
import type { TerminologyOperation } from './operation.js';
import { out, parameters as parametersOf } from './out-parameters.js';
import { optionsOf } from './request-options.js';
import { contentFor } from './tx-resources.js';

export const codeSystemSubsumes: TerminologyOperation = {
  type: 'CodeSystem',
  name: 'subsumes',
  instance: 'system',
  definition: 'http://hl7.org/fhir/OperationDefinition/CodeSystem-subsumes',
  summary: 'How two codes of one system stand to each other',
  run(request) {
    const { parameters } = request;
    const a = codingAsked(parameters, { code: 'codeA', coding: 'codingA' });
    const b = codingAsked(parameters, { code: 'codeB', coding: 'codingB' });
    const scope = scopeOf(contentFor(parameters, request.installed), optionsOf(request));
    return parametersOf(out('outcome', 'Code', subsumes(a, b, scope)));
  },
};
