// References a rule makes: to a resource that a module builds from the same value, or to one known by its key alone.
import type { MutableObject } from '../../model/json.js';
import type { Place } from '../../model/source.js';
import type { IrAction } from '../language/ir.js';
import { isDeleted } from './convert.js';
import { Draft } from './draft.js';
import { ModuleReference, type ModuleProgram } from './environment.js';
import { escapedKey } from './identity.js';
import { linkParameters, touch, type Parameters, type Deed, type RuleLinking } from './deed.js';
import { Leaf, type RuleReference } from './leaf.js';
import { Frame, type Known, type Run } from './run.js';
import type { Writer } from './write.js';

export class Create implements Deed {
  readonly #rule: RuleReference;
  readonly #writer: Writer;
  readonly #module: ModuleReference;
  readonly #parameters: Parameters;
  readonly #element: string;

  constructor({ linking, rule, writer, element }: RuleLinking, does: Extract<IrAction, { kind: 'create' }>) {
    this.#rule = rule;
    this.#writer = writer;
    this.#module = new ModuleReference(linking, does.module);
    this.#parameters = linkParameters(linking, does.with);
    this.#element = element;
  }

  do(run: Run, place: Place, frame: Frame): void {
    const rule = this.#rule;
    if (isDeleted(run, place, frame, rule, this.#element)) return;
    const { program } = this.#module;
    const given = this.#parameters.of(frame);
    const key = keyOf(run, program, place, given);
    const known = run.knownOf(program);
    let draft = key === undefined ? undefined : again(run, known.get(key), place);
    if (draft === undefined) {
      draft = create(run, program, place, given, rule, frame);
      if (key !== undefined && isKnownByContent(draft)) known.set(key, { draft, place });
    }
    if (!draft.sourced) return;
    writeReference(this.#writer, frame, draft, rule, place);
    touch(frame);
  }
}

function create(
  run: Run,
  program: ModuleProgram,
  place: Place,
  parameters: readonly string[],
  rule: RuleReference,
  outer: Frame,
): Draft {
  const draft = newDraft(run, program.module.target, place);
  run.drafts.push(draft);
  runOn(run, program, place, new Frame(draft, draft.content, parameters, rule, outer));
  return draft;
}

/**
 * The resource that the same bytes gave before: a datatype module reads nothing but its value, and a message names the
 * same people and places again and again.
 */
function again(run: Run, known: Known | undefined, place: Place): Draft | undefined {
  if (known !== undefined) run.message.markLike?.(place, known.place);
  return known?.draft;
}

/** What only its place identifies is another one at the next place. */
const isKnownByContent = (draft: Draft): boolean => draft.sourced && !draft.isNameless;

function keyOf(run: Run, { module }: ModuleProgram, place: Place, parameters: readonly string[]): string | undefined {
  if (module.layer !== 'datatype') return undefined;
  const bytes = run.message.bytesOf?.(place);
  if (bytes === undefined) return undefined;
  return parameters.length === 0 ? bytes : `${parameters.join(' ')} ${bytes}`;
}

/** Runs a resource's module and settles what identifies it. */
export function runOn(run: Run, program: ModuleProgram, place: Place, frame: Frame): void {
  program.run(run, place, frame);
  const { draft } = frame;
  if (!frame.sourced) return;
  draft.sourced = true;
  if (draft.hasBusinessKey) return;
  const key = program.identity.of(run, place);
  if (key !== undefined) draft.name(key);
}

/** A draft known so far by its place only. */
export const newDraft = (run: Run, type: string, place: Place): Draft =>
  new Draft(type, { start: place.start, ordinal: run.ordinal(type, place) }, run.message);

export function writeReference(
  writer: Writer,
  frame: Frame,
  target: Draft,
  rule: RuleReference,
  place: Place | undefined,
): void {
  const holder: MutableObject = {};
  writer.attach(frame, holder, rule);
  frame.draft.note(new Leaf(rule, place), holder, 'reference', frame);
  frame.draft.refer(holder, target);
}

/** `refer`: the value is the key of a resource that another message brings. */
export class Refer implements Deed {
  readonly #rule: RuleReference;
  readonly #writer: Writer;
  readonly #does: Extract<IrAction, { kind: 'refer' }>;
  readonly #element: string;

  constructor({ rule, writer, element }: RuleLinking, does: Extract<IrAction, { kind: 'refer' }>) {
    this.#rule = rule;
    this.#writer = writer;
    this.#does = does;
    this.#element = element;
  }

  do(run: Run, place: Place, frame: Frame): void {
    const rule = this.#rule;
    if (isDeleted(run, place, frame, rule, this.#element)) return;
    const key = run.message.text(place).trim();
    if (key === '') return;
    const { type, authority: named } = this.#does;
    const authority = named === 'feed' ? run.feed.authority : named;
    const target = new Draft(type, { scope: 'business', authority, key: escapedKey(key) }, run.message);
    run.message.mark(place, 'read', 'leaf');
    writeReference(this.#writer, frame, target, rule, place);
    touch(frame);
  }
}
