// Message modules to closures: scopes, instances and the references between them (docs/language.md, Instances and scopes).
import type { IssueCode } from '../../model/issues.js';
import type { Place } from '../../model/source.js';
import { GatewayError } from '../../model/error.js';
import { instanceType } from '../language/instance.js';
import type { MutableValue } from '../../model/json.js';
import type { IrAction, IrRef, IrRule } from '../language/ir.js';
import { linkCondition } from './condition.js';
import { newDraft, runOn, writeReference } from './create.js';
import { linkParameters } from './deed.js';
import type { Draft } from './draft.js';
import { ModuleReference, type Linking } from './environment.js';
import { KeyedItems } from './keyed-items.js';
import { linkReader, type Reader } from './reader.js';
import { linkRule } from './rule.js';
import type { RuleReference } from './leaf.js';
import { Frame, noParameters, Scope, type Deferred, type Run } from './run.js';
import type { MessageStep } from './step.js';
import { compileWriter } from './write.js';

/** The instances a scope declares, by name, and the scopes around it. */
interface Lexical {
  readonly names: readonly string[];
  readonly outer: Lexical | undefined;
}

interface Slot {
  readonly depth: number;
  readonly index: number;
}

interface MessageLinking {
  readonly linking: Linking;
  readonly lexical: Lexical;
}

/** A message module as one step on the message's root. */
export function linkMessage(linking: Linking): (run: Run, root: Place) => void {
  const step = linkScopeRules(linking, linking.module.rules, undefined);
  return (run, root) => {
    step(run, root, undefined);
    for (const deferred of run.deferred) deferred.run();
  };
}

/** The rules of one scope: a new Scope per call, whose slots are the instances first named here. */
function linkScopeRules(
  linking: Linking,
  rules: readonly IrRule[],
  outer: Lexical | undefined,
): (run: Run, at: Place, parent: Scope | undefined) => void {
  const lexical: Lexical = { names: declared(linking, rules, outer), outer };
  const steps = rules.map((rule) => linkMessageRule({ linking, lexical }, rule));
  return (run, at, parent) => {
    const scope = new Scope(lexical.names.length, parent);
    for (const step of steps) step(run, at, scope);
  };
}

/** Instances that these rules write into and no outer scope has. */
function declared(linking: Linking, rules: readonly IrRule[], outer: Lexical | undefined): string[] {
  const names = new Set<string>();
  for (const rule of rules) collect(linking, rule, names);
  return [...names].filter((name) => find(outer, name) === undefined);
}

function collect(linking: Linking, { does, instance }: IrRule, names: Set<string>): void {
  if (does.kind === 'into') names.add(does.instance);
  if (instance !== undefined && does.kind !== 'ref') names.add(instance);
  if (does.kind === 'run') linking.program(does.module).module.rules.forEach((rule) => collect(linking, rule, names));
  if (does.kind === 'switch')
    for (const rule of [...does.cases.flatMap((each) => each.rules), ...(does.otherwise ?? []), ...(does.absent ?? [])])
      collect(linking, rule, names);
}

function find(lexical: Lexical | undefined, name: string, depth = 0): Slot | undefined {
  if (lexical === undefined) return undefined;
  const index = lexical.names.indexOf(name);
  return index >= 0 ? { depth, index } : find(lexical.outer, name, depth + 1);
}

function slotOf({ linking, lexical }: MessageLinking, name: string): Slot {
  const slot = find(lexical, name);
  if (slot === undefined) throw new GatewayError('incorrect', `${linking.name}: no rule in reach writes into ${name}`);
  return slot;
}

const scopeAt = (scope: Scope, depth: number): Scope =>
  depth === 0 || scope.parent === undefined ? scope : scopeAt(scope.parent, depth - 1);
const read = (scope: Scope, { depth, index }: Slot): Draft | undefined => scopeAt(scope, depth).slots[index];

function linkMessageRule(at: MessageLinking, ir: IrRule): MessageStep {
  const { linking } = at;
  const rule: RuleReference = { name: `${linking.name}#${ir.id}`, version: linking.module.origin };
  const step = linkMessageDeed(at, ir, rule);
  if (ir.when === undefined) return step;
  const when = linkCondition(linking, ir.when);
  return (run, place, scope) => {
    if (when.holds(run, place, undefined)) step(run, place, scope);
  };
}

function linkMessageDeed(at: MessageLinking, ir: IrRule, rule: RuleReference): MessageStep {
  const { linking } = at;
  const reader = linkReader(linking, ir.source, rule);
  switch (ir.does.kind) {
    case 'scope':
      return linkMessageScope(at, reader, ir.does.rules);
    case 'into':
      return linkInto(at, reader, ir.does, rule);
    case 'ref':
      return linkRef(at, ir, ir.does, rule);
    case 'switch':
      return linkMessageSwitch(at, reader, ir.does);
    case 'issue': {
      const { code } = ir.does;
      return (run, place) => {
        for (const found of reader.many(run, place, undefined)) run.report(code as IssueCode, found, rule);
      };
    }
    case 'run':
      return linkIncluded(at, reader, ir.does);
    default:
      return linkInstanceRule(at, ir);
  }
}

function linkMessageScope({ linking, lexical }: MessageLinking, reader: Reader, rules: readonly IrRule[]): MessageStep {
  const inner = linkScopeRules({ ...linking, context: reader.within }, rules, lexical);
  return (run, place, scope) => {
    for (const found of reader.many(run, place, undefined)) inner(run, found, scope);
  };
}

