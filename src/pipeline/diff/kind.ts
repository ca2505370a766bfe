// What sort of thing a difference is about, told by the element's type and path in the FHIR definitions.
import type { Definitions, TypeModel } from '../../model/definitions.js';

/** `resource`: a whole resource came or went. */
export type ChangeKind = 'identity' | 'code' | 'value' | 'status' | 'time' | 'reference' | 'text' | 'resource';

export const changeKinds: readonly ChangeKind[] = [
  'resource',
  'identity',
  'code',
  'value',
  'status',
  'time',
  'reference',
  'text',
];

/** Where a thing stands in its life; `maritalStatus` and the like are codes as any other. */
const statuses: ReadonlySet<string> = new Set([
  'status',
  'clinicalStatus',
  'verificationStatus',
  'docStatus',
  'operationalStatus',
  'lifecycleStatus',
  'achievementStatus',
]);

/** Of data types as a whole, and of what stands in them unless its own type says more. */
const kindOfType: Readonly<Record<string, ChangeKind>> = {
  Identifier: 'identity',
  id: 'identity',
  Coding: 'code',
  CodeableConcept: 'code',
  code: 'code',
  Quantity: 'value',
  SimpleQuantity: 'value',
  Age: 'value',
  Count: 'value',
  Distance: 'value',
  Duration: 'value',
  Money: 'value',
  MoneyQuantity: 'value',
  Range: 'value',
  Ratio: 'value',
  SampledData: 'value',
  boolean: 'value',
  integer: 'value',
  decimal: 'value',
  positiveInt: 'value',
  unsignedInt: 'value',
  Period: 'time',
  Timing: 'time',
  date: 'time',
  dateTime: 'time',
  instant: 'time',
  time: 'time',
  Reference: 'reference',
  HumanName: 'text',
  Address: 'text',
  ContactPoint: 'text',
  Annotation: 'text',
  Attachment: 'text',
  Narrative: 'text',
  Meta: 'text',
};

/** Members of these mean what the whole means, but for words meant for readers. */
const governing: ReadonlySet<string> = new Set([
  'Identifier',
  'Coding',
  'CodeableConcept',
  'Quantity',
  'SimpleQuantity',
  'Age',
  'Count',
  'Distance',
  'Duration',
  'Money',
  'MoneyQuantity',
  'Range',
  'Ratio',
  'SampledData',
  'Reference',
]);

const words: ReadonlySet<string> = new Set(['display', 'text']);

interface Step {
  readonly name: string;
  /** FHIR type of the element, or the name of its anonymous type. */
  readonly type: string;
}

export interface ElementKind {
  readonly kind: ChangeKind;
  /** The element is a data type as a whole; false for what only holds others (contact, participant, extension). */
  readonly whole: boolean;
}

/** The kind of an element, by resource type and path, with or without indexes: `Patient`, `name[0].family`. */
export function elementKind(definitions: Definitions, type: string, path: string): ElementKind {
  const steps = stepsOf(definitions, type, path);
  const last = steps.at(-1);
  const whole = last !== undefined && kindOfType[last.type] !== undefined;
  return { kind: kindOf(steps), whole: whole || primitive(definitions, last) };
}

function kindOf(steps: readonly Step[]): ChangeKind {
  const last = steps.at(-1);
  if (last === undefined) return 'resource';
  const own = kindOfType[last.type] ?? 'text';
  if (own === 'time') return 'time';
  const governor = steps.findLast(({ type }) => governing.has(type));
  const kind = governor === undefined || governor === last ? own : memberKind(governor, last);
  return (kind === 'code' || kind === 'value') && steps.some(({ name }) => statuses.has(name)) ? 'status' : kind;
}

function memberKind(governor: Step, { name }: Step): ChangeKind {
  if (words.has(name)) return 'text';
  return kindOfType[governor.type] ?? 'text';
}

function stepsOf(definitions: Definitions, type: string, path: string): Step[] {
  const steps: Step[] = [];
  let holder = definitions.type(type);
  for (const written of path.replace(/\[\d+\]/g, '').split('.')) {
    const name = written.replace(/^_/, '');
    if (name === '') continue;
    const found = typeOf(holder, name);
    steps.push({ name, type: found ?? '' });
    holder = found === undefined ? undefined : definitions.type(found);
  }
  return steps;
}

/** The type of an element of a type by its JSON name; a choice's from its name: `valueQuantity`. */
function typeOf(holder: TypeModel | undefined, name: string): string | undefined {
  for (const element of holder?.elements ?? []) {
    if (element.name === name) return element.children ?? element.types[0]?.code;
    if (!element.name.endsWith('[x]') || !name.startsWith(element.name.slice(0, -3))) continue;
    const suffix = name.slice(element.name.length - 3);
    const type = element.types.find(({ code }) => code.charAt(0).toUpperCase() + code.slice(1) === suffix);
    if (type !== undefined) return type.code;
  }
  return undefined;
}

const primitive = (definitions: Definitions, step: Step | undefined): boolean =>
  step !== undefined && definitions.type(step.type)?.kind === 'primitive-type';
