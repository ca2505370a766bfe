// One ElementDefinition, as it stands in a snapshot or differential, to what it says (http://hl7.org/fhir/R4/elementdefinition.html).
import type { JsonObject, JsonValue } from '../../model/json.js';
import type {
  BindingRule,
  ConstraintRule,
  DiscriminatorRule,
  ElementRule,
  LimitRule,
  SlicingRule,
  TypeRule,
} from '../../model/structure.js';
import { isList, isObject } from '../objects.js';

/** What a differential may leave out. */
export type PartialRule = Partial<ElementRule> & Pick<ElementRule, 'name' | 'path'>;

export const textAt = (holder: JsonObject | undefined, name: string): string | undefined => {
  const value = holder?.[name];
  return typeof value === 'string' ? value : undefined;
};

export const objectsAt = (holder: JsonObject | undefined, name: string): readonly JsonObject[] => {
  const value = holder?.[name];
  return isList(value) ? value.filter(isObject) : [];
};

export const textsAt = (holder: JsonObject, name: string): readonly string[] | undefined => {
  const value = holder[name];
  return isList(value) ? value.filter((each): each is string => typeof each === 'string') : undefined;
};

const objectAt = (holder: JsonObject, name: string): JsonObject | undefined => {
  const value = holder[name];
  return isObject(value) ? value : undefined;
};

export const extensionOf = (holder: JsonObject | undefined, name: string): JsonObject | undefined =>
  objectsAt(holder, 'extension').find(({ url }) => url === `http://hl7.org/fhir/StructureDefinition/${name}`);

/** The value of a choice: `fixedUri`, `patternCodeableConcept`. */
export function choiceOf(holder: JsonObject, stem: string): LimitRule | undefined {
  for (const key in holder) {
    const value = holder[key];
    if (key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length)) && value !== undefined)
      return { type: key.slice(stem.length), value };
  }
  return undefined;
}

/** Members without those that are undefined. */
export function present<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

/** Ids and `Extension.url` have FHIRPath's types in R4; an extension names the FHIR type. */
function typeCode(type: JsonObject, path: string): string {
  const code = textAt(type, 'code') ?? '';
  if (!code.includes('/')) return code;
  if (/^[A-Z][A-Za-z]*\.id$/.test(path)) return 'id';
  return textAt(extensionOf(type, 'structuredefinition-fhir-type'), 'valueUrl') ?? 'string';
}

const typeRule = (type: JsonObject, path: string): TypeRule =>
  present<TypeRule>({
    code: typeCode(type, path),
    profiles: textsAt(type, 'profile'),
    targets: textsAt(type, 'targetProfile'),
    aggregation: textsAt(type, 'aggregation'),
  });

const isBestPractice = (constraint: JsonObject): true | undefined =>
  extensionOf(constraint, 'elementdefinition-bestpractice')?.valueBoolean === true ? true : undefined;

const constraintRule = (constraint: JsonObject): ConstraintRule =>
  present<ConstraintRule>({
    key: textAt(constraint, 'key') ?? '',
    severity: constraint.severity === 'warning' ? 'warning' : 'error',
    human: textAt(constraint, 'human') ?? '',
    expression: textAt(constraint, 'expression'),
    source: textAt(constraint, 'source'),
    bestPractice: isBestPractice(constraint),
  });

function slicingRule(slicing: JsonObject | undefined): SlicingRule | undefined {
  if (slicing === undefined) return undefined;
  const discriminators = objectsAt(slicing, 'discriminator').map((each) => ({
    type: (textAt(each, 'type') ?? 'value') as DiscriminatorRule['type'],
    path: textAt(each, 'path') ?? '$this',
  }));
  const rules = (textAt(slicing, 'rules') ?? 'open') as SlicingRule['rules'];
  return { discriminators, rules, ...(slicing.ordered === true && { ordered: true }) };
}

function bindingRule(binding: JsonObject | undefined): BindingRule | undefined {
  if (binding === undefined) return undefined;
  const valueSet = textAt(binding, 'valueSet') ?? '';
  const strength = (textAt(binding, 'strength') ?? 'example') as BindingRule['strength'];
  const most = extensionOf(binding, 'elementdefinition-maxValueSet');
  return present<BindingRule>({ strength, valueSet, maxValueSet: textAt(most, 'valueCanonical') });
}

const listed = <T>(items: readonly T[]): readonly T[] | undefined => (items.length === 0 ? undefined : items);

const numberAt = (element: JsonObject, name: string): number | undefined =>
  element[name] === undefined ? undefined : Number(element[name]);

const most = (max: string | undefined): number | undefined =>
  max === undefined ? undefined : max === '*' ? -1 : Number(max);

const mustHaveValue = (element: JsonObject): true | undefined =>
  element.mustHaveValue === true ||
  objectsAt(element, 'extension').some(
    ({ url, valueBoolean }) =>
      valueBoolean === true && typeof url === 'string' && url.endsWith('ElementDefinition.mustHaveValue'),
  )
    ? true
    : undefined;

/** Recursive content: `#Questionnaire.item`, with or without the URL of its structure. */
const contentOf = (element: JsonObject): string | undefined => textAt(element, 'contentReference')?.replace(/^.*#/, '');

const value = (limit: LimitRule | undefined): JsonValue | undefined => limit?.value;

/** What an ElementDefinition says, as far as it says it. */
export function elementRule(element: JsonObject): PartialRule {
  const path = textAt(element, 'path') ?? '';
  return present<PartialRule>({
    name: path.slice(path.lastIndexOf('.') + 1),
    path,
    sliceName: textAt(element, 'sliceName'),
    min: numberAt(element, 'min'),
    max: most(textAt(element, 'max')),
    types: listed(objectsAt(element, 'type').map((type) => typeRule(type, path))),
    content: contentOf(element),
    fixed: value(choiceOf(element, 'fixed')),
    pattern: value(choiceOf(element, 'pattern')),
    binding: bindingRule(objectAt(element, 'binding')),
    constraints: listed(objectsAt(element, 'constraint').map(constraintRule)),
    slicing: slicingRule(objectAt(element, 'slicing')),
    minValue: choiceOf(element, 'minValue'),
    maxValue: choiceOf(element, 'maxValue'),
    maxLength: numberAt(element, 'maxLength'),
    mustHaveValue: mustHaveValue(element),
    isModifier: element.isModifier === true ? true : undefined,
    children: undefined,
    slices: undefined,
  });
}