/** Another message module's rules, as if they stood here: they share this scope's instances. */
function linkIncluded(at: MessageLinking, reader: Reader, does: Extract<IrAction, { kind: 'run' }>): MessageStep {
  const { module } = at.linking.program(does.module);
  const linking: Linking = {
    ...at.linking,
    module,
    name: `${at.linking.name.slice(0, at.linking.name.indexOf('/'))}/${module.name}`,
    context: reader.path === undefined ? at.linking.context : reader.within,
  };
  const steps = module.rules.map((rule) => linkMessageRule({ linking, lexical: at.lexical }, rule));
  return (run, place, scope) => {
    for (const found of reader.many(run, place, undefined)) for (const step of steps) step(run, found, scope);
  };
}

function linkInto(
  at: MessageLinking,
  reader: Reader,
  does: Extract<IrAction, { kind: 'into' }>,
  rule: RuleReference,
): MessageStep {
  const { linking } = at;
  const slot = slotOf(at, does.instance);
  const module = new ModuleReference(linking, does.module);
  const parameters = linkParameters(linking, does.with);
  const references = does.refs.map((ref) => linkReference(at, ref, rule));
  const type = instanceType(does.instance);
  return (run, place, scope) => {
    for (const found of reader.many(run, place, undefined)) {
      const draft = instance(run, scope, slot, type, found);
      const frame = new Frame(draft, draft.content, parameters.of(undefined), rule, undefined);
      if (does.join === true) frame.keyed = draft.keyed ??= new KeyedItems();
      runOn(run, module.program, found, frame);
      for (const reference of references)
        run.deferred.push(new DeferredReference(reference, scope, draft, frame.keyed));
    }
  };
}

/** The instance in its slot, made when first written into. */
function instance(run: Run, scope: Scope, { depth, index }: Slot, type: string, place: Place): Draft {
  const owner = scopeAt(scope, depth);
  let draft = owner.slots[index];
  if (draft === undefined) {
    draft = newDraft(run, type, place);
    owner.slots[index] = draft;
    run.drafts.push(draft);
  }
  return draft;
}

/** `keyed`: the items a run of a module addressed by key, which its references may join. */
type WriteReference = (draft: Draft, scope: Scope, keyed?: Frame['keyed']) => void;

/** A Reference from one instance to another, if both came to be; the same one is not written twice. */
function linkReference(at: MessageLinking, { to, instance: name }: IrRef, rule: RuleReference): WriteReference {
  const slot = slotOf(at, name);
  const writer = compileWriter(to);
  const list = to.length === 1 && to[0]?.list === true ? to[0].name : undefined;
  return (draft, scope, keyed) => {
    const target = read(scope, slot);
    if (!draft.sourced || target?.sourced !== true) return;
    const frame = new Frame(draft, draft.content, noParameters, undefined, undefined);
    frame.keyed = keyed;
    if (writer.isTaken(frame) || (list !== undefined && refersAlready(draft, target, draft.content[list]))) return;
    writeReference(writer, frame, target, rule, undefined);
  };
}

/** A reference of a draft, to be written when its target is known. */
class DeferredReference implements Deferred {
  readonly #write: WriteReference;
  readonly #scope: Scope;
  readonly #draft: Draft;
  readonly #keyed: Frame['keyed'];

  constructor(write: WriteReference, scope: Scope, draft: Draft, keyed: Frame['keyed']) {
    this.#write = write;
    this.#scope = scope;
    this.#draft = draft;
    this.#keyed = keyed;
  }

  run(): void {
    this.#write(this.#draft, this.#scope, this.#keyed);
  }
}

/** A list element that holds the reference already (a segment may run several times on one instance). */
function refersAlready(draft: Draft, target: Draft, list: MutableValue | undefined): boolean {
  return (
    Array.isArray(list) &&
    draft.refersTo(target) &&
    draft.references.some(({ holder, target: known }) => known === target && list.includes(holder))
  );
}

function linkRef(
  at: MessageLinking,
  ir: IrRule,
  does: Extract<IrAction, { kind: 'ref' }>,
  rule: RuleReference,
): MessageStep {
  const owner = slotOf(at, ir.instance ?? '');
  const write = linkReference(at, { to: ir.to, instance: does.instance }, rule);
  return (run, _place, scope) => {
    run.deferred.push({
      run: () => {
        const draft = read(scope, owner);
        if (draft !== undefined) write(draft, scope);
      },
    });
  };
}

function linkMessageSwitch(
  at: MessageLinking,
  reader: Reader,
  does: Extract<IrAction, { kind: 'switch' }>,
): MessageStep {
  const branch = (rules: readonly IrRule[]): MessageStep[] => rules.map((rule) => linkMessageRule(at, rule));
  const cases = new Map(
    does.cases.flatMap(({ values, rules }) => values.map((value) => [value, branch(rules)] as const)),
  );
  const otherwise = branch(does.otherwise ?? []);
  const absent = branch(does.absent ?? []);
  return (run, place, scope) => {
    const found = reader.single ? reader.one(run, place, undefined) : undefined;
    const chosen = found === undefined ? absent : (cases.get(run.message.text(found).trim()) ?? otherwise);
    for (const step of chosen) step(run, place, scope);
  };
}

/** A rule that writes an element of an instance straight from the message. */
function linkInstanceRule(at: MessageLinking, ir: IrRule): MessageStep {
  const slot = slotOf(at, ir.instance ?? '');
  const type = instanceType(ir.instance ?? '');
  const linked = linkRule(at.linking, ir.when === undefined ? ir : withoutCondition(ir));
  return (run, place, scope) => {
    const draft = instance(run, scope, slot, type, place);
    const frame = new Frame(draft, draft.content, noParameters, undefined, undefined);
    frame.sourced = draft.sourced;
    linked.run(run, place, frame);
    draft.sourced = frame.sourced;
  };
}

const withoutCondition = ({ when: _, ...rule }: IrRule): IrRule => rule;
