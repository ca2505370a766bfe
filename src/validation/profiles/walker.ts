// The walk through a resource: each element is visited once, with the base rules and those of all its profiles at hand.
import type { JsonObject, JsonValue } from '../../model/json.js';
import type { StructureModel } from '../../model/structure.js';
import type { Host } from '../fhirpath/closure.js';
import type { Item } from '../fhirpath/item.js';
import type { Walk } from './walk.js';
import { FhirTypes } from '../fhirpath/types.js';
import { isEmptyObject, isList, isObject } from '../objects.js';
import { typeUrl } from '../structures/differential.js';
import { BundleIndex } from './bundle-index.js';
import { inspections, resourceInspections } from './inspections/index.js';
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

const nothing: readonly RuleNode[] = [];

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
    return {
      resolve: (reference, from) => resolveReference(reference, run, from),
      memberOf: (item, valueSet) => inValueSet(item, valueSet, this.registry.valueSets),
      conformsTo: (item, profile) => this.conforms(item, profile, run),
      htmlChecks: (item) => isWellFormedNarrative(item.value),
      ...(run.settings.now && { now: run.settings.now }),
    };
  }

  private layout(name: string): Layout | undefined {
    if (this.layouts.has(name)) return this.layouts.get(name);
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
    inspections[layout.type.name]?.(item, run, this, nodes);
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
    if (structure === undefined) {
      run.report(isRequired ? 'validate.profile-required-unknown' : 'validate.profile-unknown', { profile: url });
      return [];
    }
    if (structure.derivation !== 'constraint') return this.typeNode(item, structure, run);
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
    if (isEmptyObject(object)) return run.report('validate.empty');
    let chosen: Set<string> | undefined;
    for (const name in object) {
      if (object[name] === undefined) continue;
      const slot = this.slotOf(name, object, layout, run);
      if (slot === undefined) continue;
      if (slot.isChoice) {
        if (chosen?.has(slot.stem) === true)
          run.report('validate.cardinality-max', { element: slot.node.rule.name, max: 1, found: 2 });
        (chosen ??= new Set()).add(slot.stem);
      }
      this.visitElement(slot, object, nodes, run);
    }
    checkMissing(object, layout.root, layout, run);
    for (const node of nodes) if (node !== layout.root) checkMissing(object, node, layout, run);
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

  private visitElement(slot: Slot, object: JsonObject, nodes: readonly RuleNode[], run: FullRun): void {
    const items = this.itemsOf(slot, object, run);
    if (items === undefined) return;
    const here = childNodes(slot, nodes);
    const assigned = assignSlices(here, slot, items, run);
    run.trail.enter(slot.step);
    for (let index = 0; index < items.length; index += 1) {
      if (slot.isList) run.trail.at(index);
      this.visitItem(items[index]!, slot, assigned?.[index] ?? here, run);
    }
    run.trail.leave();
  }

  /** The values of an element, each with what stands beside it; undefined when they are not in the shape they must have. */
  private itemsOf(
    { name, property, isList: many, step, stem }: Slot,
    object: JsonObject,
    run: FullRun,
  ): Item[] | undefined {
    const value = object[name];
    const sibling = property.sibling === undefined ? undefined : object[property.sibling];
    if (many ? isShape(value, isList) && isShape(sibling, isList) : !isList(value) && !isList(sibling))
      return many ? this.listed(property, value, sibling, stem, run) : [itemOf(property, value, sibling)];
    run.trail.enter(step);
    run.report('validate.wrong-type', { element: stem, expected: many ? 'an array' : 'a single value' });
    run.trail.leave();
    return undefined;
  }

  private listed(
    property: Slot['property'],
    value: JsonValue | undefined,
    sibling: JsonValue | undefined,
    stem: string,
    run: FullRun,
  ): Item[] {
    const values = isList(value) ? value : [];
    const siblings = isList(sibling) ? sibling : [];
    const items: Item[] = [];
    for (let index = 0; index < Math.max(values.length, siblings.length); index += 1)
      items.push(itemOf(property, values[index] ?? undefined, siblings[index] ?? undefined));
    const isVoid =
      items.length === 0 ||
      (property.sibling !== undefined && items.some((item) => item.value === undefined && item.sibling === undefined));
    if (isVoid) {
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
    inspections[item.type.name]?.(item, run, this, nodes);
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
    inspections[item.type.name]?.(item, run, this, all);
  }

  /** The rules of the profiles that the element's type asks for, and of the extension that the URL names. */
  private withTypeProfiles(item: Item, nodes: readonly RuleNode[], run: FullRun): readonly RuleNode[] {
    const added: RuleNode[] = [];
    if (item.type.name === 'Extension') added.push(...this.extensionNode(item));
    else for (const node of nodes) added.push(...this.typeProfiles(item, node, run));
    return added.length === 0 ? nodes : [...new Set([...nodes, ...added])];
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
    if (!profiles.some((profile) => this.conforms(item, profile, run) !== false))
      run.report('validate.no-profile-match', { profiles: profiles.join(', ') });
    return [];
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

const isShape = (value: JsonValue | undefined, test: (value: JsonValue) => boolean): boolean =>
  value === undefined || test(value);

const itemOf = (property: Slot['property'], value: JsonValue | undefined, sibling: JsonValue | undefined): Item => ({
  type: property.typeOf(value),
  value: value ?? undefined,
  sibling: isObject(sibling) ? sibling : undefined,
});

/** The base rule of an element and what the profiles of its holder say of it. */
function childNodes(slot: Slot, nodes: readonly RuleNode[]): readonly RuleNode[] {
  let found: RuleNode[] | undefined;
  for (const node of nodes) {
    const named = node.children.get(slot.stem);
    if (named !== undefined && named !== slot.node) (found ??= [slot.node]).push(named);
    const typed = slot.isChoice ? node.children.get(slot.name) : undefined;
    if (typed !== undefined) (found ??= [slot.node]).push(typed);
  }
  return found ?? (slot.node === undefined ? nothing : slot.alone);
}

const profilesFor = (item: Item, types: RuleNode['rule']['types']): readonly string[] =>
  types.find(({ code }) => item.type.ancestors.has(code))?.profiles ?? [];

/** A profile may leave fewer types than the element has. */
function checkTypes(item: Item, slot: Slot, nodes: readonly RuleNode[], run: FullRun): void {
  if (!slot.isChoice && !slot.isResource) return;
  for (const { rule, isBase } of nodes) {
    if (isBase || rule.types.length === 0 || rule.types.some(({ code }) => item.type.ancestors.has(code))) continue;
    run.report('validate.type-narrowed', { expected: rule.types.map(({ code }) => code).join(', ') });
  }
}
