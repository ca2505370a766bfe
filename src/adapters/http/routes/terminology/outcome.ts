// Issues of the terminology service as an OperationOutcome, with message ids and issue types of the HL7 terminology ecosystem.
import type { JsonObject } from '../../../../model/json.js';
import type { TxIssue } from '../../../../terminology/issue.js';

const messageIdUrl = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-message-id';
const issueTypeSystem = 'http://hl7.org/fhir/tools/CodeSystem/tx-issue-type';

const element = ({ severity, type, detail, message, expression }: TxIssue): JsonObject => ({
  ...(message.id !== '' && { extension: [{ url: messageIdUrl, valueString: message.id }] }),
  severity,
  code: type,
  details: {
    ...(detail !== undefined && { coding: [{ system: issueTypeSystem, code: detail }] }),
    text: message.text,
  },
  ...(expression !== undefined && { expression: [expression] }),
});

export const outcomeOf = (issues: readonly TxIssue[]): JsonObject => ({
  resourceType: 'OperationOutcome',
  issue: issues.map(element),
});
