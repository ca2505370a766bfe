// `call`: a function of the language on texts of the source.
import { GatewayError } from '../../model/error.js';
import type { Conversion } from '../../model/lineage.js';
import type { Place, SourcePath } from '../../model/source.js';
import { Refused, type MappingFunction } from '../functions/function.js';
import type { IrAction, IrArgument } from '../language/ir.js';
import { isDeleted } from './convert.js';
import { link, type Linking } from './environment.js';
import { touch, type Deed, type RuleLinking } from './deed.js';
import { placesOf } from './leaf.js';
import type { Frame, Run } from './run.js';

export function linkCall(parts: RuleLinking, does: Extract<IrAction, { kind: 'call' }>): Deed {
  const { rule, writer, linking, element, whole } = parts;
  const called = functionOf(linking.environment.functions, does.function);
  const inputs = does.with.map((given) => new Input(linking, given));
  const conversion: Conversion = { kind: 'function', by: does.function };
  const sourced = parts.reader.path !== undefined;
  return (run, place, frame, at) => {
    if (sourced && isDeleted(run, place, frame, rule, element)) return;
    const texts = new Array<string | undefined>(inputs.length);
    let from: Place | Place[] | undefined;
    for (let i = 0; i < inputs.length; i++) {
      const found = inputs[i]!.place(run, place, at);
      texts[i] = found === undefined ? inputs[i]!.constant(frame) : textAt(run, found, whole);
      if (found !== undefined && texts[i] !== undefined) from = joined(from, found);
    }
    if (from === undefined && sourced) from = place;
    if (from === undefined) return;
    const value = called.run(texts, run);
    if (value instanceof Refused)
      return run.report('map.function-refused', place, rule, { function: does.function, reason: value.reason });
    if (value === undefined) return;
    const origin = { rule, from, conversion };
    for (const source of placesOf(origin)) run.message.mark(source, 'read', whole ? 'all' : 'leaf');
    writer.put(frame, value, origin);
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

/** What a function is given: the text at a path, or at the place in hand; a parameter of the module; a fixed text. */
class Input {
  readonly #itself: boolean;
  readonly #path: SourcePath | undefined;
  readonly #parameter: number;
  readonly #fixed: string | undefined;

  constructor(linking: Linking, given: IrArgument) {
    const path = 'path' in given ? given.path : undefined;
    this.#itself = path === '.';
    this.#path = path === undefined || path === '.' ? undefined : link(linking, path);
    this.#parameter = 'parameter' in given ? linking.module.parameters.indexOf(given.parameter) : -1;
    this.#fixed = 'fixed' in given ? given.fixed || undefined : undefined;
  }

  /** The place its text stands at, if it comes from the source. */
  place(run: Run, place: Place, at: Place): Place | undefined {
    return this.#itself ? place : this.#path?.first(run.message, at);
  }

  /** Its text, if it does not. */
  constant({ parameters }: Frame): string | undefined {
    return this.#parameter < 0 ? this.#fixed : parameters[this.#parameter] || undefined;
  }
}

const textAt = ({ message }: Run, place: Place, whole: boolean): string | undefined =>
  message.isNull(place) ? undefined : message.text(place, whole) || undefined;

/** Most values come from one place, which needs no list. */
function joined(from: Place | Place[] | undefined, place: Place): Place | Place[] {
  if (from === undefined) return place;
  if (!Array.isArray(from)) return [from, place];
  from.push(place);
  return from;
}
