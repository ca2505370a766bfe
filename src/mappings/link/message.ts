// Message modules: scopes, instances and the references between them (docs/language.md, Instances and scopes).
import type { IssueCode } from '../../model/issues.js';
import type { Place } from '../../model/source.js';
import { GatewayError } from '../../model/error.js';
import { instanceType } from '../language/instance.js';
import type { MutableValue } from '../../model/json.js';
import type { IrAction, IrRef, IrRule } from '../language/ir.js';
import { linkCondition } from './condition.js';
import { newDraft, runOn, writeReference } from './create.js';
import { linkParameters, type Parameters } from './deed.js';
import type { Draft } from './draft.js';
import { ModuleReference, type Linking } from './environment.js';
import { KeyedItems } from './keyed-items.js';
import { linkReader, type Reader } from './reader.js';
import { linkRule, type LinkedRule } from './rule.js';
import type { RuleReference } from './leaf.js';
import { Frame, noParameters, Scope, type Deferred, type Run } from './run.js';
import type { MessageStep, Test } from './step.js';
import { compileWriter, type Writer } from './write.js';

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
  const rules = new ScopeRules(linking, linking.module.rules, undefined);
  return (run, root) => {
    rules.run(run, root, undefined);
    for (const deferred of run.deferred) deferred.run();
  };
}

/** The rules of one scope: a new Scope each time, whose slots are the instances first named here. */
class ScopeRules {
  readonly #steps: readonly MessageStep[];
  readonly #size: number;

  constructor(linking: Linking, rules: readonly IrRule[], outer: Lexical | undefined) {
    const lexical: Lexical = { names: declared(linking, rules, outer), outer };
    this.#steps = rules.map((rule) => linkMessageRule({ linking, lexical }, rule));
    this.#size = lexical.names.length;
  }

