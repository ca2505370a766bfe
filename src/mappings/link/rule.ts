// Rules of segment, datatype, object and row modules, as they run.
import type { IssueCode } from '../../model/issues.js';
import type { Place, SourcePath } from '../../model/source.js';
import type { IrAction, IrRule } from '../language/ir.js';
import { linkCall } from './call.js';
import { linkCondition } from './condition.js';
import { linkConstant } from './constant.js';
import { linkConvert } from './convert.js';
import { linkCreate, linkRefer } from './create.js';
import { attachFrame, linkArgumentTexts, type Deed, type RuleLinking } from './deed.js';
import { link, programOf, type Linking } from './environment.js';
import { KeyedItems } from './keyed-items.js';
import { needOf } from './need.js';
import { linkReader, type Reader } from './reader.js';
import type { RuleReference } from './leaf.js';
import { Frame, type Run } from './run.js';
import type { Step, Test } from './step.js';
import { soleWriters } from './sole.js';
import { linkTranslate } from './translate.js';
import { linkUse } from './use.js';
import { compileWriter, type Writer } from './write.js';

/** The rules of a module, or of an item: all that is written of one element. */
export const linkElement = (linking: Linking, rules: readonly IrRule[]): Step =>
  linkRules(linking, rules, soleWriters(rules));

/** Rules in their order, then those that qualify what these brought, and constants, which belong to it. */
function linkRules(linking: Linking, rules: readonly IrRule[], sole: ReadonlySet<IrRule> = new Set()): Step {
  const ordered = [...rules].sort((a, b) => turnOf(a) - turnOf(b));
  const linked = ordered.map((rule) => linkRule(linking, rule, sole.has(rule)));
  const needs = ordered.map((rule) => needOf(linking, rule));
  return (run, at, frame) => {
    const held = run.message.outline?.(at) ?? -1;
    for (let i = 0; i < linked.length; i++) if ((needs[i]! & held) !== 0) linked[i]!.run(run, at, frame);
  };
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
class LinkedRule {
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
  readonly #absent: Step | undefined;
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
      if (this.#holds(run, at, frame)) this.#absent(run, at, frame);
    } else if (!this.#fallback || !this.#writer.isWritten(frame)) this.#read(run, at, frame);
    if (this.#reads.length > 0 && this.#holds(run, at, frame)) this.#markReads(run, at);
  }

  #holds(run: Run, at: Place, frame: Frame): boolean {
    return this.#when === undefined || this.#when(run, at, frame);
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
      this.#deed(run, place, frame, at);
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
      return linkConvert(parts, does.as);
    case 'use':
      return linkUse(parts, does);
    case 'run':
      return linkRun(parts, does);
    case 'create':
      return linkCreate(parts, does);
    case 'refer':
      return linkRefer(parts, does);
    case 'translate':
      return linkTranslate(parts, does.translate);
    case 'call':
      return linkCall(parts, does);
    case 'constant':
      return linkConstant(parts, does);
    case 'scope':
      return linkScope(parts, does.rules);
    case 'item':
      return linkItem(parts, does.rules);
    case 'switch':
      return linkSwitch(parts, does);
    case 'issue':
      return (run, place) => run.report(does.code as IssueCode, place, parts.rule);
    case 'into':
    case 'ref':
    case 'nothing':
      return () => undefined;
  }
}

/** `use` without a target: another module's rules on the same element. */
function linkRun({ linking, rule }: RuleLinking, does: Extract<IrAction, { kind: 'run' }>): Deed {
  const program = programOf(linking, does.module);
  const values = linkArgumentTexts(linking, does.with);
  return (run, place, frame) => {
    const inner = new Frame(frame.draft, frame.element, values(frame), rule, frame);
    inner.isOwn = false;
    if (does.join === true) inner.keyed = frame.keyed ??= new KeyedItems();
    program().run(run, place, inner);
    if (inner.sourced) frame.sourced = true;
  };
}

const innerLinking = (linking: Linking, reader: Reader): Linking => ({ ...linking, context: reader.within });

function linkScope({ linking, reader }: RuleLinking, rules: readonly IrRule[]): Deed {
  const inner = linkRules(innerLinking(linking, reader), rules);
  return (run, place, frame) => inner(run, place, frame);
}

/** `each` with a target: one new item of the element per place. */
function linkItem({ linking, reader, writer, rule }: RuleLinking, rules: readonly IrRule[]): Deed {
  const inner = linkElement(innerLinking(linking, reader), rules);
  return (run, place, frame) => {
    const item = new Frame(frame.draft, {}, frame.parameters, rule, frame);
    inner(run, place, item);
    attachFrame(writer, frame, item, rule);
  };
}

function linkSwitch({ linking }: RuleLinking, does: Extract<IrAction, { kind: 'switch' }>): Deed {
  // The path switched on selects the value; the cases' paths start where the rule stands.
  const cases = new Map<string, Step>();
  for (const { values, rules } of does.cases) {
    const step = linkRules(linking, rules);
    for (const value of values) cases.set(value, step);
  }
  const otherwise = does.otherwise === undefined ? undefined : linkRules(linking, does.otherwise);
  return (run, place, frame, at) => {
    const step = cases.get(run.message.text(place).trim()) ?? otherwise;
    if (step === undefined) return;
    run.message.mark(place, 'read', 'leaf');
    step(run, at, frame);
  };
}
