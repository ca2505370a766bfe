// `call`: a function of the language on texts of the source.
import { GatewayError } from '../../model/error.js';
import type { Conversion } from '../../model/lineage.js';
import type { Place } from '../../model/source.js';
import { Refused, type MappingFunction } from '../functions/function.js';
import type { IrAction, IrArgument } from '../language/ir.js';
import { isDeleted } from './convert.js';
import { link } from './environment.js';
import { touch, type Deed, type RuleLinking } from './deed.js';
import type { Frame, Run } from './run.js';

/** The text of an input; the place it comes from, if any, joins `from`. */
type ReadInput = (run: Run, place: Place, at: Place, frame: Frame, from: Place[]) => string | undefined;

export function linkCall(parts: RuleLinking, does: Extract<IrAction, { kind: 'call' }>): Deed {
  const { rule, writer, linking, element } = parts;
  const called = functionOf(linking.environment.functions, does.function);
  const inputs = does.with.map((given) => linkInput(parts, given));
  const conversion: Conversion = { kind: 'function', by: does.function };
  return (run, place, frame, at) => {
    if (parts.reader.path !== undefined && isDeleted(run, place, frame, rule, element)) return;
    const texts: (string | undefined)[] = [];
    const from: Place[] = [];
    for (const input of inputs) texts.push(input(run, place, at, frame, from));
    if (from.length === 0 && parts.reader.path !== undefined) from.push(place);
    if (from.length === 0) return;
    const value = called.run(texts, run);
    if (value instanceof Refused)
      return run.report('map.function-refused', place, rule, { function: does.function, reason: value.reason });
    if (value === undefined) return;
    for (const source of from) run.message.mark(source, 'read', parts.whole ? 'all' : 'leaf');
    writer.put(frame, value, rule, from.length === 1 ? from[0] : from, conversion);
    touch(frame);
  };
}

function functionOf(functions: ReadonlyMap<string, MappingFunction>, pinned: string): MappingFunction {
  const [name = '', version] = pinned.split('@');
  const found = functions.get(name);
  if (found === undefined || String(found.version) !== version)
    throw new GatewayError('incorrect', `the function ${pinned} is not in this engine`);
  return found;
}

function linkInput({ linking, whole }: RuleLinking, given: IrArgument): ReadInput {
  if ('fixed' in given) return () => given.fixed || undefined;
  if ('parameter' in given) {
    const index = linking.module.parameters.indexOf(given.parameter);
    return (_run, _place, _at, frame) => frame.parameters[index] || undefined;
  }
  if (given.path === '.') return (run, place, _at, _frame, from) => textAt(run, place, whole, from);
  const path = link(linking, given.path);
  return (run, _place, at, _frame, from) => {
    const found = path.first(run.message, at);
    return found === undefined ? undefined : textAt(run, found, whole, from);
  };
}

function textAt(run: Run, place: Place, whole: boolean, from: Place[]): string | undefined {
  const text = run.message.isNull(place) ? '' : run.message.text(place, whole);
  if (text === '') return undefined;
  from.push(place);
  return text;
}
