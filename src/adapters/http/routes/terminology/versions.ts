// $versions: the FHIR versions spoken here (http://hl7.org/fhir/R4/capabilitystatement-operation-versions.html).
import type { TerminologyOperation } from './operation.js';
import { out, parameters as parametersOf } from './out-parameters.js';

export const versions: TerminologyOperation = {
  name: 'versions',
  definition: 'http://hl7.org/fhir/OperationDefinition/CapabilityStatement-versions',
  summary: 'The FHIR versions spoken here',
  run: () => parametersOf([...out('version', 'Code', '4.0'), ...out('default', 'Code', '4.0')]),
};
