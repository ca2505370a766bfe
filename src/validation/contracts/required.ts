// Elements that a contract asks for beyond what FHIR does.
import { issue, type Issue } from '../../model/issue.js';
import type { Severity } from '../../model/issues.js';
import type { Breach, ContractCheck } from './check.js';
import type { RequiredElement } from './contract.js';
import { severityOf } from './weight.js';

export function requiredCheck(contract: string, type: string, required: readonly RequiredElement[]): ContractCheck {
  return (resources) => {
    const breaches: Breach[] = [];
    resources.forEach((resource, at) => {
      if (resource.type !== type) return;
      for (const { element, onViolation } of required)
        if (resource.content[element] === undefined)
          breaches.push({ at, issue: missing(contract, type, element, severityOf[onViolation]) });
    });
    return breaches;
  };
}

/** FHIR tells of what is missing at its parent. */
const missing = (contract: string, type: string, element: string, severity: Severity): Issue =>
  issue('contract.required-missing', { contract, element: `${type}.${element}` }, { severity, expression: type });
