// StructureDefinitions (http://hl7.org/fhir/R4/structuredefinition.html): the profiles of an element are profiles of its type, a
// discriminator leads to an element, the root is not sliced.
import type { JsonObject } from '../../../model/json.js';
import type { ItemType } from '../../fhirpath/item.js';
import { isObject } from '../../objects.js';
import { objectsAt, textAt, textsAt } from '../../structures/element-rule.js';
import { stemOf } from '../rule-node.js';
import type { FullRun } from '../run.js';
import type { Walk } from '../walk.js';
import { reportAt, type Inspection } from './inspection.js';

/** Types that stand for all that are derived from them. */
const isAbstract = (code: string): boolean =>
  ['Resource', 'DomainResource', 'Element', 'BackboneElement'].includes(code);

function isProfileOf(url: string, code: string, { registry, types }: Walk): boolean {
  const structure = registry.structure(url);
  if (structure === undefined || structure.type === code) return true;
  return isAbstract(code) && types.type(structure.type).ancestors.has(code);
}

function checkTypes(element: JsonObject, run: FullRun, walker: Walk): void {
  objectsAt(element, 'type').forEach((type, index) => {
    const code = textAt(type, 'code') ?? '';
    (textsAt(type, 'profile') ?? []).forEach((url, at) => {
      if (isProfileOf(url, code, walker)) return;
      reportAt([`type[${index}]`, `profile[${at}]`], run, () =>
        run.reportAs('SD_ED_TYPE_PROFILE_WRONG', 'validate.profile-type', {
          profile: url,
          expected: walker.registry.structure(url)?.type ?? '',
        }),
      );
    });
  });
}

/** The types of a child; none where the types have no such child. A choice may be named with its type: `valueQuantity`. */
const childTypes = (parents: readonly ItemType[], name: string): readonly ItemType[] =>
  parents.flatMap((parent) => {
    const property = parent.keys.get(name);
    const properties = parent.members.get(stemOf(name)) ?? (property === undefined ? [] : [property]);
    return properties.map((each) => each.typeOf(undefined));
  });

/** The types that a path of names leads to; undefined where a function or an unknown type leads on. */
function typesAt(from: readonly ItemType[], steps: readonly string[]): readonly ItemType[] | undefined {
  let types = from;
  for (const step of steps) {
    if (step === '$this') continue;
    if (step.includes('(') || types.some(({ members, isResource }) => members.size === 0 || isResource))
      return undefined;
    types = childTypes(types, step);
  }
  return types;
}

function checkSlicing(element: JsonObject, type: string, run: FullRun, { types }: Walk): void {
  if (!isObject(element.slicing)) return;
  const [, ...steps] = (textAt(element, 'path') ?? '').split('.');
  if (steps.length === 0) return run.report('validate.slicing-root');
  const sliced = [...new Set(childrenOf(types.type(type), steps))];
  objectsAt(element.slicing, 'discriminator').forEach((discriminator, index) => {
    const path = textAt(discriminator, 'path') ?? '$this';
    if (sliced.length === 0 || typesAt(sliced, path.split(/\.(?![^(]*\))/))?.length !== 0) return;
    reportAt(['slicing', `discriminator[${index}]`], run, () => run.report('validate.discriminator-path'));
  });
}

/** The types of the element at a path below a type. */
function childrenOf(type: ItemType, steps: readonly string[]): readonly ItemType[] {
  let types: readonly ItemType[] = [type];
  for (const step of steps) types = childTypes(types, step);
  return types;
}

export const structureDefinition: Inspection = ({ value }, run, walker) => {
  if (!isObject(value)) return;
  const type = textAt(value, 'type') ?? '';
  const view = value.differential;
  objectsAt(isObject(view) ? view : undefined, 'element').forEach((element, index) =>
    reportAt(['differential', `element[${index}]`], run, () => {
      checkTypes(element, run, walker);
      checkSlicing(element, type, run, walker);
    }),
  );
};
