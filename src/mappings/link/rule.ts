// Rules of segment, datatype, object and row modules, as they run.
import type { IssueCode } from '../../model/issues.js';
import type { Place, SourcePath } from '../../model/source.js';
import type { IrAction, IrRule } from '../language/ir.js';
import { Call } from './call.js';
import { linkCondition } from './condition.js';
import { Constant } from './constant.js';
import { Convert } from './convert.js';
import { Create, Refer } from './create.js';
import { attachFrame, linkParameters, type Deed, type Parameters, type RuleLinking } from './deed.js';
import { link, ModuleReference, type Linking } from './environment.js';
import { KeyedItems } from './keyed-items.js';
import { needOf, outlineOf } from './need.js';
import { linkReader, type Reader } from './reader.js';
import type { RuleReference } from './leaf.js';
import { Frame, type Run } from './run.js';
import type { Test } from './step.js';
import { soleWriters } from './sole.js';
import { Translate } from './translate.js';
import { Use } from './use.js';
import { compileWriter, type Writer } from './write.js';

/** The rules of a module, or of an item: all that is written of one element. */
export const linkElement = (linking: Linking, rules: readonly IrRule[]): Rules =>
  linkRules(linking, rules, soleWriters(rules));

/** Rules in their order, then those that qualify what these brought, and constants, which belong to it. */
function linkRules(linking: Linking, rules: readonly IrRule[], sole: ReadonlySet<IrRule> = new Set()): Rules {
  const ordered = [...rules].sort((a, b) => turnOf(a) - turnOf(b));
  return new Rules(
    ordered.map((rule) => linkRule(linking, rule, sole.has(rule))),
    ordered.map((rule) => needOf(linking, rule)),
  );
}

/** Rules that run on one place. */
export class Rules {
  readonly #rules: readonly LinkedRule[];
  /** What each cannot do without, see need.ts. */
  readonly #needs: readonly number[];

  constructor(rules: readonly LinkedRule[], needs: readonly number[]) {
    this.#rules = rules;
    this.#needs = needs;
  }

  /** @param held the outline of the place */
  run(run: Run, at: Place, frame: Frame, held = outlineOf(run, at)): void {
    const rules = this.#rules;
    const needs = this.#needs;
    for (let i = 0; i < rules.length; i++) if ((needs[i]! & held) !== 0) rules[i]!.run(run, at, frame);
  }
}

const turnOf = (rule: IrRule): number => (isConstant(rule) ? 2 : rule.qualifies === true ? 1 : 0);

const isConstant = ({ does, source }: IrRule): boolean => does.kind === 'constant' && source.path === undefined;

/** @param sole no other rule writes its target in an element of the module's own. */
export function linkRule(linking: Linking, ir: IrRule, sole = false): LinkedRule {
  const rule: RuleReference = { name: `${linking.name}#${ir.id}`, version: linking.module.origin };
  const reader = linkReader(linking, ir.source, rule);
  const writer = compileWriter(ir.to);
  const parts: RuleLinking = {
    linking,
    rule,
    reader,
    writer,
    whole: ir.source.whole === true,
    element: ir.to.map(({ name, url }) => (url === undefined ? name : `${name}(${url})`)).join('.'),
  };
  return new LinkedRule(parts, ir, sole);
}

/**
 * A rule as it runs. All rules are objects of this one class, which differ in what they hold and not in their code: the
 * engine compiles `run` once, with everything it calls that is the same for all of them.
 */
export class LinkedRule {
  readonly #rule: RuleReference;
  readonly #reader: Reader;
  readonly #when: Test | undefined;
  readonly #writer: Writer;
  readonly #deed: Deed;
  /** A single element that is written stays: another rule for it is an issue, unless it is a constant. */
  readonly #guarded: boolean;
  readonly #sole: boolean;
  readonly #constant: boolean;
  /** Not needed where something stands already. */
  readonly #fallback: boolean;
  /** Needed only where something stands in the element. */
  readonly #qualifies: boolean;
  /** What a switch does whose value is not there. */
  readonly #absent: Rules | undefined;
  /** Read beside what it writes from. */
  readonly #reads: readonly SourcePath[];

  constructor(parts: RuleLinking, ir: IrRule, sole: boolean) {
    const { linking, writer } = parts;
    this.#rule = parts.rule;
    this.#reader = parts.reader;
    this.#when = ir.when === undefined ? undefined : linkCondition(linking, ir.when);
    this.#writer = writer;
    this.#deed = linkDeed(parts, ir.does);
    this.#guarded = writesOneElement(ir) && !writer.takesMany;
    this.#sole = sole;
    this.#constant = ir.does.kind === 'constant';
    this.#fallback = ir.fallback === true;
    this.#qualifies = ir.qualifies === true;
    this.#absent =
      ir.does.kind === 'switch' && ir.does.absent !== undefined ? linkRules(linking, ir.does.absent) : undefined;
    this.#reads = ir.reads.map((text) => link(linking, text));
  }

