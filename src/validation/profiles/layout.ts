// The JSON shape of a type: its properties, what may stand in each, and which must be there. Made when the type is first met.
import type { ElementRule, TypeRule } from '../../model/structure.js';
import type { ItemType, Property } from '../fhirpath/item.js';
import { primitiveFormat, type PrimitiveFormat } from '../primitives/formats.js';
import type { Definitions } from '../../model/definitions.js';
import { inspections } from './inspections/index.js';
import type { Inspection } from './inspections/inspection.js';
import { stemOf, type RuleNode } from './rule-node.js';

/** One JSON property of a type. */
export interface Slot {
  readonly name: string;
  /** The element's name without `[x]`. */
  readonly stem: string;
  /** The step of a trail: `value.ofType(Quantity)`. */
  readonly step: string;
  readonly isChoice: boolean;
  readonly isList: boolean;
  /** The base specification asks for the element. */
  readonly isRequired: boolean;
  /** What the base specification says of the element. */
  readonly node: RuleNode;
  /** The node alone, for elements that no profile speaks of. */
  readonly alone: readonly RuleNode[];
  readonly type: TypeRule;
  readonly property: Property;
  readonly format: PrimitiveFormat | undefined;
  readonly isResource: boolean;
  readonly inspect: Inspection | undefined;
}

export interface Layout {
  readonly type: ItemType;
  readonly root: RuleNode;
  readonly slots: ReadonlyMap<string, Slot>;
  /** Properties of an element, those with its extensions included. */
  readonly properties: ReadonlyMap<string, readonly string[]>;
  /** How many elements the base specification asks for. */
  readonly required: number;
  readonly inspect: Inspection | undefined;
}

/** Attributes, which cannot be extended (http://hl7.org/fhir/R4/json.html#primitive). */
const isAttribute = (type: ItemType, name: string): boolean =>
  name === 'id' || (type.name === 'Extension' && name === 'url');

function slotsOf(type: ItemType, node: RuleNode, definitions: Definitions): Slot[] {
  const { rule } = node;
  const stem = stemOf(rule.name);
  const isChoice = stem !== rule.name;
  return (type.members.get(stem) ?? []).map((property, at) => {
    const code = rule.types[at]?.code ?? 'BackboneElement';
    const model = definitions.type(code);
    const attribute = isAttribute(type, rule.name);
    return {
      name: property.name,
      stem,
      step: isChoice ? `${stem}.ofType(${code})` : stem,
      isChoice,
      isList: rule.max !== 1,
      isRequired: rule.min > 0,
      node,
      alone: [node],
      type: rule.types[at] ?? { code },
      property: attribute ? { ...property, sibling: undefined } : property,
      format: model?.kind === 'primitive-type' ? primitiveFormat(model) : undefined,
      isResource: model?.kind === 'resource',
      inspect: inspections[code],
    };
  });
}

const withSibling = ({ name, property: { sibling } }: Slot): string[] =>
  sibling === undefined ? [name] : [name, sibling];

/** The layout of a type whose rules are the children of `root`. */
export function layoutOf(type: ItemType, root: RuleNode, definitions: Definitions): Layout {
  const slots = [...root.children.values()].flatMap((node) => slotsOf(type, node, definitions));
  const properties = new Map<string, string[]>();
  for (const slot of slots) properties.set(slot.stem, [...(properties.get(slot.stem) ?? []), ...withSibling(slot)]);
  return {
    type,
    root,
    slots: new Map(slots.map((slot) => [slot.name, slot])),
    properties,
    required: root.required.length,
    inspect: inspections[type.name],
  };
}

/** The rule at a path of a type: `Patient.contact` within Patient. */
export function ruleAt(root: ElementRule, path: string): ElementRule | undefined {
  const [, ...steps] = path.split('.');
  let rule: ElementRule | undefined = root;
  for (const step of steps) rule = rule?.children?.find(({ name }) => name === step);
  return rule;
}