  run(run: Run, at: Place, parent: Scope | undefined): void {
    const scope = new Scope(this.#size, parent);
    for (const step of this.#steps) step.run(run, at, scope);
  }
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
  return ir.when === undefined ? step : new Conditional(linkCondition(linking, ir.when), step);
}

class Conditional implements MessageStep {
  readonly #when: Test;
  readonly #step: MessageStep;

  constructor(when: Test, step: MessageStep) {
    this.#when = when;
    this.#step = step;
  }

  run(run: Run, at: Place, scope: Scope): void {
    if (this.#when.holds(run, at, undefined)) this.#step.run(run, at, scope);
  }
}

function linkMessageDeed(at: MessageLinking, ir: IrRule, rule: RuleReference): MessageStep {
  const { linking } = at;
  const reader = linkReader(linking, ir.source, rule);
  switch (ir.does.kind) {
    case 'scope': {
      const context = { ...linking, context: reader.within };
      return new InEach(reader, new ScopeRules(context, ir.does.rules, at.lexical));
    }
    case 'into':
      return new Into(at, reader, ir.does, rule);
    case 'ref':
      return new Refers(at, ir, ir.does, rule);
    case 'switch':
      return linkMessageSwitch(at, reader, ir.does);
    case 'issue': {
      const { code } = ir.does;
      return new InEach(reader, { run: (run, found) => run.report(code as IssueCode, found, rule) });
    }
    case 'run':
      return new InEach(reader, linkIncluded(at, reader, ir.does));
    default:
      return new InstanceRule(at, ir);
  }
}

/** Does the same at each place it reads. */
class InEach implements MessageStep {
  readonly #reader: Reader;
  readonly #inner: MessageStep;

  constructor(reader: Reader, inner: MessageStep) {
    this.#reader = reader;
    this.#inner = inner;
  }

  run(run: Run, at: Place, scope: Scope): void {
    for (const found of this.#reader.many(run, at, undefined)) this.#inner.run(run, found, scope);
  }
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
  return new InTurn(module.rules.map((rule) => linkMessageRule({ linking, lexical: at.lexical }, rule)));
}

class InTurn implements MessageStep {
  readonly #steps: readonly MessageStep[];

  constructor(steps: readonly MessageStep[]) {
    this.#steps = steps;
  }

  run(run: Run, at: Place, scope: Scope): void {
    for (const step of this.#steps) step.run(run, at, scope);
  }
}

/** The rules of a module, run at each place on the instance of a name. */
class Into implements MessageStep {
  readonly #rule: RuleReference;
  readonly #reader: Reader;
  readonly #slot: Slot;
  readonly #type: string;
  readonly #module: ModuleReference;
  readonly #parameters: Parameters;
  readonly #references: readonly Reference[];
  readonly #join: boolean;

  constructor(at: MessageLinking, reader: Reader, does: Extract<IrAction, { kind: 'into' }>, rule: RuleReference) {
    const { linking } = at;
    this.#rule = rule;
    this.#reader = reader;
    this.#slot = slotOf(at, does.instance);
    this.#type = instanceType(does.instance);
    this.#module = new ModuleReference(linking, does.module);
    this.#parameters = linkParameters(linking, does.with);
    this.#references = does.refs.map((ref) => new Reference(at, ref, rule));
    this.#join = does.join === true;
  }

  run(run: Run, at: Place, scope: Scope): void {
    for (const place of this.#reader.many(run, at, undefined)) this.#runAt(run, place, scope);
  }

  #runAt(run: Run, place: Place, scope: Scope): void {
    const draft = instance(run, scope, this.#slot, this.#type, place);
    const frame = new Frame(draft, draft.content, this.#parameters.of(undefined), this.#rule, undefined);
    if (this.#join) frame.keyed = draft.keyed ??= new KeyedItems();
    runOn(run, this.#module.program, place, frame);
    for (const reference of this.#references)
      run.deferred.push(new DeferredReference(reference, scope, draft, frame.keyed));
  }
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

/** A Reference from one instance to another, if both came to be; the same one is not written twice. */
class Reference {
  readonly #rule: RuleReference;
  readonly #writer: Writer;
  readonly #slot: Slot;
  /** The list of the resource that it stands in. */
  readonly #list: string | undefined;

  constructor(at: MessageLinking, { to, instance: name }: IrRef, rule: RuleReference) {
    this.#rule = rule;
    this.#writer = compileWriter(to);
    this.#slot = slotOf(at, name);
    this.#list = to.length === 1 && to[0]?.list === true ? to[0].name : undefined;
  }

  /** @param keyed the items a run of a module addressed by key, which the reference may join */
  write(draft: Draft, scope: Scope, keyed: Frame['keyed']): void {
    const target = read(scope, this.#slot);
    if (!draft.sourced || target?.sourced !== true) return;
    const frame = new Frame(draft, draft.content, noParameters, undefined, undefined);
    frame.keyed = keyed;
    const list = this.#list;
    if (this.#writer.isTaken(frame) || (list !== undefined && refersAlready(draft, target, draft.content[list])))
      return;
    writeReference(this.#writer, frame, target, this.#rule, undefined);
  }
}

/** A reference of a draft, to be written when its target is known. */
class DeferredReference implements Deferred {
  readonly #reference: Reference;
  readonly #scope: Scope;
  readonly #draft: Draft;
  readonly #keyed: Frame['keyed'];

  constructor(reference: Reference, scope: Scope, draft: Draft, keyed: Frame['keyed']) {
    this.#reference = reference;
    this.#scope = scope;
    this.#draft = draft;
    this.#keyed = keyed;
  }

  run(): void {
    this.#reference.write(this.#draft, this.#scope, this.#keyed);
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

/** A reference between instances that other rules write. */
class Refers implements MessageStep {
  readonly #owner: Slot;
  readonly #reference: Reference;

  constructor(at: MessageLinking, ir: IrRule, does: Extract<IrAction, { kind: 'ref' }>, rule: RuleReference) {
    this.#owner = slotOf(at, ir.instance ?? '');
    this.#reference = new Reference(at, { to: ir.to, instance: does.instance }, rule);
  }

  run(run: Run, _at: Place, scope: Scope): void {
    run.deferred.push({
      run: () => {
        const draft = read(scope, this.#owner);
        if (draft !== undefined) this.#reference.write(draft, scope, undefined);
      },
    });
  }
}

function linkMessageSwitch(
  at: MessageLinking,
  reader: Reader,
  does: Extract<IrAction, { kind: 'switch' }>,
): MessageStep {
  const branch = (rules: readonly IrRule[]): MessageStep => new InTurn(rules.map((rule) => linkMessageRule(at, rule)));
  const cases = new Map(
    does.cases.flatMap(({ values, rules }) => {
      const inner = branch(rules);
      return values.map((value) => [value, inner] as const);
    }),
  );
  const otherwise = branch(does.otherwise ?? []);
  const absent = branch(does.absent ?? []);
  return {
    run: (run, place, scope) => {
      const found = reader.single ? reader.one(run, place, undefined) : undefined;
      const chosen = found === undefined ? absent : (cases.get(run.message.text(found).trim()) ?? otherwise);
      chosen.run(run, place, scope);
    },
  };
}

/** A rule that writes an element of an instance straight from the message. */
class InstanceRule implements MessageStep {
  readonly #slot: Slot;
  readonly #type: string;
  readonly #rule: LinkedRule;

  constructor(at: MessageLinking, ir: IrRule) {
    this.#slot = slotOf(at, ir.instance ?? '');
    this.#type = instanceType(ir.instance ?? '');
    this.#rule = linkRule(at.linking, ir.when === undefined ? ir : withoutCondition(ir));
  }

  run(run: Run, place: Place, scope: Scope): void {
    const draft = instance(run, scope, this.#slot, this.#type, place);
    const frame = new Frame(draft, draft.content, noParameters, undefined, undefined);
    frame.sourced = draft.sourced;
    this.#rule.run(run, place, frame);
    draft.sourced = frame.sourced;
  }
}

const withoutCondition = ({ when: _, ...rule }: IrRule): IrRule => rule;