  run(run: Run, at: Place, frame: Frame): void {
    if (this.#qualifies && isEmpty(frame.element)) return;
    if (this.#absent !== undefined && this.#reader.path?.first(run.message, at) === undefined) {
      if (this.#holds(run, at, frame)) this.#absent.run(run, at, frame);
    } else if (!this.#fallback || !this.#writer.isWritten(frame)) this.#read(run, at, frame);
    if (this.#reads.length > 0 && this.#holds(run, at, frame)) this.#markReads(run, at);
  }

  #holds(run: Run, at: Place, frame: Frame): boolean {
    return this.#when === undefined || this.#when.holds(run, at, frame);
  }

  /** Looks at the source first: most of what rules ask for is not there, and then nothing else need be asked. */
  #read(run: Run, at: Place, frame: Frame): void {
    if (this.#reader.single) {
      const place = this.#reader.one(run, at, frame);
      if (place !== undefined && this.#holds(run, at, frame)) this.#write(run, place, frame, at);
      return;
    }
    const places = this.#reader.many(run, at, frame);
    if (places.length === 0 || !this.#holds(run, at, frame)) return;
    for (const place of places) this.#write(run, place, frame, at);
  }

  #write(run: Run, place: Place, frame: Frame, at: Place): void {
    if (!this.#guarded || (this.#sole && frame.isOwn) || !this.#writer.isTaken(frame))
      this.#deed.do(run, place, frame, at);
    else if (!this.#constant) run.report('map.already-written', place, this.#rule);
  }

  #markReads(run: Run, at: Place): void {
    for (const path of this.#reads)
      for (const place of path.all(run.message, at)) run.message.mark(place, 'read', 'leaf');
  }
}

function isEmpty(element: object): boolean {
  for (const _ in element) return false;
  return true;
}

/** `each` with an extension as its target opens one of that url per place; rules without a target write what others name. */
function writesOneElement({ does: { kind }, to }: IrRule): boolean {
  if (kind === 'switch' || kind === 'scope' || kind === 'issue' || kind === 'run') return false;
  return kind !== 'item' || to.at(-1)?.url === undefined;
}

function linkDeed(parts: RuleLinking, does: IrAction): Deed {
  switch (does.kind) {
    case 'convert':
      return new Convert(parts, does.as);
    case 'use':
      return new Use(parts, does);
    case 'run':
      return new RunModule(parts, does);
    case 'create':
      return new Create(parts, does);
    case 'refer':
      return new Refer(parts, does);
    case 'translate':
      return new Translate(parts, does.translate);
    case 'call':
      return new Call(parts, does);
    case 'constant':
      return new Constant(parts, does);
    case 'scope':
      return new Within(parts, does.rules);
    case 'item':
      return new Item(parts, does.rules);
    case 'switch':
      return new Switch(parts, does);
    case 'issue':
      return { do: (run, place) => run.report(does.code as IssueCode, place, parts.rule) };
    case 'into':
    case 'ref':
    case 'nothing':
      return { do: () => undefined };
  }
}

/** `use` without a target: another module's rules on the same element. */
class RunModule implements Deed {
  readonly #rule: RuleReference;
  readonly #module: ModuleReference;
  readonly #parameters: Parameters;
  readonly #join: boolean;

  constructor({ linking, rule }: RuleLinking, does: Extract<IrAction, { kind: 'run' }>) {
    this.#rule = rule;
    this.#module = new ModuleReference(linking, does.module);
    this.#parameters = linkParameters(linking, does.with);
    this.#join = does.join === true;
  }

  do(run: Run, place: Place, frame: Frame): void {
    const inner = new Frame(frame.draft, frame.element, this.#parameters.of(frame), this.#rule, frame);
    inner.isOwn = false;
    if (this.#join) inner.keyed = frame.keyed ??= new KeyedItems();
    this.#module.program.run(run, place, inner);
    if (inner.sourced) frame.sourced = true;
  }
}

const innerLinking = (linking: Linking, reader: Reader): Linking => ({ ...linking, context: reader.within });

/** `each` without a target: the rules at each place. */
class Within implements Deed {
  readonly #inner: Rules;

  constructor({ linking, reader }: RuleLinking, rules: readonly IrRule[]) {
    this.#inner = linkRules(innerLinking(linking, reader), rules);
  }

  do(run: Run, place: Place, frame: Frame): void {
    this.#inner.run(run, place, frame);
  }
}

/** `each` with a target: one new item of the element per place. */
class Item implements Deed {
  readonly #rule: RuleReference;
  readonly #writer: Writer;
  readonly #inner: Rules;

  constructor({ linking, reader, writer, rule }: RuleLinking, rules: readonly IrRule[]) {
    this.#rule = rule;
    this.#writer = writer;
    this.#inner = linkElement(innerLinking(linking, reader), rules);
  }

  do(run: Run, place: Place, frame: Frame): void {
    const item = new Frame(frame.draft, {}, frame.parameters, this.#rule, frame);
    this.#inner.run(run, place, item);
    attachFrame(this.#writer, frame, item, this.#rule);
  }
}

/** The path switched on selects the value; the cases' paths start where the rule stands. */
class Switch implements Deed {
  readonly #cases = new Map<string, Rules>();
  readonly #otherwise: Rules | undefined;

  constructor({ linking }: RuleLinking, does: Extract<IrAction, { kind: 'switch' }>) {
    for (const { values, rules } of does.cases) {
      const linked = linkRules(linking, rules);
      for (const value of values) this.#cases.set(value, linked);
    }
    this.#otherwise = does.otherwise === undefined ? undefined : linkRules(linking, does.otherwise);
  }

  do(run: Run, place: Place, frame: Frame, at: Place): void {
    const rules = this.#cases.get(run.message.text(place).trim()) ?? this.#otherwise;
    if (rules === undefined) return;
    run.message.mark(place, 'read', 'leaf');
    rules.run(run, at, frame);
  }
}
