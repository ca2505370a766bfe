// Snapshot generation (http://hl7.org/fhir/R4/profiling.html#snapshot): a differential laid over the tree of its base.
// Types are unfolded only where the differential goes into them.
import { issue, type Issue } from '../../model/issue.js';
import type { JsonObject } from '../../model/json.js';
import type { ConstraintRule, ElementRule, StructureModel, TypeRule } from '../../model/structure.js';
import { elementRule, type PartialRule } from './element-rule.js';
import { elementsOf, structureOf, type MutableRule } from './structure.js';

/** Finds a structure by canonical URL; types are `http://hl7.org/fhir/StructureDefinition/{type}`. */
export type FindStructure = (url: string) => StructureModel | undefined;

export const typeUrl = (code: string): string =>
  code.includes('/') ? code : `http://hl7.org/fhir/StructureDefinition/${code}`;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A copy whose parts may be replaced; deeper ones are copied when reached. */
const copyOf = (rule: ElementRule): MutableRule => ({ ...rule }) as MutableRule;

const withPath = (rule: ElementRule, path: string): MutableRule => ({ ...copyOf(rule), path });

/** Both constraints, a key once; the later one's words stand. */
function constraintsOf(base: readonly ConstraintRule[] = [], added: readonly ConstraintRule[] = []) {
  const keys = new Set(added.map(({ key }) => key));
  return [...base.filter(({ key }) => !keys.has(key)), ...added];
}

/** A step of a differential's path, with the slice that the path names there. */
interface Step {
  readonly name: string;
  readonly slice: string | undefined;
}

class Overlay {
  readonly issues: Issue[] = [];
  private readonly root: MutableRule;
  private readonly find: FindStructure;
  private readonly base: StructureModel;
  constructor(base: StructureModel, find: FindStructure) {
    this.base = base;
    this.root = copyOf(base.root);
    this.find = find;
  }

  get tree(): ElementRule {
    return this.root;
  }

  /** The children of an element, unfolded from its type, its profile or its contentReference when it has none of its own. */
  private childrenOf(rule: MutableRule): MutableRule[] {
    rule.children ??= this.unfolded(rule).map((child) => withPath(child, `${rule.path}.${child.name}`));
    return rule.children;
  }

  private unfolded(rule: MutableRule): readonly ElementRule[] {
    if (rule.content !== undefined) return this.elementAt(rule.content)?.children ?? [];
    const type = rule.types[0];
    if (type === undefined) return [];
    const profile = type.profiles?.length === 1 ? this.find(type.profiles[0]!) : undefined;
    return (profile ?? this.find(typeUrl(type.code)))?.root.children ?? [];
  }

  /** The element that a contentReference names, in the type that defines it. */
  private elementAt(path: string): ElementRule | undefined {
    const [type = '', ...steps] = path.split('.');
    let rule: ElementRule | undefined = this.find(typeUrl(type))?.root ?? this.base.root;
    for (const step of steps) rule = rule?.children?.find(({ name }) => name === step);
    return rule;
  }

  /** Replaces a child by a copy that may be changed. */
  private own(children: MutableRule[], at: number): MutableRule {
    const copy = copyOf(children[at]!);
    if (copy.children !== undefined) copy.children = [...copy.children];
    if (copy.slices !== undefined) copy.slices = [...copy.slices];
    children[at] = copy;
    return copy;
  }

  private child(parent: MutableRule, name: string): MutableRule | undefined {
    parent.children = [...this.childrenOf(parent)];
    const at = parent.children.findIndex((child) => child.name === name);
    return at < 0 ? this.choice(parent, name) : this.own(parent.children, at);
  }

  /** `valueQuantity` for `value[x]`: the slice of that type (http://hl7.org/fhir/R4/profiling.html, short cuts). */
  private choice(parent: MutableRule, name: string): MutableRule | undefined {
    const children = parent.children ?? [];
    const at = children.findIndex(({ name: each, types }) => {
      const stem = each.endsWith('[x]') ? each.slice(0, -3) : undefined;
      return stem !== undefined && types.some(({ code }) => stem + capitalized(code) === name);
    });
    if (at < 0) return undefined;
    const element = this.own(children, at);
    if (element.slicing === undefined) Object.assign(element, { slicing: typeSlicing });
    return this.slice(element, name);
  }

