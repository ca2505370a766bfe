// Measurements made of several amounts (blood pressure: systolic and diastolic): each amount by itself, then whether
// they are all there and stand in their order.
import { issue, type Issue } from '../../model/issue.js';
import type { Breach, ContractCheck, ConvertUnit } from './check.js';
import type { MeasurementTerms, OnViolation, QuantityTerms } from './contract.js';
import { amountsOf, type Amount } from './measured.js';
import { quantityIssues } from './quantity.js';
import { readingsOf, type Reading } from './readings.js';
import { severityOf } from './weight.js';

export function measurementCheck(
  contract: string,
  type: string,
  terms: MeasurementTerms,
  convert: ConvertUnit,
): ContractCheck {
  const amounts = amountsOf(terms);
  return (resources) => {
    const found = resources.flatMap((resource, at) => (resource.type === type ? amounts(resource, at) : []));
    if (found.length === 0) return [];
    const single = found.flatMap((amount) =>
      placed(amount, amount.terms === undefined ? [] : quantityIssues(contract, amount.terms, amount, convert)),
    );
    const together = readingsOf(found, resources).flatMap((reading) => wholeIssues(contract, terms, reading, convert));
    return [...single, ...together];
  };
}

const placed = ({ at }: { readonly at: number }, issues: readonly Issue[]): Breach[] =>
  issues.map((each) => ({ at, issue: each }));

function wholeIssues(contract: string, terms: MeasurementTerms, reading: Reading, convert: ConvertUnit): Breach[] {
  return [...incomplete(contract, terms, reading), ...misordered(contract, terms, reading, convert)];
}

function incomplete(contract: string, { complete, quantities }: MeasurementTerms, reading: Reading): Breach[] {
  if (complete === undefined) return [];
  return quantities
    .filter((quantity) => !reading.amounts.some(({ terms }) => terms === quantity))
    .map(({ name, code }) => ({
      at: reading.at,
      issue: told('contract.part-missing', { contract, name, code: code.code }, complete.onViolation, reading.path),
    }));
}

const told = (
  code: 'contract.part-missing' | 'contract.order',
  args: Readonly<Record<string, string>>,
  onViolation: OnViolation,
  expression: string,
): Issue => issue(code, args, { severity: severityOf[onViolation], expression });

// Of two amounts of one kind at one time nobody knows which belongs to which: they are not compared.
function misordered(
  contract: string,
  { descending, quantities }: MeasurementTerms,
  { amounts }: Reading,
  convert: ConvertUnit,
): Breach[] {
  if (descending === undefined) return [];
  const ordered = descending.order.map((name) => onlyOf(name, quantities, amounts));
  return ordered.flatMap((lower, index) => {
    const upper = ordered[index - 1];
    if (upper === undefined || lower === undefined || inOrder(upper, lower, convert)) return [];
    const args = { contract, upper: upper.terms!.name, lower: lower.terms!.name };
    return [{ at: lower.at, issue: told('contract.order', args, descending.onViolation, lower.path) }];
  });
}

function onlyOf(name: string, terms: readonly QuantityTerms[], amounts: readonly Amount[]): Amount | undefined {
  const wanted = terms.find((each) => each.name === name);
  const found = amounts.filter((amount) => amount.terms !== undefined && amount.terms === wanted);
  return found.length === 1 ? found[0] : undefined;
}

function inOrder(upper: Amount, lower: Amount, convert: ConvertUnit): boolean {
  const [greater, less] = [upper, lower].map((amount) => inCanonical(amount, convert));
  return greater === undefined || less === undefined || greater > less;
}

function inCanonical({ value, unit, terms }: Amount, convert: ConvertUnit): number | undefined {
  const canonical = terms?.unit.canonical;
  if (value === undefined || canonical === undefined) return undefined;
  // A unit nobody can read does not keep two amounts that share it from being compared.
  return unit === undefined || unit === canonical ? value : convert(value, unit, canonical, terms?.unit.molarMass);
}
