// The walk through a resource: each element is visited once, with the base rules and those of all its profiles at hand.
import type { JsonObject, JsonValue } from '../../model/json.js';
import type { StructureModel } from '../../model/structure.js';
import type { Host } from '../fhirpath/closure.js';
import type { Item } from '../fhirpath/item.js';
import type { Walk } from './walk.js';
import { FhirTypes } from '../fhirpath/types.js';
import { isEmptyObject, isList, isObject } from '../objects.js';
import { typeUrl } from '../structures/differential.js';
import { isProfile } from '../structures/structure.js';
import { BundleIndex } from './bundle-index.js';
import { resourceInspections } from './inspections/index.js';
import { impliedProfiles } from './implied-profiles.js';
import { layoutOf, ruleAt, type Layout, type Slot } from './layout.js';
import type { ConvertUnit } from './limits.js';
import { NodeCompiler } from './node-compiler.js';
import { checkPrimitive } from './primitives.js';
import { resolveReference } from './reference-resolution.js';
import type { Registry } from './registry.js';
import type { RuleNode } from './rule-node.js';
import type { FullRun } from './run.js';
import { assignSlices, checkMissing } from './slice-assignment.js';
import { inValueSet } from './terminology-checks.js';
import { isWellFormedNarrative } from './inspections/narrative.js';

/** Deeper than any FHIR resource in use; the walk is recursive. */
const deepest = 100;

/** What is asked for at a version is not met by another: `|6.1` is any 6.1 (http://hl7.org/fhir/R4/references.html#canonical). */
function isVersion(url: string, { version }: StructureModel): boolean {
  const asked = url.split('|')[1];
  return asked === undefined || version === undefined || version === asked || version.startsWith(`${asked}.`);
}

export class Walker implements Walk {
  readonly registry: Registry;
  readonly types: FhirTypes;
  private readonly compiler: NodeCompiler;
  private readonly layouts = new Map<string, Layout | undefined>();

  constructor(registry: Registry, convert: ConvertUnit) {
    this.registry = registry;
    this.types = new FhirTypes(registry.definitions);
    this.compiler = new NodeCompiler(registry, this.types, {
      hostOf: (run) => this.hostOf(run),
      conforms: (item, profile, run) => this.conforms(item, profile, run),
      convert,
    });
  }

  private hostOf(run: FullRun): Host {
    return (run.host ??= this.newHost(run));
  }

  private newHost(run: FullRun): Host {
    return {
      resolve: (reference, from) => resolveReference(reference, run, from),
      memberOf: (item, valueSet) => inValueSet(item, valueSet, this.registry.valueSets),
      conformsTo: (item, profile) => this.conforms(item, profile, run),
      htmlChecks: (item) => isWellFormedNarrative(item.value),
      ...(run.settings.now && { now: run.settings.now }),
    };
  }

  private layout(name: string): Layout | undefined {
    const known = this.layouts.get(name);
    if (known !== undefined || this.layouts.has(name)) return known;
    const layout = this.makeLayout(name);
    this.layouts.set(name, layout);
    return layout;
  }

  private makeLayout(name: string): Layout | undefined {
    const structure = this.registry.structure(typeUrl(name.split('.')[0] ?? name));
    const rule = structure === undefined ? undefined : ruleAt(structure.root, name);
    if (structure === undefined || rule === undefined) return undefined;
    return layoutOf(this.types.type(name), this.compiler.node(rule, structure), this.registry.definitions);
  }

  /** Does the value conform? Undefined when the profile is not known. */
  conforms(item: Item, profile: string, run: FullRun): boolean | undefined {
    const structure = this.registry.structure(profile);
    if (structure === undefined || !isObject(item.value)) return structure === undefined ? undefined : false;
    if (!item.type.ancestors.has(structure.type)) return false;
    return run.conforms(item.value, structure.url, () => {
      if (item.type.isResource) this.visitResource(item, [profile], run);
      else this.visitComplex(item, [this.compiler.root(structure)], run);
    });
  }

  private visitComplex(item: Item, nodes: readonly RuleNode[], run: FullRun): void {
    const layout = this.layout(item.type.name);
    if (layout !== undefined) this.visitObject(item, layout, nodes, run);
    for (const node of nodes) for (const check of node.checks) check(item, run);
  }

  /** A resource with the profiles it names, those asked for, and those that the specification implies. */
  visitResource(item: Item, asked: readonly string[], run: FullRun): void {
    const layout = isObject(item.value) ? this.resourceLayout(item.value) : undefined;
    if (layout === undefined || !isObject(item.value)) return run.report('validate.unknown-type');
    const { resource, bundle } = run;
    run.resource = item;
    run.container ??= item;
    if (layout.type.name === 'Bundle') run.bundle = new BundleIndex(item.value, bundle);
    const nodes = [layout.root, ...this.profilesOf(item, asked, run)];
    this.visitObject(item, layout, nodes, run);
    for (const node of nodes) for (const check of node.checks) check(item, run);
    for (const inspect of resourceInspections) inspect(item, run, this, nodes);
    layout.inspect?.(item, run, this, nodes);
    run.resource = resource;
    run.bundle = bundle;
  }

