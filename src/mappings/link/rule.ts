// Rules of segment, datatype, object and row modules to closures.
import type { IssueCode } from '../../model/issues.js';
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
import { Frame } from './run.js';
import type { Step, Test } from './step.js';
import { linkTranslate } from './translate.js';
import { linkUse } from './use.js';
import { compileWriter, type Origin, type Writer } from './write.js';

/** Rules in their order, constants after the others: a constant belongs to what the others brought. */
export function linkRules(linking: Linking, rules: readonly IrRule[]): Step {
  const ordered = [...rules.filter((rule) => !isConstant(rule)), ...rules.filter(isConstant)];
  const steps = ordered.map((rule) => linkRule(linking, rule));
  const needs = ordered.map((rule) => needOf(linking, rule));
  return (run, at, frame) => {
    const held = run.message.outline?.(at) ?? -1;
    for (let i = 0; i < steps.length; i++) if ((needs[i]! & held) !== 0) steps[i]!(run, at, frame);
  };
}

const isConstant = ({ does, source }: IrRule): boolean => does.kind === 'constant' && source.path === undefined;

export function linkRule(linking: Linking, ir: IrRule): Step {
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
  const when = ir.when === undefined ? undefined : linkCondition(linking, ir.when);
  const step = unlessWritten(writer, ir, readThen(reader, when, guardTarget(parts, ir, linkDeed(parts, ir.does))));
  return markReads(linking, ir.reads, when, orAbsent(parts, ir.does, when, step));
}

/** Looks at the source first: most of what rules ask for is not there, and then nothing else need be asked. */
function readThen({ one, many }: Reader, when: Test | undefined, deed: Deed): Step {
  if (one !== undefined)
    return (run, at, frame) => {
      const place = one(run, at, frame);
      if (place !== undefined && (when === undefined || when(run, at, frame))) deed(run, place, frame, at);
    };
  return (run, at, frame) => {
    const places = many(run, at, frame);
    if (places.length === 0 || (when !== undefined && !when(run, at, frame))) return;
    for (const place of places) deed(run, place, frame, at);
  };
}

/** A switch whose value is not there has a case for that. */
function orAbsent({ linking, reader }: RuleLinking, does: IrAction, when: Test | undefined, step: Step): Step {
  if (does.kind !== 'switch' || does.absent === undefined) return step;
  const absent = linkRules(linking, does.absent);
  return (run, at, frame) => {
    if (reader.path?.first(run.message, at) !== undefined) step(run, at, frame);
    else if (when === undefined || when(run, at, frame)) absent(run, at, frame);
  };
}

/** `each` with an extension as its target opens one of that url per place. */
const opensExtensions = ({ does, to }: IrRule): boolean => does.kind === 'item' && to.at(-1)?.url !== undefined;

/** A fallback is not needed where something stands already. */
function unlessWritten(writer: Writer, { fallback }: IrRule, step: Step): Step {
  if (fallback !== true) return step;
  return (run, at, frame) => {
    if (!writer.isWritten(frame)) step(run, at, frame);
  };
}

/** A single element that is written stays: another rule for it is an issue. */
function guardTarget({ writer, rule }: RuleLinking, ir: IrRule, deed: Deed): Deed {
  const { kind } = ir.does;
  if (kind === 'switch' || kind === 'scope' || kind === 'issue' || kind === 'run' || opensExtensions(ir)) return deed;
  if (writer.takesMany) return deed;
  return (run, place, frame, at) => {
    if (!writer.isTaken(frame)) deed(run, place, frame, at);
    else if (kind !== 'constant') run.report('map.already-written', place, rule);
  };
}

function markReads(linking: Linking, reads: readonly string[], when: Test | undefined, step: Step): Step {
  if (reads.length === 0) return step;
  const paths = reads.map((text) => link(linking, text));
  return (run, at, frame) => {
    step(run, at, frame);
    if (when !== undefined && !when(run, at, frame)) return;
    for (const path of paths) for (const place of path.all(run.message, at)) run.message.mark(place, 'read', 'leaf');
  };
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
    const inner = new Frame(frame.draft, frame.element, values(frame), { rule, outer: frame.via });
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
  const inner = linkRules(innerLinking(linking, reader), rules);
  return (run, place, frame) => {
    const item = new Frame(frame.draft, {}, frame.parameters, { rule, outer: frame.via });
    const origin: Origin = { rule, from: place, conversion: undefined };
    inner(run, place, item);
    attachFrame(writer, frame, item, origin);
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
