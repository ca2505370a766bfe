// StructureDefinition snapshots to the compact types of src/model/definitions.ts.
import type { ElementDefinition, StructureDefinition } from 'fhir/r4.js';
import type { ElementModel, ElementType, TypeModel } from '../src/model/definitions.js';
import { correctTypes } from './fhir-corrections.js';

const extensionOf = (holder: { extension?: StructureDefinition['extension'] } | undefined, name: string) =>
  holder?.extension?.find(({ url }) => url === `http://hl7.org/fhir/StructureDefinition/${name}`);

const lastStep = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('.'));
const typeNameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/**
 * The FHIR type of an element that the snapshot types with a FHIRPath system type: ids and `Extension.url`. R4 gives
 * `Resource.id` as string there; its type is id (http://hl7.org/fhir/R4/resource.html#id).
 */
function systemType(
  owner: StructureDefinition,
  path: string,
  type: NonNullable<ElementDefinition['type']>[number],
): string {
  if (owner.kind === 'resource' && path === `${owner.type}.id`) return 'id';
  return extensionOf(type, 'structuredefinition-fhir-type')?.valueUrl ?? 'string';
}

function typesOf(owner: StructureDefinition, { path, type = [] }: ElementDefinition): readonly ElementType[] {
  return type.map((each) => {
    const code = each.code.includes('/') ? systemType(owner, path, each) : each.code;
    const targets = each.targetProfile?.map(typeNameOf).sort();
    return targets === undefined || targets.includes('Resource') ? { code } : { code, targets };
  });
}

const bindingOf = ({ binding }: ElementDefinition): ElementModel['binding'] =>
  binding?.valueSet === undefined
    ? undefined
    : { strength: binding.strength, valueSet: binding.valueSet.split('|')[0] ?? binding.valueSet };

function elementModel(
  owner: StructureDefinition,
  element: ElementDefinition,
  parents: ReadonlySet<string>,
): ElementModel {
  const { contentReference, path } = element;
  const children = contentReference === undefined ? (parents.has(path) ? path : undefined) : contentReference.slice(1);
  const binding = bindingOf(element);
  return {
    name: lastStep(path),
    min: element.min ?? 0,
    max: element.max === '*' ? -1 : Number(element.max),
    types: contentReference === undefined ? typesOf(owner, element) : [{ code: 'BackboneElement' }],
    ...(children !== undefined && { children }),
    ...(binding !== undefined && { binding }),
  };
}

const space = '[ \\t\\n\\v\\f\\r]';
const notSpace = '[^ \\t\\n\\v\\f\\r]';

/**
 * R4's regular expressions mean ASCII white space (they are XML Schema's and Java's); JavaScript's `\s` would also refuse
 * a no-break space in a string.
 */
const asciiSpace = (pattern: string): string =>
  pattern
    .replaceAll('[ \\r\\n\\t\\S]', '[^\\v\\f]')
    .replaceAll('[^\\s]', notSpace)
    .replaceAll('\\S', notSpace)
    .replaceAll('\\s', space);

function patternOf(definition: StructureDefinition): string | undefined {
  const value = definition.snapshot?.element.find(({ path }) => path === `${definition.type}.value`);
  const regex = extensionOf(value?.type?.[0], 'regex')?.valueString;
  return regex === undefined ? undefined : `^(?:${asciiSpace(regex)})$`;
}

function rootType(definition: StructureDefinition, elements: readonly ElementModel[]): TypeModel {
  const pattern = definition.kind === 'primitive-type' ? patternOf(definition) : undefined;
  return {
    name: definition.type,
    kind: definition.kind as TypeModel['kind'],
    ...(definition.abstract && { abstract: true }),
    ...(definition.baseDefinition !== undefined && { base: typeNameOf(definition.baseDefinition) }),
    elements,
    ...(pattern !== undefined && { pattern }),
  };
}

function groupByParent(elements: readonly ElementDefinition[]): ReadonlyMap<string, readonly ElementDefinition[]> {
  const groups = new Map<string, ElementDefinition[]>();
  for (const element of elements) {
    const parent = parentOf(element.path);
    const group = groups.get(parent);
    if (group === undefined) groups.set(parent, [element]);
    else group.push(element);
  }
  return groups;
}

/** A type and the anonymous types inside it. A primitive's `value` is its JSON value, no element of it. */
function typesIn(definition: StructureDefinition): readonly TypeModel[] {
  const [root, ...elements] = definition.snapshot?.element ?? [];
  const named = elements.filter(({ path }) => definition.kind !== 'primitive-type' || lastStep(path) !== 'value');
  const byParent = groupByParent(named);
  const parents = new Set(byParent.keys());
  const models = (path: string) => (byParent.get(path) ?? []).map((each) => elementModel(definition, each, parents));
  const backbones = elements.filter(({ path }) => parents.has(path));
  return [
    rootType(definition, models(root?.path ?? '')),
    ...backbones.map(({ path, type }): TypeModel => ({
      name: path,
      kind: 'backbone',
      base: type?.[0]?.code ?? 'Element',
      elements: models(path),
    })),
  ];
}

/** Types of R4 proper: constraints (SimpleQuantity) are profiles, logical models no data. */
const isType = (definition: StructureDefinition): boolean =>
  definition.derivation !== 'constraint' && definition.kind !== 'logical';

/** All R4 types of the definitions, in the order given. */
export const compileTypes = (definitions: readonly StructureDefinition[]): readonly TypeModel[] =>
  correctTypes(definitions.filter(isType).flatMap(typesIn));

/** The value sets with a required binding, sorted. */
export function requiredValueSets(types: readonly TypeModel[]): readonly string[] {
  const bindings = types.flatMap(({ elements }) => elements.flatMap(({ binding }) => binding ?? []));
  return [
    ...new Set(bindings.filter(({ strength }) => strength === 'required').map(({ valueSet }) => valueSet)),
  ].sort();
}
