// StructureDefinitions to the trees that full validation compiles from: the types, and the extensions and profiles that R4 ships.
import type { StructureDefinition } from 'fhir/r4.js';
import type { TypeModel } from '../src/model/definitions.js';
import type { JsonObject } from '../src/model/json.js';
import type { ConstraintRule, ElementRule, StructureModel, TypeRule } from '../src/model/structure.js';
import { snapshotStructure } from '../src/validation/structures/structure.js';

const structureOf = (definition: StructureDefinition): StructureModel[] => {
  const structure = snapshotStructure(definition as unknown as JsonObject);
  return structure === undefined ? [] : [structure];
};

const canonical = (target: string): string => `http://hl7.org/fhir/StructureDefinition/${target}`;

/** Profiles of a type (SimpleQuantity) stand in the tree alone; targets where they were corrected stand in the model alone. */
function typesOf({ types }: TypeModel['elements'][number], known: readonly TypeRule[]): readonly TypeRule[] {
  return types.map(({ code, targets }) => {
    const { targets: _, ...rest } = known.find((type) => type.code === code) ?? { code };
    return targets === undefined ? rest : { ...rest, targets: targets.map(canonical) };
  });
}

type Models = ReadonlyMap<string, TypeModel>;

/** The tree with the elements that R4 has: fhir-corrections.ts says where the source departs from it. */
function corrected(rule: ElementRule, model: TypeModel | undefined, models: Models): ElementRule {
  if (model === undefined) return rule;
  const children = model.elements.map((element) => {
    const path = `${rule.path}.${element.name}`;
    const known = rule.children?.find(({ name }) => name === element.name) ?? { name: element.name, path, types: [] };
    const { children: ownName, min, max } = element;
    const own = ownName === path ? models.get(ownName) : undefined;
    const types = 'content' in known ? [] : typesOf(element, known.types);
    return corrected({ ...known, min, max, types }, own, models);
  });
  return children.length === 0 ? rule : { ...rule, children };
}

/**
 * Invariants that R4 printed wrongly: its own words say otherwise. que-12: "If there are more than one enableWhen" counted
 * from three (corrected in R4B).
 */
const corrections: Readonly<Record<string, string>> = {
  'que-12': 'enableWhen.count() > 1 implies enableBehavior.exists()',
};

function withCorrections(rule: ElementRule): ElementRule {
  const { constraints, children } = rule;
  return {
    ...rule,
    ...(constraints && { constraints: constraints.map((each) => withCorrection(each)) }),
    ...(children && { children: children.map(withCorrections) }),
  };
}

const withCorrection = (constraint: ConstraintRule): ConstraintRule => {
  const expression = corrections[constraint.key];
  return expression === undefined ? constraint : { ...constraint, expression };
};

/** `value` of a primitive is its JSON value, no element. */
const withoutValue = (rule: ElementRule): ElementRule => ({
  ...rule,
  children: (rule.children ?? []).filter(({ name }) => name !== 'value'),
});

function correctedStructure(structure: StructureModel, models: Models): StructureModel {
  const model = models.get(structure.type);
  const root = structure.kind === 'primitive-type' ? withoutValue(structure.root) : structure.root;
  return structure.derivation === 'constraint'
    ? structure
    : { ...structure, root: withCorrections(corrected(root, model, models)) };
}

/** The trees of types, by URL. */
export function compileStructures(
  definitions: readonly StructureDefinition[],
  types: readonly TypeModel[],
): Readonly<Record<string, StructureModel>> {
  const models = new Map(types.map((type) => [type.name, type]));
  const isKnown = ({ type, derivation }: StructureModel): boolean => models.has(type) || derivation === 'constraint';
  const structures = definitions.flatMap(structureOf).filter(isKnown);
  return Object.fromEntries(structures.map((each) => [each.url, correctedStructure(each, models)]));
}
