// Writing into the element under construction: target steps compiled to closures, every leaf noted.
import type { MutableObject, MutableValue } from '../../model/json.js';
import { Decimal } from '../../model/json.js';
import type { Conversion } from '../../model/lineage.js';
import type { Place } from '../../model/source.js';
import type { IrStep } from '../language/ir.js';
import { KeyedItems, keyNumber } from './keyed-items.js';
import type { RuleReference, Via } from './leaf.js';
import type { Frame } from './run.js';

/** Where a value came from. */
export interface Origin {
  readonly rule: RuleReference;
  readonly from: Place | readonly Place[] | undefined;
  readonly conversion: Conversion | undefined;
  /** The rules that led to it, where they are more than those of the frame written into. */
  readonly via?: Via | undefined;
}

export interface Writer {
  /** The target takes any number of values. */
  readonly takesMany: boolean;
  /** The target takes one value and has it. */
  isTaken(frame: Frame): boolean;
  /** Anything stands at the target. */
  isWritten(frame: Frame): boolean;
  /** A constant may be written: what it belongs to exists; an extension of a primitive belongs to what holds that. */
  hasParent(frame: Frame): boolean;
  /** Writes a primitive, or an object whose leaves are noted as of this origin. */
  put(frame: Frame, value: MutableValue, origin: Origin): void;
  /** Writes an object whose leaves are noted already; the origin is that of the extensions opened on the way. */
  attach(frame: Frame, value: MutableObject, origin: Origin): void;
}

export function compileWriter(steps: readonly IrStep[]): Writer {
  const last = steps.at(-1);
  if (last === undefined) return primitiveWriter;
  if (steps.length === 1 && isPlain(last)) return memberWriter(last.name);
  const open = compileOpen(steps.slice(0, -1));
  const prefix = keyNumber(keyOf(steps));
  const takesMany = steps.some(opensItem);
  const find = compileFind(steps);
  const extended = extendedPrimitives(steps).map(compileFind);
  const parents = neededParents(steps).map(compileFind);
  return {
    takesMany,
    isTaken: (frame) => !takesMany && find(frame) !== undefined,
    isWritten: (frame) => find(frame) !== undefined || extended.some((primitive) => primitive(frame) !== undefined),
    hasParent: (frame) => frame.sourced && parents.every((parent) => parent(frame) !== undefined),
    put: (frame, value, origin) => place(frame, open(frame, origin), last, prefix, value, origin),
    attach: (frame, value, origin) => {
      if (last.url !== undefined) nameExtension(frame, value, last.url, origin);
      place(frame, open(frame, origin), last, prefix, value, undefined);
    },
  };
}

/** A step to the element's own single member, which is no extension of a primitive. */
const isPlain = ({ name, list, key, url }: IrStep): boolean =>
  list !== true && key === undefined && url === undefined && !name.startsWith('_');

/** The commonest target: a single member of the element under construction. */
const memberWriter = (name: string): Writer => ({
  takesMany: false,
  isTaken: ({ element }) => element[name] !== undefined,
  isWritten: ({ element }) => element[name] !== undefined,
  hasParent: ({ sourced }) => sourced,
  put: (frame, value, origin) => {
    frame.element[name] = value;
    noteLeaves(frame, frame.element, name, value, origin);
  },
  attach: ({ element }, value) => {
    element[name] = value;
  },
});

/** The paths that must stand before a constant may: not those of items that are opened anew, nor of extended primitives. */
const neededParents = (steps: readonly IrStep[]): readonly (readonly IrStep[])[] =>
  steps
    .slice(0, -1)
    .flatMap((step, depth) => (opensItem(step) || step.name.startsWith('_') ? [] : [steps.slice(0, depth + 1)]));

/** What rules of one run that write the same item have in common. */
const keyOf = (steps: readonly IrStep[]): string => steps.map(({ name, key }) => name + (key ?? '')).join('.');

/** `source._endpoint.extension` -> `source.endpoint`: a data-absent-reason is not needed beside the value itself. */
const extendedPrimitives = (steps: readonly IrStep[]): readonly (readonly IrStep[])[] =>
  steps.flatMap((step, depth) =>
    step.name.startsWith('_') ? [[...steps.slice(0, depth), { ...step, name: step.name.slice(1) }]] : [],
  );

const opensItem = (step: IrStep): boolean => step.list === true && step.key === undefined;

function place(
  frame: Frame,
  parent: MutableObject,
  step: IrStep,
  prefix: number,
  value: MutableValue,
  origin: Origin | undefined,
): void {
  if (step.list !== true) {
    parent[step.name] = value;
    if (origin !== undefined) noteLeaves(frame, parent, step.name, value, origin);
    return;
  }
  const list = listOf(parent, step.name);
  list.push(value);
  if (step.key !== undefined) (frame.keyed ??= new KeyedItems()).set(prefix, value as MutableObject);
  if (origin !== undefined) noteLeaves(frame, list, list.length - 1, value, origin);
}

