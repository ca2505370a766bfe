// `fixed` and `assumed`: values the source does not have, marked as such.
import type { MutableObject, MutableValue } from '../../model/json.js';
import type { Place } from '../../model/source.js';
import type { Conversion } from '../../model/lineage.js';
import type { IrAction } from '../language/ir.js';
import type { ConstantSyntax } from '../language/syntax.js';
import { touch, type Deed, type RuleLinking } from './deed.js';
import { Leaf, type RuleReference } from './leaf.js';
import type { Frame, Run } from './run.js';
import type { Writer } from './write.js';

export class Constant implements Deed {
  readonly #rule: RuleReference;
  readonly #writer: Writer;
  readonly #value: ConstantSyntax;
  readonly #conversion: Conversion;
  readonly #sourced: boolean;
  /** It is written whether or not anything of the source was. */
  readonly #always: boolean;

  constructor({ rule, writer, reader }: RuleLinking, does: Extract<IrAction, { kind: 'constant' }>) {
    this.#rule = rule;
    this.#writer = writer;
    this.#value = does.value;
    this.#conversion = {
      kind: does.assumed === true ? 'assumed' : 'fixed',
      by: 'constant',
      ...(does.because === undefined ? {} : { because: does.because }),
    };
    this.#sourced = reader.path !== undefined;
    this.#always = does.always === true;
  }

  do(run: Run, place: Place, frame: Frame): void {
    const sourced = this.#sourced;
    if (!sourced && !this.#always && !this.#writer.hasParent(frame)) return;
    if (sourced) run.message.mark(place, 'read', 'leaf');
    this.#writer.put(frame, copyOf(this.#value), new Leaf(this.#rule, sourced ? place : undefined, this.#conversion));
    if (sourced || this.#always) touch(frame);
  }
}

/** The value anew: every message gets its own. */
function copyOf(value: ConstantSyntax): MutableValue {
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(copyOf);
  const object: MutableObject = {};
  for (const key in value) object[key] = copyOf(value[key] as ConstantSyntax);
  return object;
}

const isList = (value: object): value is readonly ConstantSyntax[] => Array.isArray(value);
