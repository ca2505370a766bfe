// The amounts a resource holds of what a contract speaks of: an Observation's own value, or its components'.
import { Decimal, type JsonObject, type JsonValue } from '../../model/json.js';
import { normalizeUnit } from '../../terminology/units/unit.js';
import { isList, isObject } from '../objects.js';
import type { Subject } from './check.js';
import type { MeasuredCode, MeasurementTerms, QuantityTerms } from './contract.js';

export interface Amount {
  /** The resource's place in the message. */
  readonly at: number;
  /** FHIRPath of what has the code, `Observation.component[1]`. */
  readonly path: string;
  /** Absent for a panel itself: it belongs to a reading, and may hold nothing. */
  readonly terms?: QuantityTerms;
  readonly value?: number | undefined;
  /** UCUM code: as it is coded, or else as the unit's text may be read among the contract's units. */
  readonly unit?: string | undefined;
  /** The resource itself says that the unit is UCUM's. */
  readonly coded?: boolean;
  /** Which of the components holds it; absent for the resource's own value. */
  readonly component?: number;
  readonly panel: boolean;
}

const ucum = 'http://unitsofmeasure.org';
const keysOf = ({ others = [], ...preferred }: MeasuredCode): string[] =>
  [preferred, ...others].map(({ system, code }) => `${system}|${code}`);

/** Finds the amounts of one resource. */
export function amountsOf(terms: MeasurementTerms): (resource: Subject, at: number) => Amount[] {
  const byCode = new Map(
    terms.quantities.flatMap((quantity) => keysOf(quantity.code).map((key) => [key, quantity] as const)),
  );
  const panels = terms.panel === undefined ? [] : keysOf(terms.panel);
  return ({ type, content }, at) => {
    const codes = codesOf(content);
    const own = codes.map((code) => byCode.get(code)).find((quantity) => quantity !== undefined);
    if (own !== undefined) return amount(own, content, at, type, false);
    return panels.some((panel) => codes.includes(panel)) ? panelAmounts(byCode, content, at, type) : [];
  };
}

function panelAmounts(
  byCode: ReadonlyMap<string, QuantityTerms>,
  content: JsonObject,
  at: number,
  type: string,
): Amount[] {
  const { component } = content;
  const parts = isList(component) ? component.filter(isObject) : [];
  const amounts = parts.flatMap((part, index) => {
    const quantity = codesOf(part)
      .map((code) => byCode.get(code))
      .find((each) => each !== undefined);
    if (quantity === undefined) return [];
    return amount(quantity, part, at, `${type}.component[${index}]`, true).map((each) => ({
      ...each,
      component: index,
    }));
  });
  // A panel whose components come as Observations of their own (hasMember) has none itself.
  return parts.length === 0 ? [] : [{ at, path: type, panel: true }, ...amounts];
}

function amount(terms: QuantityTerms, holder: JsonObject, at: number, path: string, panel: boolean): Amount[] {
  const { valueQuantity } = holder;
  if (!isObject(valueQuantity)) return [{ at, path, terms, panel }];
  const { value, system, code } = valueQuantity;
  const coded = system === ucum && typeof code === 'string';
  const unit = coded ? code : unitOfText(text(valueQuantity['unit']), terms);
  return [{ at, path: `${path}.value.ofType(Quantity)`, terms, panel, value: numberOf(value), unit, coded }];
}

/** The unit of a text (`mmHg`), if it is one that the contract knows. */
function unitOfText(unit: string, { unit: { canonical, allowed = [] } }: QuantityTerms): string | undefined {
  const isUcum = (code: string): boolean => code === canonical || allowed.includes(code);
  const answer = normalizeUnit(unit, { isUcum });
  return answer.outcome === 'ucum' ? answer.code : undefined;
}

const numberOf = (value: JsonValue | undefined): number | undefined =>
  typeof value === 'number' ? value : value instanceof Decimal ? value.valueOf() : undefined;

function codesOf({ code }: JsonObject): string[] {
  const coding = isObject(code) ? code['coding'] : undefined;
  return isList(coding) ? coding.filter(isObject).map((each) => `${text(each['system'])}|${text(each['code'])}`) : [];
}

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