function listOf(parent: MutableObject, name: string): MutableValue[] {
  const list = parent[name];
  if (Array.isArray(list)) return list;
  const made: MutableValue[] = [];
  parent[name] = made;
  return made;
}

type Open = (element: MutableObject, frame: Frame, origin: Origin) => MutableObject;

/** The element that holds the target, with all that leads there. */
function compileOpen(steps: readonly IrStep[]): (frame: Frame, origin: Origin) => MutableObject {
  const parents = steps.map(openStep);
  return (frame, origin) => {
    let element = frame.element;
    for (const parent of parents) element = parent(element, frame, origin);
    return element;
  };
}

/** Goes one step down, making what is not there. */
function openStep(step: IrStep, depth: number, steps: readonly IrStep[]): Open {
  const { name } = step;
  if (step.url !== undefined) return openExtension(name, step.url);
  if (step.list !== true) return (element) => (element[name] ??= {}) as MutableObject;
  if (step.key === undefined) return (element) => append(element, name);
  const key = keyNumber(keyOf(steps.slice(0, depth + 1)));
  return (element, frame) => {
    const keyed = (frame.keyed ??= new KeyedItems());
    let item = keyed.get(key);
    if (item === undefined) keyed.set(key, (item = append(element, name)));
    return item;
  };
}

function append(element: MutableObject, name: string): MutableObject {
  const item: MutableObject = {};
  listOf(element, name).push(item);
  return item;
}

/** The extension with that url; its url is a leaf like any other, owed to the rule that opened it. */
function openExtension(name: string, url: string): Open {
  return (element, frame, origin) => {
    const list = listOf(element, name) as MutableObject[];
    const found = list.find((item) => item['url'] === url);
    if (found !== undefined && !hasValue(found)) return found;
    if (found !== undefined && 'extension' in found) return found;
    const item: MutableObject = {};
    nameExtension(frame, item, url, origin);
    list.push(item);
    return item;
  };
}

function nameExtension(frame: Frame, item: MutableObject, url: string, { rule }: Origin): void {
  item['url'] = url;
  frame.draft.note(item, 'url', rule, undefined, urlConversion, frame.via);
}

const urlConversion: Conversion = { kind: 'fixed', by: 'extension url' };
const hasValue = (extension: MutableObject): boolean => Object.keys(extension).some((key) => key.startsWith('value'));

type Find = (frame: Frame) => MutableValue | undefined;

/** What stands at a path, without making anything; undefined where a step opens items anew. */
function compileFind(steps: readonly IrStep[]): Find {
  const looks = steps.map(lookStep);
  const [only] = looks;
  if (only !== undefined && looks.length === 1) return (frame) => only(frame.element, frame);
  return (frame) => {
    let value: MutableValue | undefined = frame.element;
    for (const look of looks) value = isObject(value) ? look(value, frame) : undefined;
    return value;
  };
}

type Look = (element: MutableObject, frame: Frame) => MutableValue | undefined;

/** Goes one step down where there is something. */
function lookStep(step: IrStep, depth: number, steps: readonly IrStep[]): Look {
  const { name, url } = step;
  if (step.key !== undefined) return lookKeyed(keyNumber(keyOf(steps.slice(0, depth + 1))));
  if (url !== undefined) return (element) => listAt(element, name)?.find((item) => item['url'] === url);
  if (step.list === true && depth < steps.length - 1) return (element) => listAt(element, name)?.[0];
  return (element) => element[name];
}

const lookKeyed =
  (key: number): Look =>
  (_, frame) =>
    frame.keyed?.get(key);

const listAt = (element: MutableObject, name: string): MutableObject[] | undefined =>
  element[name] as MutableObject[] | undefined;

const isObject = (value: MutableValue | undefined): value is MutableObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);

/** Notes every leaf of a value that one rule wrote. */
export function noteLeaves(
  frame: Frame,
  holder: MutableObject | MutableValue[],
  key: string | number,
  value: MutableValue,
  origin: Origin,
): void {
  if (value !== null && typeof value === 'object' && !(value instanceof Decimal)) {
    if (Array.isArray(value)) value.forEach((item, at) => noteLeaves(frame, value, at, item, origin));
    else for (const name of Object.keys(value)) noteLeaves(frame, value, name, value[name] as MutableValue, origin);
    return;
  }
  frame.draft.note(holder, key, origin.rule, origin.from, origin.conversion, origin.via ?? frame.via);
}

/** Modules whose target is a primitive write `$this`: the caller puts the value where it belongs. */
const primitiveWriter: Writer = {
  takesMany: false,
  isTaken: (frame) => frame.primitive !== undefined,
  isWritten: (frame) => frame.primitive !== undefined,
  hasParent: (frame) => frame.sourced,
  put: (frame, value, origin) => {
    frame.primitive = { value, ...origin };
  },
  attach: () => undefined,
};