  private resourceLayout({ resourceType }: JsonObject): Layout | undefined {
    const model = typeof resourceType === 'string' ? this.registry.definitions.type(resourceType) : undefined;
    return model?.kind === 'resource' && model.abstract !== true ? this.layout(model.name) : undefined;
  }

  private profilesOf(item: Item, asked: readonly string[], run: FullRun): RuleNode[] {
    const resource = item.value as JsonObject;
    const named = isObject(resource.meta) && isList(resource.meta.profile) ? resource.meta.profile : [];
    const own = named.filter((url): url is string => typeof url === 'string');
    const urls = new Set([...asked, ...own, ...impliedProfiles(resource)]);
    return [...urls].flatMap((url) => this.profileNode(item, url, run, asked.includes(url)));
  }

  private profileNode(item: Item, url: string, run: FullRun, isRequired: boolean): RuleNode[] {
    const structure = this.registry.structure(url);
    if (structure === undefined || !isVersion(url, structure)) {
      run.report(isRequired ? 'validate.profile-required-unknown' : 'validate.profile-unknown', { profile: url });
      return [];
    }
    if (!isProfile(structure)) return this.typeNode(item, structure, run);
    if (item.type.ancestors.has(structure.type)) return [this.compiler.root(structure)];
    run.report('validate.profile-type', { profile: url, expected: structure.type });
    return [];
  }

  private typeNode(item: Item, { type, url }: StructureModel, run: FullRun): RuleNode[] {
    if (!item.type.ancestors.has(type)) run.report('validate.profile-type', { profile: url, expected: type });
    return [];
  }

  /** The members of an object. `nodes` are the rules that speak of it: of its element, its type and its profiles. */
  private visitObject(item: Item, layout: Layout, nodes: readonly RuleNode[], run: FullRun): void {
    const object = item.value as JsonObject;
    if (run.trail.depth > deepest) return run.report('validate.depth', { limit: deepest });
    const shape = shapeOf(object);
    if (shape === 'empty') return run.report('validate.empty');
    let chosen: string[] | undefined;
    let present = 0;
    for (const name in object) {
      const value = object[name];
      if (value === undefined) continue;
      const slot = this.slotOf(name, object, layout, run);
      if (slot === undefined) continue;
      const isAgain = slot.isChoice && chosen?.includes(slot.stem) === true;
      if (isAgain) run.report('validate.cardinality-max', { element: slot.node.rule.name, max: 1, found: 2 });
      else if (slot.isChoice) (chosen ??= []).push(slot.stem);
      if (slot.isRequired && !isAgain && !(isList(value) && value.length === 0)) present += 1;
      if (shape === 'plain') this.visitElement(slot, value, undefined, childNodes(slot, nodes, layout), run);
      else this.visitWithSibling(slot, object, childNodes(slot, nodes, layout), run);
    }
    if (present < layout.required) checkMissing(object, layout.root, layout, run);
    for (const node of nodes) if (node !== layout.root && !node.isLeaf) checkMissing(object, node, layout, run);
  }

  private visitWithSibling(slot: Slot, object: JsonObject, nodes: readonly RuleNode[], run: FullRun): void {
    const { sibling } = slot.property;
    this.visitElement(slot, object[slot.name], sibling === undefined ? undefined : object[sibling], nodes, run);
  }

  /** The slot of a property; none where it is not to be visited: unknown, or beside the primitive that is visited itself. */
  private slotOf(name: string, object: JsonObject, layout: Layout, run: FullRun): Slot | undefined {
    const slot = layout.slots.get(name);
    if (slot !== undefined) return slot;
    const plain = name.startsWith('_') ? layout.slots.get(name.slice(1)) : undefined;
    if (plain?.property.sibling === name) return object[plain.name] === undefined ? plain : undefined;
    if (name === 'resourceType' && layout.type.isResource) return undefined;
    if (plain?.name === 'id' && layout.type.name !== 'Extension') this.extendedId(run);
    else run.report('validate.unknown-element');
    return undefined;
  }

  private extendedId(run: FullRun): void {
    run.trail.enter('id');
    run.report('validate.id-extended');
    run.trail.leave();
  }

