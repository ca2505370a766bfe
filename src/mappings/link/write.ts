// Writing into the element under construction: a target path as the steps it takes, every leaf noted. Few classes with
// methods instead of a closure for each path: the engine calls them directly, whatever the path.
import type { MutableObject, MutableValue } from '../../model/json.js';
import { Decimal } from '../../model/json.js';
import type { IrStep } from '../language/ir.js';
import type { Holder, Leaf, RuleReference, Via } from './leaf.js';
import type { Frame } from './run.js';
import { compileSteps, nameExtension, type TargetStep } from './target-step.js';

export interface Writer {
  /** The target takes any number of values. */
  readonly takesMany: boolean;
  /** The target takes one value and has it. */
  isTaken(frame: Frame): boolean;
  /** Anything stands at the target. */
  isWritten(frame: Frame): boolean;
  /** A constant may be written: what it belongs to exists; an extension of a primitive belongs to what holds that. */
  hasParent(frame: Frame): boolean;
  /**
   * Writes a primitive, or an object whose leaves are noted as coming from where this one does.
   *
   * @param via the rules that led to it, where they are more than those of the frame written into
   */
  put(frame: Frame, value: MutableValue, leaf: Leaf, via?: Via): void;
  /** Writes an object whose leaves are noted already; the rule is that of the extensions opened on the way. */
  attach(frame: Frame, value: MutableObject, rule: RuleReference): void;
}

export function compileWriter(path: readonly IrStep[]): Writer {
  const last = path.at(-1);
  if (last === undefined) return primitiveWriter;
  return path.length === 1 && isPlain(last) ? new MemberWriter(last.name) : new PathWriter(path);
}

/** A step to the element's own single member, which is no extension of a primitive. */
const isPlain = ({ name, list, key, url }: IrStep): boolean =>
  list !== true && key === undefined && url === undefined && !name.startsWith('_');

/** The commonest target: a single member of the element under construction. */
class MemberWriter implements Writer {
  readonly takesMany = false;
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  isTaken({ element }: Frame): boolean {
    return element[this.#name] !== undefined;
  }

  isWritten({ element }: Frame): boolean {
    return element[this.#name] !== undefined;
  }

  hasParent({ sourced }: Frame): boolean {
    return sourced;
  }

  put(frame: Frame, value: MutableValue, leaf: Leaf, via: Via = frame): void {
    frame.element[this.#name] = value;
    noteLeaves(frame, frame.element, this.#name, value, leaf, via);
  }

  attach({ element }: Frame, value: MutableObject): void {
    element[this.#name] = value;
  }
}

/** Any other target. */
class PathWriter implements Writer {
  readonly takesMany: boolean;
  /** The way to the element that holds the target. */
  readonly #parents: readonly TargetStep[];
  readonly #last: TargetStep;
  readonly #steps: readonly TargetStep[];
  readonly #needed: readonly (readonly TargetStep[])[];
  readonly #extended: readonly (readonly TargetStep[])[];

  constructor(path: readonly IrStep[]) {
    this.takesMany = path.some(opensItem);
    this.#steps = compileSteps(path);
    this.#parents = this.#steps.slice(0, -1);
    this.#last = this.#steps.at(-1) as TargetStep;
    this.#needed = neededParents(path).map(compileSteps);
    this.#extended = extendedPrimitives(path).map(compileSteps);
  }

  isTaken(frame: Frame): boolean {
    return !this.takesMany && find(frame, this.#steps) !== undefined;
  }

  isWritten(frame: Frame): boolean {
    return (
      find(frame, this.#steps) !== undefined || this.#extended.some((primitive) => find(frame, primitive) !== undefined)
    );
  }

  hasParent(frame: Frame): boolean {
    return frame.sourced && this.#needed.every((parent) => find(frame, parent) !== undefined);
  }

  put(frame: Frame, value: MutableValue, leaf: Leaf, via: Via = frame): void {
    const parent = this.#open(frame, leaf.rule);
    const { name } = this.#last;
    if (!this.#last.list) {
      parent[name] = value;
      noteLeaves(frame, parent, name, value, leaf, via);
      return;
    }
    const list = this.#last.append(frame, parent, value);
    noteLeaves(frame, list, list.length - 1, value, leaf, via);
  }

  attach(frame: Frame, value: MutableObject, rule: RuleReference): void {
    const { name, url, list } = this.#last;
    if (url !== undefined) nameExtension(frame, value, url, rule);
    const parent = this.#open(frame, rule);
    if (list) this.#last.append(frame, parent, value);
    else parent[name] = value;
  }

  /** The element that holds the target, with all that leads there. */
  #open(frame: Frame, rule: RuleReference): MutableObject {
    let { element } = frame;
    for (const parent of this.#parents) element = parent.open(element, frame, rule);
    return element;
  }
}

/** The paths that must stand before a constant may: not those of items that are opened anew, nor of extended primitives. */
const neededParents = (path: readonly IrStep[]): readonly (readonly IrStep[])[] =>
  path
    .slice(0, -1)
    .flatMap((step, depth) => (opensItem(step) || step.name.startsWith('_') ? [] : [path.slice(0, depth + 1)]));

/** `source._endpoint.extension` -> `source.endpoint`: a data-absent-reason is not needed beside the value itself. */
const extendedPrimitives = (path: readonly IrStep[]): readonly (readonly IrStep[])[] =>
  path.flatMap((step, depth) =>
    step.name.startsWith('_') ? [[...path.slice(0, depth), { ...step, name: step.name.slice(1) }]] : [],
  );

const opensItem = (step: IrStep): boolean => step.list === true && step.key === undefined;

/** What stands at a path, without making anything; undefined where a step opens items anew. */
function find(frame: Frame, steps: readonly TargetStep[]): MutableValue | undefined {
  let value: MutableValue | undefined = frame.element;
  for (let i = 0; i < steps.length; i++) {
    if (!isObject(value)) return undefined;
    value = steps[i]!.look(value, frame);
  }
  return value;
}

const isObject = (value: MutableValue | undefined): value is MutableObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);

/** Notes every leaf of a value that one rule wrote: the value itself, or what it holds. */
function noteLeaves(
  frame: Frame,
  holder: Holder,
  key: string | number,
  value: MutableValue,
  leaf: Leaf,
  via: Via,
): void {
  if (value === null || typeof value !== 'object' || value instanceof Decimal)
    frame.draft.note(leaf.isNoted ? leaf.sibling() : leaf, holder, key, via);
  else noteWithin(frame, value, leaf, via);
}

function noteWithin(frame: Frame, value: Holder, leaf: Leaf, via: Via): void {
  if (Array.isArray(value))
    for (let at = 0; at < value.length; at++) noteLeaves(frame, value, at, value[at]!, leaf, via);
  else for (const name in value) noteLeaves(frame, value, name, value[name] as MutableValue, leaf, via);
}

/** Modules whose target is a primitive write `$this`: the caller puts the value where it belongs. */
class PrimitiveWriter implements Writer {
  readonly takesMany = false;

  isTaken({ primitive }: Frame): boolean {
    return primitive !== undefined;
  }

  isWritten({ primitive }: Frame): boolean {
    return primitive !== undefined;
  }

  hasParent({ sourced }: Frame): boolean {
    return sourced;
  }

  put(frame: Frame, value: MutableValue, leaf: Leaf): void {
    frame.primitive = { value, leaf };
  }

  attach(): void {
    // An object is no primitive: the compiler lets none be written here.
  }
}

const primitiveWriter = new PrimitiveWriter();
