// What validation found as an OperationOutcome (http://hl7.org/fhir/R4/operationoutcome.html).
import type { Issue } from '../../model/issue.js';
import type { JsonObject } from '../../model/json.js';
import { operationOutcome } from '../../pipeline/operation-outcome.js';

export const validationOutcome = (issues: readonly Issue[]): JsonObject => operationOutcome(issues);
