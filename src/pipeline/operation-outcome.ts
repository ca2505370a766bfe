// Issues as FHIR tells them (http://hl7.org/fhir/R4/operationoutcome.html): a projection of the issue catalogue.
import type { Issue } from '../model/issue.js';
import { issueCatalogue } from '../model/issues.js';
import type { JsonObject } from '../model/json.js';

/** The code system of the gateway's own issue codes. */
export const issueSystem = 'urn:concord:issue';

/**
 * An OperationOutcome with one issue for each: the catalogue's code and sentence in `details`, the place in the source,
 * the rule and the mend in `diagnostics`, the FHIRPath in `expression`. Without issues it says that all is well.
 */
export const operationOutcome = (issues: readonly Issue[]): JsonObject => ({
  resourceType: 'OperationOutcome',
  issue:
    issues.length > 0
      ? issues.map(outcomeIssue)
      : [{ severity: 'information', code: 'informational', details: { text: 'All OK' } }],
});

function outcomeIssue({ code, severity, text, position, expression, rule }: Issue): JsonObject {
  const { type, help } = issueCatalogue[code];
  const place = position && `At ${position.path}${position.offset === undefined ? '' : ` (byte ${position.offset})`}.`;
  return {
    severity,
    code: type,
    details: { coding: [{ system: issueSystem, code }], text },
    diagnostics: [place, rule && `Rule ${rule}.`, help].filter(Boolean).join(' '),
    ...(expression !== undefined && { expression: [expression] }),
  };
}