  /** An element: its value, and what stands beside it. `nodes` are the rules that speak of it. */
  private visitElement(
    slot: Slot,
    value: JsonValue | undefined,
    sibling: JsonValue | undefined,
    nodes: readonly RuleNode[],
    run: FullRun,
  ): void {
    // "null" stands in arrays alone (http://hl7.org/fhir/R4/json.html#null).
    const isShaped = slot.isList
      ? isShape(value) && isShape(sibling)
      : !isList(value) && !isList(sibling) && value !== null;
    if (!isShaped) return this.misshapen(slot, run);
    if (slot.isList) this.visitItems(slot, this.listed(slot, value, sibling, run), nodes, run);
    else if (nodes !== slot.alone) this.visitItems(slot, [itemOf(slot.property, value, sibling)], nodes, run);
    else {
      run.trail.enter(slot.step);
      this.visitItem(itemOf(slot.property, value, sibling), slot, nodes, run);
      run.trail.leave();
    }
  }

  private visitItems(slot: Slot, items: readonly Item[], nodes: readonly RuleNode[], run: FullRun): void {
    const assigned = assignSlices(nodes, slot, items, run);
    run.trail.enter(slot.step);
    for (let index = 0; index < items.length; index += 1) {
      if (slot.isList) run.trail.at(index);
      this.visitItem(items[index]!, slot, assigned?.[index] ?? nodes, run);
    }
    run.trail.leave();
  }

  private misshapen({ step, stem, isList: many }: Slot, run: FullRun): void {
    run.trail.enter(step);
    if (many) run.reportAs(misplacedSingle, 'validate.wrong-type', { element: stem, expected: 'an array' });
    else run.report('validate.wrong-type', { element: stem, expected: 'a single value' });
    run.trail.leave();
  }

  private listed(
    { property, stem }: Slot,
    value: JsonValue | undefined,
    sibling: JsonValue | undefined,
    run: FullRun,
  ): Item[] {
    const values = isList(value) ? value : nothingListed;
    const siblings = isList(sibling) ? sibling : nothingListed;
    const items: Item[] = [];
    let isVoid = false;
    for (let index = 0; index < Math.max(values.length, siblings.length); index += 1) {
      const item = itemOf(property, values[index] ?? undefined, siblings[index] ?? undefined);
      if (item.value === undefined && item.sibling === undefined) isVoid ||= property.sibling !== undefined;
      items.push(item);
    }
    if (isVoid || items.length === 0) {
      run.trail.enter(stem);
      run.report(items.length === 0 ? 'validate.empty' : 'validate.array-without-value');
      run.trail.leave();
    }
    return items;
  }

  private visitItem(item: Item, slot: Slot, nodes: readonly RuleNode[], run: FullRun): void {
    if (slot.isResource && !(run.settings.skipContained && slot.stem === 'contained'))
      return this.visitHeld(item, slot, nodes, run);
    if (slot.isResource) return;
    run.path.push({ name: slot.stem, type: item.type.name, item });
    if (slot.format === undefined) this.visitTyped(item, slot, nodes, run);
    else this.visitPrimitive(item, slot, nodes, run);
    run.path.pop();
  }

  private visitPrimitive(item: Item, slot: Slot, nodes: readonly RuleNode[], run: FullRun): void {
    const isValid = checkPrimitive(item, slot, run);
    const layout = item.sibling === undefined ? undefined : this.layout(item.type.name);
    if (layout !== undefined) this.visitObject({ ...item, value: item.sibling }, layout, nodes, run);
    if (!isValid) return;
    checkTypes(item, slot, nodes, run);
    for (const node of nodes) for (const check of node.checks) check(item, run);
    slot.inspect?.(item, run, this, nodes);
  }

  private visitTyped(item: Item, slot: Slot, nodes: readonly RuleNode[], run: FullRun): void {
    if (!isObject(item.value))
      return run.report('validate.wrong-type', { element: slot.stem, expected: `an object (${slot.type.code})` });
    const layout = this.layout(item.type.name);
    if (layout === undefined) return;
    checkTypes(item, slot, nodes, run);
    const all = this.withTypeProfiles(item, nodes, run);
    this.visitObject(item, layout, all, run);
    if (layout.root !== slot.node) for (const check of layout.root.checks) check(item, run);
    for (const node of all) for (const check of node.checks) check(item, run);
    layout.inspect?.(item, run, this, all);
  }

  /** The rules of the profiles that the element's type asks for, and of the extension that the URL names. */
  private withTypeProfiles(item: Item, nodes: readonly RuleNode[], run: FullRun): readonly RuleNode[] {
    let added: RuleNode[] | undefined;
    if (item.type.name === 'Extension') added = this.extensionNode(item);
    else for (const node of nodes) if (node.isProfiled) (added ??= []).push(...this.typeProfiles(item, node, run));
    return added === undefined || added.length === 0 ? nodes : [...new Set([...nodes, ...added])];
  }

