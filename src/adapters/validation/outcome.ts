// What validation found as an OperationOutcome (http://hl7.org/fhir/R4/operationoutcome.html), as the reference validator tells it:
// its message id, and the line and column of the text.
import type { Issue } from '../../model/issue.js';
import type { JsonObject } from '../../model/json.js';
import { operationOutcome } from '../../pipeline/operation-outcome.js';
import { referenceMessage } from '../../validation/reference-messages.js';

const root = 'http://hl7.org/fhir/StructureDefinition/operationoutcome';

function extensionsOf(issue: Issue): readonly JsonObject[] {
  const { line, column } = issue.position ?? {};
  const message = referenceMessage(issue);
  return [
    ...(line === undefined ? [] : [{ url: `${root}-issue-line`, valueInteger: line }]),
    ...(column === undefined ? [] : [{ url: `${root}-issue-col`, valueInteger: column }]),
    ...(message === undefined ? [] : [{ url: `${root}-message-id`, valueString: message }]),
  ];
}

export function validationOutcome(issues: readonly Issue[]): JsonObject {
  const outcome = operationOutcome(issues);
  if (issues.length === 0) return outcome;
  const told = (outcome.issue as readonly JsonObject[]).map((each, index) => {
    const extension = extensionsOf(issues[index]!);
    return extension.length === 0 ? each : { extension, ...each };
  });
  return { ...outcome, issue: told };
}
