// The element that a contract binds to a value set, as the contract names it (`identifier.type`), on FHIR's definitions: where
// its values stand, and which datatype they are of.
import type { Definitions, ElementModel, TypeModel } from '../../model/definitions.js';
import { isList, isObject, type JsonObject, type JsonValue } from '../../model/json.js';

/** Datatypes that carry codes (http://hl7.org/fhir/R4/terminologies.html#4.1). A Quantity's code is that of its unit. */
const coded = ['code', 'Coding', 'CodeableConcept', 'Quantity'] as const;
export type CodedType = (typeof coded)[number];

export interface BoundElement {
  readonly type: CodedType;
  readonly steps: readonly ElementStep[];
}

interface ElementStep {
  /** The member in JSON, `valueQuantity`. */
  readonly member: string;
  /** FHIRPath, `value.ofType(Quantity)`. */
  readonly path: string;
}

/** A value of the element, and its FHIRPath: `Patient.identifier[1].type`. */
export interface BoundValue {
  readonly value: JsonValue;
  readonly path: string;
}

/** Finds the element on its resource type; a sentence tells why it is none that can be bound. */
export function boundElement(definitions: Definitions, resourceType: string, element: string): BoundElement | string {
  const steps: ElementStep[] = [];
  let holder = definitions.type(resourceType);
  if (holder?.kind !== 'resource') return `${resourceType} is no resource type of FHIR R4`;
  let found: FoundElement | undefined;
  for (const member of element.split('.')) {
    found = holder && elementOf(holder, member);
    if (found === undefined) return noElement(holder, [resourceType, ...steps.map((step) => step.member)], member);
    steps.push(found.step);
    holder = definitions.type(found.model.children ?? found.type);
  }
  const type = codedTypeOf(definitions, found!.type);
  return type === undefined ? `${resourceType}.${element} is a ${found!.type}, which has no code` : { type, steps };
}

interface FoundElement {
  readonly model: ElementModel;
  readonly type: string;
  readonly step: ElementStep;
}

function elementOf({ elements }: TypeModel, member: string): FoundElement | undefined {
  for (const model of elements) {
    if (model.name === member) return { model, type: model.types[0]?.code ?? '', step: { member, path: member } };
    if (!model.name.endsWith('[x]')) continue;
    const choice = model.name.slice(0, -3);
    const type = model.types.find(({ code }) => `${choice}${code[0]!.toUpperCase()}${code.slice(1)}` === member)?.code;
    if (type !== undefined) return { model, type, step: { member, path: `${choice}.ofType(${type})` } };
  }
  return undefined;
}

function noElement(holder: TypeModel | undefined, path: readonly string[], member: string): string {
  const choice = holder?.elements.find(({ name }) => name === `${member}[x]`);
  const forms = choice?.types.map(({ code }) => `${member}${code[0]!.toUpperCase()}${code.slice(1)}`) ?? [];
  const hint = forms.length === 0 ? '' : `; it has ${forms.join(', ')}`;
  return `${path.join('.')} has no element ${member}${hint}`;
}

/** Age, Duration and their like are quantities. */
function codedTypeOf(definitions: Definitions, type: string): CodedType | undefined {
  const own = coded.find((each) => each === type);
  if (own !== undefined) return own;
  return definitions.type(type)?.base === 'Quantity' ? 'Quantity' : undefined;
}

/** All values of the element in a resource, in its order. */
export function valuesOf(content: JsonObject, type: string, { steps }: BoundElement): readonly BoundValue[] {
  let values: readonly BoundValue[] = [{ value: content, path: type }];
  for (const step of steps) {
    values = values.flatMap((each) => below(each, step));
    if (values.length === 0) return values;
  }
  return values;
}

function below({ value: holder, path: above }: BoundValue, { member, path }: ElementStep): readonly BoundValue[] {
  const value = isObject(holder) ? holder[member] : undefined;
  if (value === undefined || value === null) return [];
  const own = `${above}.${path}`;
  return isList(value) ? value.map((item, at) => ({ value: item, path: `${own}[${at}]` })) : [{ value, path: own }];
}
