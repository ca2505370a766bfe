// One amount by its contract: its unit, then its range in the canonical unit.
import { issue, type Issue } from '../../model/issue.js';
import type { ConvertUnit } from './check.js';
import type { QuantityTerms } from './contract.js';
import type { Amount } from './measured.js';
import { severityOf } from './weight.js';

export function quantityIssues(
  contract: string,
  terms: QuantityTerms,
  amount: Amount,
  convert: ConvertUnit,
): readonly Issue[] {
  if (amount.value === undefined) return [];
  const { canonical, allowed = [], molarMass, onViolation } = terms.unit;
  const args = { contract, name: terms.name, canonical };
  const context = { severity: severityOf[onViolation], expression: amount.path };
  const uncoded = amount.coded === true ? [] : [issue('contract.unit-not-ucum', args, context)];
  if (amount.unit === undefined) return uncoded;
  if (amount.unit === canonical) return [...uncoded, ...rangeIssues(contract, terms, amount.value, amount.path)];
  if (!allowed.includes(amount.unit)) return [issue('contract.unit-not-allowed', args, context)];
  const converted = convert(amount.value, amount.unit, canonical, molarMass);
  const code = terms.unit.convert === true ? 'contract.unit-converted' : 'contract.unit-not-canonical';
  const other = issue(code, args, { expression: amount.path });
  const range = converted === undefined ? [] : rangeIssues(contract, terms, converted, amount.path);
  return [...uncoded, other, ...range];
}

function rangeIssues(contract: string, { name, plausible, unit }: QuantityTerms, value: number, path: string): Issue[] {
  if (plausible === undefined || (value >= plausible.min && value <= plausible.max)) return [];
  const { min, max, onViolation } = plausible;
  return [
    issue(
      'contract.implausible',
      { contract, name, min, max, unit: unit.canonical },
      { severity: severityOf[onViolation], expression: path },
    ),
  ];
}
