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

interface Input {
  readonly text: string | undefined;
  readonly place: Place | undefined;
}

type ReadInput = (run: Run, place: Place, at: Place, frame: Frame) => Input;

export function linkCall(parts: RuleLinking, does: Extract<IrAction, { kind: 'call' }>): Deed {
  const { rule, writer, linking, element } = parts;
  const called = functionOf(linking.environment.functions, does.function);
  const inputs = does.with.map((given) => linkInput(parts, given));
  const conversion: Conversion = { kind: 'function', by: does.function };
  return (run, place, frame, at) => {
    if (parts.reader.path !== undefined && isDeleted(run, place, frame, rule, element)) return;
    const read = inputs.map((input) => input(run, place, at, frame));
    const from = read.flatMap(({ place: source }) => (source === undefined ? [] : [source]));
    if (from.length === 0 && parts.reader.path !== undefined) from.push(place);
    if (from.length === 0) return;
    const value = called.run(
      read.map(({ text }) => text),
      { feed: run.feed },
    );
    if (value instanceof Refused)
      return run.report('map.function-refused', place, rule, { function: does.function, reason: value.reason });
    if (value === undefined) return;
    for (const source of from) run.message.mark(source, 'read', parts.whole ? 'all' : 'leaf');
    writer.put(frame, value, { rule, from, conversion });
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
  if ('fixed' in given) return () => ({ text: given.fixed === '' ? undefined : given.fixed, place: undefined });
  if ('parameter' in given) {
    const index = linking.module.parameters.indexOf(given.parameter);
    return (_run, _place, _at, frame) => ({ text: frame.parameters[index] || undefined, place: undefined });
  }
  if (given.path === '.') return (run, place) => inputAt(run, place, whole);
  const path = link(linking, given.path);
  return (run, _place, at) => {
    const found = path.first(run.message, at);
    return found === undefined ? { text: undefined, place: undefined } : inputAt(run, found, whole);
  };
}

function inputAt(run: Run, place: Place, whole: boolean): Input {
  const text = run.message.isNull(place) ? '' : run.message.text(place, whole);
  return text === '' ? { text: undefined, place: undefined } : { text, place };
}