  private extensionNode({ value }: Item): RuleNode[] {
    const url = isObject(value) ? value.url : undefined;
    const structure = typeof url === 'string' && url.includes(':') ? this.registry.structure(url) : undefined;
    return structure === undefined || structure.type !== 'Extension' ? [] : [this.compiler.root(structure)];
  }

  private typeProfiles(item: Item, { rule }: RuleNode, run: FullRun): RuleNode[] {
    const profiles = profilesFor(item, rule.types);
    if (profiles.length === 0) return [];
    if (profiles.length === 1) return this.profileNode(item, profiles[0]!, run, true);
    if (profiles.some((profile) => this.conforms(item, profile, run) !== false)) return [];
    run.report('validate.no-profile-match', { profiles: profiles.join(', ') });
    // What keeps the value from conforming to each is told with it.
    return profiles.flatMap((profile) => this.profileNode(item, profile, run, true));
  }

  /** A resource within another: contained, in an entry, a parameter. */
  private visitHeld(item: Item, slot: Slot, nodes: readonly RuleNode[], run: FullRun): void {
    if (!isObject(item.value)) return run.report('validate.wrong-type', { element: slot.stem, expected: 'an object' });
    checkTypes(item, slot, nodes, run);
    const { container, fullUrl, path } = run;
    if (slot.stem !== 'contained') {
      run.container = item;
      const holder = path.at(-1)?.item.value;
      run.fullUrl = isObject(holder) && typeof holder.fullUrl === 'string' ? holder.fullUrl : undefined;
    }
    const outer = path.splice(0);
    this.visitResource(item, this.heldProfiles(item, nodes, run), run);
    path.push(...outer);
    run.container = container;
    run.fullUrl = fullUrl;
  }

  private heldProfiles(item: Item, nodes: readonly RuleNode[], run: FullRun): readonly string[] {
    const choices = nodes.map(({ rule }) => profilesFor(item, rule.types));
    for (const profiles of choices)
      if (profiles.length > 1 && !profiles.some((profile) => this.conforms(item, profile, run) !== false))
        run.report('validate.no-profile-match', { profiles: profiles.join(', ') });
    return choices.filter(({ length }) => length === 1).flat();
  }
}

/** The reference validator's id of what should be an array. */
const misplacedSingle = 'This_property_must_be_an_Array_not_';

const nothingListed: readonly JsonValue[] = [];

const isShape = (value: JsonValue | undefined): boolean => value === undefined || isList(value);

/** Whether an object has members, and whether ids or extensions of primitives stand beside them. */
function shapeOf(object: JsonObject): 'empty' | 'plain' | 'extended' {
  let shape: 'empty' | 'plain' = 'empty';
  for (const name in object) {
    if (name.charCodeAt(0) === 95) return isEmptyObject(object) ? 'empty' : 'extended';
    if (shape === 'empty' && object[name] !== undefined) shape = 'plain';
  }
  return shape;
}

const itemOf = (property: Slot['property'], value: JsonValue | undefined, sibling: JsonValue | undefined): Item => ({
  type: property.typeOf(value),
  value: value ?? undefined,
  sibling: isObject(sibling) ? sibling : undefined,
});

/** The base rule of an element and what the profiles of its holder say of it. */
function childNodes(slot: Slot, nodes: readonly RuleNode[], { root }: Layout): readonly RuleNode[] {
  let found: RuleNode[] | undefined;
  for (const node of nodes) {
    if (node === root || node.isLeaf) continue;
    const named = node.children.get(slot.stem);
    if (named !== undefined && named !== slot.node) (found ??= [slot.node]).push(named);
    const typed = slot.isChoice ? node.children.get(slot.name) : undefined;
    if (typed !== undefined) (found ??= [slot.node]).push(typed);
  }
  return found ?? slot.alone;
}

const profilesFor = (item: Item, types: RuleNode['rule']['types']): readonly string[] =>
  types.find(({ code }) => item.type.ancestors.has(code))?.profiles ?? [];

/** Reports one step up. */
function atHolder(run: FullRun, report: () => void): void {
  const depth = run.trail.pop();
  report();
  run.trail.push(depth);
}

/** A profile may leave fewer types than the element has. What an extension may be is told where the extension stands. */
function checkTypes(item: Item, slot: Slot, nodes: readonly RuleNode[], run: FullRun): void {
  if (!slot.isChoice && !slot.isResource) return;
  for (const { rule, isBase } of nodes) {
    if (isBase || rule.types.length === 0 || rule.types.some(({ code }) => item.type.ancestors.has(code))) continue;
    const expected = rule.types.map(({ code }) => code).join(', ');
    if (run.path.at(-2)?.type === 'Extension')
      atHolder(run, () => run.reportAs('Extension_EXT_Type', 'validate.type-narrowed', { expected }));
    else run.report('validate.type-narrowed', { expected });
  }
}
