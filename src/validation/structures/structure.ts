// A StructureDefinition with a snapshot to a tree of rules (http://hl7.org/fhir/R4/structuredefinition.html).
import type { JsonObject } from '../../model/json.js';
import type { ContextRule, ElementRule, StructureModel } from '../../model/structure.js';
import { isList, isObject } from '../objects.js';
import { elementRule, objectsAt, present, textAt } from './element-rule.js';

/** A rule under construction. */
export interface MutableRule extends Omit<ElementRule, 'children' | 'slices'> {
  children?: MutableRule[];
  slices?: MutableRule[];
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('.'));

/** `a/b` is a slice of slice `a`. */
const outerSlice = (name: string): string | undefined =>
  name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : undefined;

function placeSlice(rule: MutableRule, sliced: MutableRule): void {
  const outer = outerSlice(rule.sliceName ?? '');
  const holder = sliced.slices?.find(({ sliceName }) => sliceName === outer) ?? sliced;
  (holder.slices ??= []).push(rule);
}

/** Elements come depth first: children follow their element, slices the element they slice. */
export function treeOf(elements: readonly JsonObject[]): ElementRule | undefined {
  const latest = new Map<string, MutableRule>();
  const unsliced = new Map<string, MutableRule>();
  let root: MutableRule | undefined;
  for (const element of elements) {
    const rule: MutableRule = { min: 0, max: -1, types: [], ...elementRule(element) } as MutableRule;
    const parent = latest.get(parentOf(rule.path));
    const sliced = rule.sliceName === undefined ? undefined : unsliced.get(rule.path);
    latest.set(rule.path, rule);
    if (root === undefined) root = rule;
    else if (sliced !== undefined) placeSlice(rule, sliced);
    else (parent ?? root).children = [...((parent ?? root).children ?? []), rule];
    if (sliced === undefined) unsliced.set(rule.path, rule);
  }
  return root;
}

const contextsOf = (definition: JsonObject): readonly ContextRule[] | undefined => {
  const contexts = objectsAt(definition, 'context').map(({ type, expression }) => ({
    type: type as ContextRule['type'],
    expression: typeof expression === 'string' ? expression : '',
  }));
  return contexts.length === 0 ? undefined : contexts;
};

const invariantsOf = ({ contextInvariant }: JsonObject): readonly string[] | undefined =>
  isList(contextInvariant) ? contextInvariant.filter((each): each is string => typeof each === 'string') : undefined;

/** What a StructureDefinition says of itself, with the root of its rules. */
export const structureOf = (definition: JsonObject, root: ElementRule): StructureModel =>
  present<StructureModel>({
    url: textAt(definition, 'url') ?? '',
    version: textAt(definition, 'version'),
    name: textAt(definition, 'name'),
    type: (textAt(definition, 'type') ?? root.path).replace(/^.*\//, ''),
    kind: (textAt(definition, 'kind') ?? 'resource') as StructureModel['kind'],
    abstract: definition.abstract === true ? true : undefined,
    derivation: textAt(definition, 'derivation') as StructureModel['derivation'],
    base: textAt(definition, 'baseDefinition'),
    contexts: contextsOf(definition),
    contextInvariants: invariantsOf(definition),
    root,
  });

/** The elements of a snapshot or differential; none when it has none. */
export function elementsOf(definition: JsonObject, view: 'snapshot' | 'differential'): readonly JsonObject[] {
  const holder = definition[view];
  return isObject(holder) ? objectsAt(holder, 'element') : [];
}

/** The structure of a snapshot; undefined when the definition has none. */
export function snapshotStructure(definition: JsonObject): StructureModel | undefined {
  const root = treeOf(elementsOf(definition, 'snapshot'));
  return root === undefined ? undefined : structureOf(definition, root);
}

/** Does the structure narrow a type, rather than define one? Some profiles say by mistake that they are specializations. */
export const isProfile = ({ url, type, derivation }: StructureModel): boolean =>
  derivation === 'constraint' || url !== `http://hl7.org/fhir/StructureDefinition/${type}`;
