// Brings amounts to the units that contracts ask for, their reference ranges with them: a value in one unit beside limits in
// another would be read wrongly.
import type { IdentifiedResource } from '../../canonical/identity.js';
import { leafCounts } from '../../canonical/leaf-counts.js';
import { isList, isObject, type JsonObject, type JsonValue } from '../../model/json.js';
import type { ConvertUnit } from '../../validation/contracts/check.js';
import { contractPin, type Contract, type QuantityTerms } from '../../validation/contracts/contract.js';
import { amountsOf, type Amount } from '../../validation/contracts/measured.js';
import { changedLineage, type Change } from './lineage.js';
import { convertDecimal } from './precision.js';
import { codedQuantity, convertedQuantity, type NewQuantity } from './quantity.js';

/** Resources with their amounts in canonical units; those that no contract wants converted are answered as they are. */
export type CanonicalUnits = (resources: readonly IdentifiedResource[]) => readonly IdentifiedResource[];

interface Finder {
  readonly type: string;
  readonly contract: Contract;
  readonly amounts: ReturnType<typeof amountsOf>;
}

/**
 * Compiles what contracts say of units (`unit.convert`). An amount in an allowed unit leaves in the canonical one, with the
 * one sent as its translation; a unit that only its text tells gets its UCUM code. Never throws for what a resource holds.
 */
export function compileCanonicalUnits(contracts: readonly Contract[], convert: ConvertUnit): CanonicalUnits {
  const finders = contracts.flatMap(findersOf);
  if (finders.length === 0) return (resources) => resources;
  return (resources) => resources.map((resource) => inCanonicalUnits(resource, finders, convert));
}

const findersOf = (contract: Contract): Finder[] =>
  (contract.schema ?? []).flatMap(({ name, measurements = [] }) =>
    measurements
      .filter(({ quantities }) => quantities.some(({ unit }) => unit.convert === true))
      .map((terms) => ({ type: name, contract, amounts: amountsOf(terms) })),
  );

function inCanonicalUnits(
  resource: IdentifiedResource,
  finders: readonly Finder[],
  convert: ConvertUnit,
): IdentifiedResource {
  let { content } = resource;
  const changes: Change[] = [];
  for (const { type, contract, amounts } of finders) {
    if (type !== resource.type) continue;
    for (const amount of amounts({ type, content }, 0)) {
      const conversion = conversionOf(amount, contract, convert);
      if (conversion !== undefined) content = replaced(content, amount, conversion, changes);
    }
  }
  if (changes.length === 0) return resource;
  const leaves = changedLineage(resource.lineage(), changes);
  return { ...resource, content, lineage: () => leaves, counts: leafCounts(leaves) };
}

/** What is to be done with one amount, and in whose name. */
interface UnitConversion {
  readonly from: string;
  readonly to: string;
  /** Undefined where the unit is the canonical one already and only its code is missing. */
  readonly convert: ((value: number) => number | undefined) | undefined;
  readonly rule: string;
  readonly version: string;
}

function conversionOf(amount: Amount, contract: Contract, convert: ConvertUnit): UnitConversion | undefined {
  const { terms, unit: from, value, coded } = amount;
  if (terms?.unit.convert !== true || value === undefined || from === undefined) return undefined;
  const { canonical: to, allowed = [], molarMass } = terms.unit;
  const named = { from, to, rule: ruleOf(contract, terms), version: contractPin(contract) };
  if (from === to) return coded === true ? undefined : { ...named, convert: undefined };
  if (!allowed.includes(from)) return undefined;
  return { ...named, convert: (amountSent) => convert(amountSent, from, to, molarMass) };
}

const ruleOf = ({ id }: Contract, { name }: QuantityTerms): string => `contracts/${id}#${name}`;

/** The content with the amount's holder, the resource or one of its components, in the canonical unit. */
function replaced(
  content: JsonObject,
  { component }: Amount,
  conversion: UnitConversion,
  changes: Change[],
): JsonObject {
  if (component === undefined) return holderConverted(content, '', conversion, changes);
  const parts = content['component'] as readonly JsonObject[];
  const path = `component[${component}].`;
  return {
    ...content,
    component: parts.map((part, at) => (at === component ? holderConverted(part, path, conversion, changes) : part)),
  };
}

function holderConverted(holder: JsonObject, path: string, conversion: UnitConversion, changes: Change[]): JsonObject {
  const sent = holder['valueQuantity'] as JsonObject;
  const changed = quantityConverted(sent, conversion);
  if (changed === undefined) return holder;
  changes.push(changeOf(`${path}valueQuantity`, changed, conversion));
  const { referenceRange } = holder;
  const ranges =
    conversion.convert !== undefined && isList(referenceRange)
      ? {
          referenceRange: referenceRange.map((range, at) =>
            rangeConverted(range, sent, `${path}referenceRange[${at}]`, conversion, changes),
          ),
        }
      : {};
  return { ...holder, valueQuantity: changed.quantity, ...ranges };
}

function quantityConverted(sent: JsonObject, { convert, to }: UnitConversion): NewQuantity | undefined {
  if (convert === undefined) return sent['code'] === undefined ? codedQuantity(sent, to) : undefined;
  const value = convertDecimal(sent['value'], convert);
  return value === undefined ? undefined : convertedQuantity(sent, value, to);
}

const changeOf = (
  path: string,
  { added, extension }: NewQuantity,
  { from, to, rule, version }: UnitConversion,
): Change => ({
  path,
  added,
  ...(extension === undefined ? {} : { extension }),
  conversion: { kind: 'convert', by: from === to ? `${to} by its text` : `${from} to ${to}`, because: version },
  rule,
  version,
});

function rangeConverted(
  range: JsonValue,
  amount: JsonObject,
  path: string,
  conversion: UnitConversion,
  changes: Change[],
): JsonValue {
  if (!isObject(range)) return range;
  const converted: Record<string, JsonValue | undefined> = { ...range };
  for (const limit of ['low', 'high']) {
    const sent = range[limit];
    if (!isObject(sent) || !isOfUnit(sent, amount)) continue;
    const changed = quantityConverted(sent, conversion);
    if (changed === undefined) continue;
    converted[limit] = changed.quantity;
    changes.push(changeOf(`${path}.${limit}`, changed, conversion));
  }
  const { text } = range;
  if (typeof text === 'string' && !text.includes(conversion.from)) {
    // The text is the sender's, in the sender's unit: it has to say so now.
    converted['text'] = `${text} ${conversion.from}`;
    const { rule, version } = conversion;
    changes.push({ path: `${path}.text`, added: [], conversion: unitNamed(conversion), rule, version });
  }
  return converted;
}

const unitNamed = ({ from, version }: UnitConversion): Change['conversion'] => ({
  kind: 'convert',
  by: `unit ${from} named`,
  because: version,
});

/** Limits without a unit are in that of the amount (http://hl7.org/fhir/R4/observation-definitions.html#Observation.referenceRange.low). */
const isOfUnit = (limit: JsonObject, amount: JsonObject): boolean =>
  ['unit', 'system', 'code'].every((member) => limit[member] === undefined || limit[member] === amount[member]);
