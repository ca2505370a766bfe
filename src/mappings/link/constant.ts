// `fixed` and `assumed`: values the source does not have, marked as such.
import type { MutableObject, MutableValue } from '../../model/json.js';
import type { Conversion } from '../../model/lineage.js';
import type { IrAction } from '../language/ir.js';
import type { ConstantSyntax } from '../language/syntax.js';
import { touch, type Deed, type RuleLinking } from './deed.js';
import { Leaf } from './leaf.js';

export function linkConstant(
  { rule, writer, reader }: RuleLinking,
  does: Extract<IrAction, { kind: 'constant' }>,
): Deed {
  const conversion: Conversion = {
    kind: does.assumed === true ? 'assumed' : 'fixed',
    by: 'constant',
    ...(does.because === undefined ? {} : { because: does.because }),
  };
  const make = copierOf(does.value);
  const sourced = reader.path !== undefined;
  return (run, place, frame) => {
    if (!sourced && does.always !== true && !writer.hasParent(frame)) return;
    if (sourced) run.message.mark(place, 'read', 'leaf');
    writer.put(frame, make(), new Leaf(rule, sourced ? place : undefined, conversion));
    if (sourced || does.always === true) touch(frame);
  };
}

/** Makes the value anew: every message gets its own. */
function copierOf(value: ConstantSyntax): () => MutableValue {
  if (typeof value !== 'object') return () => value;
  if (isList(value)) {
    const items = value.map(copierOf);
    return () => items.map((item) => item());
  }
  const members = Object.entries(value).map(([key, member]) => ({ key, copy: copierOf(member) }));
  return () => {
    const object: MutableObject = {};
    for (const { key, copy } of members) object[key] = copy();
    return object;
  };
}

const isList = (value: object): value is readonly ConstantSyntax[] => Array.isArray(value);