  private slice(element: MutableRule, sliceName: string): MutableRule {
    const outer = element.slices?.findIndex((each) => sliceName.startsWith(`${each.sliceName}/`)) ?? -1;
    if (outer >= 0) return this.slice(this.own(element.slices!, outer), sliceName);
    element.slices ??= [];
    if (element.slicing === undefined && isExtension(element)) Object.assign(element, { slicing: extensionSlicing });
    const at = element.slices.findIndex((each) => each.sliceName === sliceName);
    if (at >= 0) return this.own(element.slices, at);
    const made = this.newSlice(element, sliceName);
    element.slices.push(made);
    return made;
  }

  /** A new slice is like the element, but need not be there; its type may stand in its name. */
  private newSlice(element: MutableRule, sliceName: string): MutableRule {
    const { slicing: _slicing, slices: _slices, constraints: _constraints, ...rest } = element;
    const stem = element.name.replace('[x]', '');
    const named = element.name.endsWith('[x]')
      ? element.types.filter(({ code }) => stem + capitalized(code) === sliceName)
      : [];
    return { ...rest, sliceName, min: 0, types: named.length > 0 ? named : element.types };
  }

  /** The rule at a path, made where the differential is the first to speak of it. */
  private at(steps: readonly Step[]): MutableRule | undefined {
    let rule: MutableRule | undefined = this.root;
    for (const { name, slice } of steps) {
      rule = rule === undefined ? undefined : this.child(rule, name);
      if (rule !== undefined && slice !== undefined && rule.sliceName !== slice) rule = this.slice(rule, slice);
    }
    return rule;
  }

  apply(steps: readonly Step[], said: PartialRule): void {
    const rule = this.at(steps);
    if (rule === undefined) this.issues.push(issue('validate.snapshot'));
    else this.narrow(rule, said);
  }

  private narrow(rule: MutableRule, said: PartialRule): void {
    const { binding, constraints, name: _name, path: _path, types, sliceName: _slice, ...rest } = said;
    Object.assign(rule, rest);
    // Only the strength may be narrowed: the value set is the base's then.
    if (binding !== undefined)
      Object.assign(rule, { binding: { ...binding, valueSet: binding.valueSet || (rule.binding?.valueSet ?? '') } });
    if (types !== undefined) this.retype(rule, types);
    if (constraints !== undefined) Object.assign(rule, { constraints: constraintsOf(rule.constraints, constraints) });
  }

  /** Children that were unfolded from another type go. */
  private retype(rule: MutableRule, types: readonly TypeRule[]): void {
    const same = types.length === rule.types.length && types.every(({ code }, at) => code === rule.types[at]?.code);
    if (!same && rule.types.length > 1) delete rule.children;
    Object.assign(rule, { types });
  }
}

const isExtension = ({ types }: ElementRule): boolean => types[0]?.code === 'Extension';

/** "Extensions are always sliced by url" (http://hl7.org/fhir/R4/profiling.html#extensions), said or not. */
const extensionSlicing = { discriminators: [{ type: 'value', path: 'url' }], rules: 'open' } as const;

const typeSlicing = { discriminators: [{ type: 'type', path: '$this' }], rules: 'open' } as const;

/** The slices on the way come from the id (`Patient.extension:race.url`), or from the elements before. */
function stepsOf(element: JsonObject, before: ReadonlyMap<string, string>): readonly Step[] {
  const path = typeof element.path === 'string' ? element.path : '';
  const named = typeof element.id === 'string' ? element.id.split('.') : [];
  const names = path.split('.');
  const sliceName = typeof element.sliceName === 'string' ? element.sliceName : undefined;
  return names.slice(1).map((name, index) => {
    const isLast = index === names.length - 2;
    if (isLast) return { name, slice: sliceName };
    const slice =
      named.length === names.length ? named[index + 1]?.split(':')[1] : before.get(names.slice(0, index + 2).join('.'));
    return { name, slice };
  });
}

/** The slice that later elements of a path are in, where ids do not say. */
function remember(element: JsonObject, slices: Map<string, string>): void {
  const { path, sliceName } = element;
  if (typeof path !== 'string') return;
  for (const known of slices.keys()) if (known === path || known.startsWith(`${path}.`)) slices.delete(known);
  if (typeof sliceName === 'string') slices.set(path, sliceName);
}

export interface Generated {
  readonly structure: StructureModel;
  readonly issues: readonly Issue[];
}

/** Lays a definition's differential over its base. */
export function generateSnapshot(definition: JsonObject, base: StructureModel, find: FindStructure): Generated {
  const overlay = new Overlay(base, find);
  const slices = new Map<string, string>();
  for (const element of elementsOf(definition, 'differential')) {
    overlay.apply(stepsOf(element, slices), elementRule(element));
    remember(element, slices);
  }
  return { structure: structureOf(definition, overlay.tree), issues: overlay.issues };
}
