// `to` + `use`: the value of a datatype or object module, perhaps with a translation beside it.
import type { MutableObject } from '../../model/json.js';
import type { Place } from '../../model/source.js';
import type { IrAction } from '../language/ir.js';
import { isDeleted } from './convert.js';
import { attachFrame, linkParameters, type Parameters, type Deed, type RuleLinking } from './deed.js';
import { ModuleReference } from './environment.js';
import type { RuleReference } from './leaf.js';
import { Frame, type Run } from './run.js';
import { linkTranslation, type Coded, type Translation } from './translate.js';
import type { Writer } from './write.js';

export class Use implements Deed {
  readonly #rule: RuleReference;
  readonly #writer: Writer;
  readonly #module: ModuleReference;
  readonly #parameters: Parameters;
  readonly #translation: Translation | undefined;
  readonly #element: string;

  constructor(parts: RuleLinking, does: Extract<IrAction, { kind: 'use' }>) {
    const { linking, rule, writer, element } = parts;
    this.#rule = rule;
    this.#writer = writer;
    this.#module = new ModuleReference(linking, does.module);
    this.#parameters = linkParameters(linking, does.with);
    this.#translation = does.translate === undefined ? undefined : linkTranslation(parts, does.translate);
    this.#element = element;
  }

  do(run: Run, place: Place, frame: Frame): void {
    const rule = this.#rule;
    if (isDeleted(run, place, frame, rule, this.#element)) return;
    const inner = new Frame(frame.draft, {}, this.#parameters.of(frame), rule, frame);
    const coded = this.#translation?.(run, place, inner);
    if (coded === undefined || !coded.dropOriginal) this.#module.program.run(run, place, inner);
    if (coded !== undefined) addCodings(inner, coded);
    attachFrame(this.#writer, frame, inner, rule);
  }
}

/** Translated codings stand before the original ones. */
function addCodings(frame: Frame, { codings }: Coded): void {
  if (codings.length === 0) return;
  const original = (frame.element['coding'] ?? []) as MutableObject[];
  frame.element['coding'] = [...codings, ...original];
  frame.sourced = true;
}
