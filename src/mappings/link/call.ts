// `call`: a function of the language on texts of the source.
import { GatewayError } from '../../model/error.js';
import type { Conversion } from '../../model/lineage.js';
import type { Place, SourcePath } from '../../model/source.js';
import { Refused, type MappingFunction } from '../functions/function.js';
import type { IrAction, IrArgument } from '../language/ir.js';
import { isDeleted } from './convert.js';
import { link, type Linking } from './environment.js';
import { touch, type Deed, type RuleLinking } from './deed.js';
import { Leaf, type RuleReference } from './leaf.js';
import type { Frame, Run } from './run.js';
import type { Writer } from './write.js';

export class Call implements Deed {
  readonly #rule: RuleReference;
  readonly #writer: Writer;
  readonly #called: MappingFunction;
  readonly #inputs: readonly Input[];
  readonly #sourced: boolean;
  readonly #whole: boolean;
  readonly #conversion: Conversion;
  readonly #element: string;

  constructor(parts: RuleLinking, does: Extract<IrAction, { kind: 'call' }>) {
    const { linking } = parts;
    this.#rule = parts.rule;
    this.#writer = parts.writer;
    this.#called = functionOf(linking.environment.functions, does.function);
    this.#inputs = does.with.map((given) => new Input(linking, given));
    this.#sourced = parts.reader.path !== undefined;
    this.#whole = parts.whole;
    this.#conversion = { kind: 'function', by: does.function };
    this.#element = parts.element;
  }

  do(run: Run, place: Place, frame: Frame, at: Place): void {
    const rule = this.#rule;
    if (this.#sourced && isDeleted(run, place, frame, rule, this.#element)) return;
    const inputs = this.#inputs;
    const texts = new Array<string | undefined>(inputs.length);
    const places = new Array<Place>(inputs.length);
    let found = 0;
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i]!.place(run, place, at);
      texts[i] = input === undefined ? inputs[i]!.constant(frame) : textAt(run, input, this.#whole);
      if (input !== undefined && texts[i] !== undefined) places[found++] = input;
    }
    if (found === 0 && !this.#sourced) return;
    const from = found === 0 ? place : found === 1 ? places[0]! : places.slice(0, found);
    const value = this.#called.run(texts, run);
    if (value instanceof Refused) return this.#refuse(run, place, value);
    if (value === undefined) return;
    const leaf = new Leaf(rule, from, this.#conversion);
    markRead(run, from, this.#whole);
    this.#writer.put(frame, value, leaf);
    touch(frame);
  }

  #refuse(run: Run, place: Place, { reason }: Refused): void {
    run.report('map.function-refused', place, this.#rule, { function: this.#conversion.by, reason });
  }
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
