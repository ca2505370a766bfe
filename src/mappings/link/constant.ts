// `fixed` and `assumed`: values the source does not have, marked as such.
import type { MutableObject, MutableValue } from '../../model/json.js';
import type { Conversion } from '../../model/lineage.js';
import type { IrAction } from '../language/ir.js';
import type { ConstantSyntax } from '../language/syntax.js';
import { touch, type Deed, type RuleLinking } from './deed.js';

export function linkConstant(
  { rule, writer, reader }: RuleLinking,
  does: Extract<IrAction, { kind: 'constant' }>,
): Deed {
  const conversion: Conversion = {
    kind: does.assumed === true ? 'assumed' : 'fixed',
    by: 'constant',
    ...(does.because === undefined ? {} : { because: does.because }),
  };
  const sourced = reader.path !== undefined;
  return (run, place, frame) => {
    if (!sourced && does.always !== true && !writer.hasParent(frame)) return;
    if (sourced) run.message.mark(place, 'read', 'leaf');
    writer.put(frame, copy(does.value), { rule, from: sourced ? place : undefined, conversion });
    if (sourced || does.always === true) touch(frame);
  };
}

/** Every message gets its own. */
function copy(value: ConstantSyntax): MutableValue {
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(copy);
  const object: MutableObject = {};
  for (const [key, member] of Object.entries(value)) object[key] = copy(member);
  return object;
}

const isList = (value: object): value is readonly ConstantSyntax[] => Array.isArray(value);
