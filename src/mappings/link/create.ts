// References a rule makes: to a resource that a module builds from the same value, or to one known by its key alone.
import type { MutableObject } from '../../model/json.js';
import type { Place } from '../../model/source.js';
import type { IrAction } from '../language/ir.js';
import { isDeleted } from './convert.js';
import { Draft } from './draft.js';
import { programOf, type ModuleProgram } from './environment.js';
import { escapedKey } from './identity.js';
import { linkArgumentTexts, touch, type Deed, type RuleLinking } from './deed.js';
import type { RuleReference, Via } from './leaf.js';
import { Frame, type Run } from './run.js';
import type { Writer } from './write.js';

export function linkCreate(
  { linking, rule, writer, element }: RuleLinking,
  does: Extract<IrAction, { kind: 'create' }>,
): Deed {
  const programBuilding = programOf(linking, does.module);
  const parameters = linkArgumentTexts(linking, does.with);
  return (run, place, frame) => {
    if (isDeleted(run, place, frame, rule, element)) return;
    const program = programBuilding();
    const given = parameters(frame);
    const key = keyOf(run, program, place, given);
    let draft = again(run, key, place);
    if (draft === undefined) {
      draft = create(run, program, place, given, { rule, outer: frame.via });
      remember(run, key, place, draft);
    }
    if (!draft.sourced) return;
    writeReference(writer, frame, draft, rule, place);
    touch(frame);
  };
}

function create(run: Run, program: ModuleProgram, place: Place, parameters: readonly string[], via: Via): Draft {
  const draft = newDraft(run, program.module.target, place);
  run.drafts.push(draft);
  runOn(run, program, place, new Frame(draft, draft.content, parameters, via));
  return draft;
}

/**
 * The resource that the same bytes gave before: a datatype module reads nothing but its value, and a message names the
 * same people and places again and again.
 */
function again(run: Run, key: string | undefined, place: Place): Draft | undefined {
  const known = key === undefined ? undefined : run.known.get(key);
  if (known !== undefined) run.message.markLike?.(place, known.place);
  return known?.draft;
}

/** What only its place identifies is another one at the next place. */
function remember(run: Run, key: string | undefined, place: Place, draft: Draft): void {
  if (key !== undefined && draft.sourced && draft.identity.scope !== 'message') run.known.set(key, { draft, place });
}

function keyOf(run: Run, { module }: ModuleProgram, place: Place, parameters: readonly string[]): string | undefined {
  if (module.layer !== 'datatype') return undefined;
  const bytes = run.message.bytesOf?.(place);
  return bytes === undefined ? undefined : `${module.name} ${parameters.join(' ')} ${bytes}`;
}

/** Runs a resource's module and settles what identifies it. */
export function runOn(run: Run, program: ModuleProgram, place: Place, frame: Frame): void {
  program.run(run, place, frame);
  const { draft } = frame;
  if (!frame.sourced) return;
  draft.sourced = true;
  if (draft.identity.scope !== 'business') draft.identity = program.identify(run, place) ?? draft.identity;
}

/** A draft known so far by its place only; several of one type from one place are told apart by their order. */
export const newDraft = (run: Run, type: string, place: Place): Draft =>
  new Draft(type, { scope: 'message', authority: '', key: `${place.start}.${run.ordinal(type, place)}` }, run.message);

export function writeReference(
  writer: Writer,
  frame: Frame,
  target: Draft,
  rule: RuleReference,
  place: Place | undefined,
): void {
  const holder: MutableObject = {};
  writer.attach(frame, holder, rule);
  frame.draft.note(holder, 'reference', { rule, from: place, conversion: undefined }, frame.via);
  frame.draft.refer(holder, target);
}

/** `refer`: the value is the key of a resource that another message brings. */
export function linkRefer({ rule, writer, element }: RuleLinking, does: Extract<IrAction, { kind: 'refer' }>): Deed {
  return (run, place, frame) => {
    if (isDeleted(run, place, frame, rule, element)) return;
    const key = run.message.text(place).trim();
    if (key === '') return;
    const authority = does.authority === 'feed' ? run.feed.authority : does.authority;
    const target = new Draft(does.type, { scope: 'business', authority, key: escapedKey(key) }, run.message);
    run.message.mark(place, 'read', 'leaf');
    writeReference(writer, frame, target, rule, place);
    touch(frame);
  };
}
