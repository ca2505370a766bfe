// A contract as its file says it, with the dictionary's words put in for the concepts that it names.
import type { Dictionary, DictionaryConcept } from '../../terminology/dictionary/dictionary.js';
import type {
  Contract,
  ContractCode,
  MeasuredCode,
  MeasurementTerms,
  OnViolation,
  QuantityTerms,
  SchemaTerms,
} from './contract.js';

/** A concept of the dictionary, which tells code and units; the contract tells what becomes of what breaks them. */
interface NamedQuantity extends Pick<QuantityTerms, 'plausible'> {
  readonly concept: string;
  /** Absent: the last part of the concept's id. */
  readonly name?: string;
  readonly unit: { readonly convert?: boolean; readonly onViolation: OnViolation };
}

type QuantitySyntax = NamedQuantity | QuantityTerms;

interface MeasurementSyntax extends Omit<MeasurementTerms, 'panel' | 'quantities'> {
  readonly panel?: ContractCode | { readonly concept: string };
  readonly quantities: readonly QuantitySyntax[];
}

interface SchemaSyntax extends Omit<SchemaTerms, 'measurements'> {
  readonly measurements?: readonly MeasurementSyntax[];
}

export interface ContractSyntax extends Omit<Contract, 'schema'> {
  readonly schema?: readonly SchemaSyntax[];
}

/** What keeps a concept from being put in, with its mend, and where the contract names it. */
export interface ConceptFault {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

export interface Resolved {
  readonly contract: Contract;
  /** Where there are any, the contract lacks what they speak of. */
  readonly faults: readonly ConceptFault[];
}

export function resolveContract(syntax: ContractSyntax, dictionary: Dictionary): Resolved {
  const faults: ConceptFault[] = [];
  const find: Find = (id, kind, path) => {
    const concept = dictionary.concept(id);
    const text = conceptFault(id, concept, kind, syntax);
    if (text !== undefined) faults.push({ path: [...path, 'concept'], text });
    return text === undefined ? concept : undefined;
  };
  const { schema, ...frame } = syntax;
  const resolved = schema?.map((terms, at) => resolvedSchema(terms, ['schema', at], find));
  return { contract: { ...frame, ...(resolved && { schema: resolved }) }, faults };
}

/** The concept, if it may stand here; a fault is noted otherwise. */
type Find = (
  id: string,
  kind: DictionaryConcept['kind'],
  path: readonly (string | number)[],
) => DictionaryConcept | undefined;

function conceptFault(
  id: string,
  concept: DictionaryConcept | undefined,
  kind: DictionaryConcept['kind'],
  { status }: ContractSyntax,
): string | undefined {
  if (concept === undefined) return `The dictionary has no concept ${id}. Correct it, or add it to dictionary/.`;
  if (concept.kind !== kind)
    return `${id} is of kind ${concept.kind}, and a ${kind} is wanted here. Name another concept.`;
  if (concept.status === 'retired') {
    const { replacedBy } = concept;
    return `${id} is retired. ${replacedBy === undefined ? 'Name another concept' : `Name ${replacedBy}, which took its place`}.`;
  }
  if (concept.status === 'draft' && status === 'active')
    return `${id} is a draft, and the contract is active. Have its owner agree upon it first.`;
  return undefined;
}

function resolvedSchema({ measurements, ...terms }: SchemaSyntax, path: readonly (string | number)[], find: Find) {
  const resolved = measurements?.map((each, at) => resolvedMeasurement(each, [...path, 'measurements', at], find));
  return { ...terms, ...(resolved && { measurements: resolved }) };
}

function resolvedMeasurement(
  { panel, quantities, ...terms }: MeasurementSyntax,
  path: readonly (string | number)[],
  find: Find,
): MeasurementTerms {
  const own = panel && resolvedPanel(panel, [...path, 'panel'], find);
  return {
    ...(own && { panel: own }),
    quantities: quantities.flatMap((each, at) => resolvedQuantity(each, [...path, 'quantities', at], find)),
    ...terms,
  };
}

function resolvedPanel(
  panel: NonNullable<MeasurementSyntax['panel']>,
  path: readonly (string | number)[],
  find: Find,
): MeasuredCode | undefined {
  if (!('concept' in panel)) return panel;
  const concept = find(panel.concept, 'panel', path);
  return concept && { concept: panel.concept, ...measuredCode(concept) };
}

function resolvedQuantity(
  quantity: QuantitySyntax,
  path: readonly (string | number)[],
  find: Find,
): readonly QuantityTerms[] {
  if ('code' in quantity) return [quantity];
  const concept = find(quantity.concept, 'measurement', path);
  if (concept?.unit === undefined) return [];
  const { concept: id, name = id.slice(id.lastIndexOf('.') + 1), unit, ...terms } = quantity;
  return [{ name, code: { concept: id, ...measuredCode(concept) }, unit: { ...concept.unit, ...unit }, ...terms }];
}

function measuredCode({ codes }: DictionaryConcept): MeasuredCode {
  const [preferred, ...others] = codes.map(({ system, code }) => ({ system, code }));
  return { ...preferred!, ...(others.length > 0 && { others }) };
}
