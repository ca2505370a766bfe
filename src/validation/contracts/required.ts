// Elements that a contract asks for beyond what FHIR does.
import { issue } from '../../model/issue.js';
import type { ContractCheck } from './check.js';
import type { RequiredElement } from './contract.js';
import { severityOf } from './weight.js';

export const requiredCheck =
  (contract: string, type: string, required: readonly RequiredElement[]): ContractCheck =>
  (resources) =>
    resources.flatMap((resource, at) =>
      resource.type !== type
        ? []
        : required
            .filter(({ element }) => resource.content[element] === undefined)
            .map(({ element, onViolation }) => ({
              at,
              issue: issue(
                'contract.required-missing',
                { contract, element: `${type}.${element}` },
                // FHIR tells of what is missing at its parent.
                { severity: severityOf[onViolation], expression: type },
              ),
            })),
    );
