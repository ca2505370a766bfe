// `call`: a function of the language on texts of the source.
import { GatewayError } from '../../model/error.js';
import type { Conversion } from '../../model/lineage.js';
import type { Place, SourcePath } from '../../model/source.js';
import { Refused, type MappingFunction } from '../functions/function.js';
import type { IrAction, IrArgument } from '../language/ir.js';
import { isDeleted } from './convert.js';
import { link, type Linking } from './environment.js';
import { touch, type Deed, type RuleLinking } from './deed.js';
import { Leaf } from './leaf.js';
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
    const places = new Array<Place>(inputs.length);
    let found = 0;
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i]!.place(run, place, at);
      texts[i] = input === undefined ? inputs[i]!.constant(frame) : textAt(run, input, whole);
      if (input !== undefined && texts[i] !== undefined) places[found++] = input;
    }
    if (found === 0 && !sourced) return;
    const from = found === 0 ? place : found === 1 ? places[0]! : places.slice(0, found);
    const value = called.run(texts, run);
    if (value instanceof Refused)
      return run.report('map.function-refused', place, rule, { function: does.function, reason: value.reason });
    if (value === undefined) return;
    const leaf = new Leaf(rule, from, conversion);
    markRead(run, from, whole);
    writer.put(frame, value, leaf);
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

function markRead({ message }: Run, from: Place | readonly Place[], whole: boolean): void {
  const extent = whole ? 'all' : 'leaf';
  if (isList(from)) for (const place of from) message.mark(place, 'read', extent);
  else message.mark(from, 'read', extent);
}

const isList = (from: Place | readonly Place[]): from is readonly Place[] => Array.isArray(from);

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
