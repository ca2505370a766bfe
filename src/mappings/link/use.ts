// `to` + `use`: the value of a datatype or object module, perhaps with a translation beside it.
import type { MutableObject } from '../../model/json.js';
import type { IrAction } from '../language/ir.js';
import { isDeleted } from './convert.js';
import { attachFrame, linkArgumentTexts, type Deed, type RuleLinking } from './deed.js';
import { programOf } from './environment.js';
import { Frame } from './run.js';
import { linkTranslation, type Coded } from './translate.js';

export function linkUse(parts: RuleLinking, does: Extract<IrAction, { kind: 'use' }>): Deed {
  const { linking, rule, writer, element } = parts;
  const program = programOf(linking, does.module);
  const parameters = linkArgumentTexts(linking, does.with);
  const translation = does.translate === undefined ? undefined : linkTranslation(parts, does.translate);
  return (run, place, frame) => {
    if (isDeleted(run, place, frame, rule, element)) return;
    const inner = new Frame(frame.draft, {}, parameters(frame), rule, frame);
    const coded = translation?.(run, place, inner);
    if (coded === undefined || !coded.dropOriginal) program().run(run, place, inner);
    if (coded !== undefined) addCodings(inner, coded);
    attachFrame(writer, frame, inner, rule);
  };
}

/** Translated codings stand before the original ones. */
function addCodings(frame: Frame, { codings }: Coded): void {
  if (codings.length === 0) return;
  const original = (frame.element['coding'] ?? []) as MutableObject[];
  frame.element['coding'] = [...codings, ...original];
  frame.sourced = true;
}
