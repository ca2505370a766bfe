// Writing into the element under construction: target steps compiled to closures, every leaf noted.
import type { MutableObject, MutableValue } from '../../model/json.js';
import { Decimal } from '../../model/json.js';
import type { Conversion } from '../../model/lineage.js';
import type { Place } from '../../model/source.js';
import type { IrStep } from '../language/ir.js';
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
  const parents = steps.slice(0, -1).map(openStep);
  const prefix = steps.map(({ name, key }) => name + (key ?? '')).join('.');
  const opens = steps.slice(0, -1).some(opensItem);
  const many = opensItem(last);
  const extended = extendedPrimitives(steps);
  const open = (frame: Frame, origin: Origin): MutableObject =>
    parents.reduce((element, parent) => parent(element, frame, origin), frame.element);
  return {
    isTaken: (frame) => !many && !opens && find(frame, steps) !== undefined,
    isWritten: (frame) =>
      find(frame, steps) !== undefined || extended.some((primitive) => find(frame, primitive) !== undefined),
    hasParent: (frame) =>
      frame.sourced &&
      steps
        .slice(0, -1)
        .every(
          (step, depth) =>
            opensItem(step) || step.name.startsWith('_') || find(frame, steps.slice(0, depth + 1)) !== undefined,
        ),
    put: (frame, value, origin) => place(frame, open(frame, origin), last, prefix, value, origin),
    attach: (frame, value, origin) => {
      if (last.url !== undefined) nameExtension(frame, value, last.url, origin);
      place(frame, open(frame, origin), last, prefix, value, undefined);
    },
  };
}

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
  prefix: string,
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
  if (step.key !== undefined) (frame.keyed ??= new Map()).set(prefix, value as MutableObject);
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

/** Goes one step down, making what is not there. */
function openStep(step: IrStep, depth: number, steps: readonly IrStep[]): Open {
  const { name } = step;
  if (step.url !== undefined) return openExtension(name, step.url);
  if (step.list !== true) return (element) => (element[name] ??= {}) as MutableObject;
  if (step.key === undefined) return (element) => append(element, name);
  const key = steps
    .slice(0, depth + 1)
    .map((each) => each.name + (each.key ?? ''))
    .join('.');
  return (element, frame) => {
    const keyed = (frame.keyed ??= new Map<string, MutableObject>());
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
  frame.draft.leaves.push({
    holder: item,
    key: 'url',
    rule,
    from: undefined,
    conversion: urlConversion,
    via: frame.via,
  });
}

const urlConversion: Conversion = { kind: 'fixed', by: 'extension url' };
const hasValue = (extension: MutableObject): boolean => Object.keys(extension).some((key) => key.startsWith('value'));

/** What stands at a path, without making anything; undefined where a step opens items anew. */
function find(frame: Frame, steps: readonly IrStep[]): MutableValue | undefined {
  let value: MutableValue | undefined = frame.element;
  for (let depth = 0; depth < steps.length; depth++) {
    const step = steps[depth];
    if (
      step === undefined ||
      value === undefined ||
      value === null ||
      typeof value !== 'object' ||
      Array.isArray(value) ||
      value instanceof Decimal
    )
      return undefined;
    if (step.key !== undefined)
      value = frame.keyed?.get(
        steps
          .slice(0, depth + 1)
          .map((each) => each.name + (each.key ?? ''))
          .join('.'),
      );
    else if (step.url !== undefined)
      value = (value[step.name] as MutableObject[] | undefined)?.find((item) => item['url'] === step.url);
    else if (step.list === true && depth < steps.length - 1)
      value = (value[step.name] as MutableObject[] | undefined)?.[0];
    else value = value[step.name];
  }
  return value;
}

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
  frame.draft.leaves.push({
    holder,
    key,
    rule: origin.rule,
    from: origin.from,
    conversion: origin.conversion,
    via: origin.via ?? frame.via,
  });
}

/** Modules whose target is a primitive write `$this`: the caller puts the value where it belongs. */
const primitiveWriter: Writer = {
  isTaken: (frame) => frame.primitive !== undefined,
  isWritten: (frame) => frame.primitive !== undefined,
  hasParent: (frame) => frame.sourced,
  put: (frame, value, origin) => {
    frame.primitive = { value, ...origin };
  },
  attach: () => undefined,
};
