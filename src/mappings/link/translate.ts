// `translate`: a source code through a code map, with a declared outcome where the map has no row (DESIGN section 4, law 4).
import type { MutableObject, MutableValue } from '../../model/json.js';
import type { Conversion } from '../../model/lineage.js';
import type { Place } from '../../model/source.js';
import { GatewayError } from '../../model/error.js';
import type { CodeMap, MapTarget } from '../../terminology/code-map.js';
import type { IrTranslate } from '../language/ir.js';
import { isDeleted } from './convert.js';
import { touch, type Deed, type RuleLinking } from './deed.js';
import { Leaf, type RuleReference } from './leaf.js';
import type { Frame, Run } from './run.js';
import { linkNoteUnmapped, type NoteUnmapped } from './unmapped.js';
import type { Writer } from './write.js';

/** Codings a translation gives for a CodeableConcept that a module writes too. */
export interface Coded {
  readonly codings: readonly MutableObject[];
  readonly dropOriginal: boolean;
}

interface Chosen {
  readonly target: { readonly system: string; readonly code: string; readonly display?: string };
  readonly conversion: Conversion;
}

type Choose = (run: Run, place: Place) => readonly Chosen[];

export type Translation = (run: Run, place: Place, frame: Frame) => Coded;

/** For a translation beside a module's own coding. */
export function linkTranslation(parts: RuleLinking, translate: IrTranslate): Translation {
  const { rule } = parts;
  const choose = linkChoice(parts, translate);
  return (run, place, frame) => {
    const chosen = choose(run, place);
    const codings = chosen.map((each) => codingOf(frame, each, rule, place));
    if (codings.length > 0) run.message.mark(place, 'read', 'leaf');
    return { codings, dropOriginal: translate.dropOriginal === true && codings.length > 0 };
  };
}

/** A translation that is all the rule writes. */
export class Translate implements Deed {
  readonly #rule: RuleReference;
  readonly #writer: Writer;
  readonly #translate: IrTranslate;
  readonly #choose: Choose;
  readonly #element: string;

  constructor(parts: RuleLinking, translate: IrTranslate) {
    this.#rule = parts.rule;
    this.#writer = parts.writer;
    this.#translate = translate;
    this.#choose = linkChoice(parts, translate);
    this.#element = parts.element;
  }

  do(run: Run, place: Place, frame: Frame): void {
    if (isDeleted(run, place, frame, this.#rule, this.#element)) return;
    const { unmapped, shape } = this.#translate;
    const chosen = this.#choose(run, place);
    const passed = unmapped === 'pass-original' && chosen.length === 0 ? originalCode(run, place) : chosen;
    for (const { target, conversion } of passed) {
      if (this.#writer.isTaken(frame)) break;
      this.#writer.put(frame, valueOf(target, shape), new Leaf(this.#rule, place, conversion));
      run.message.mark(place, 'read', 'leaf');
      touch(frame);
    }
  }
}

function valueOf(target: Chosen['target'], shape: IrTranslate['shape']): MutableValue {
  if (shape === 'code') return target.code;
  return shape === 'Coding' ? plainCoding(target) : { coding: [plainCoding(target)] };
}

function plainCoding({ system, code, display }: Chosen['target']): MutableObject {
  const coding: MutableObject = system === '' ? { code } : { system, code };
  if (display !== undefined) coding['display'] = display;
  return coding;
}

function codingOf(frame: Frame, { target, conversion }: Chosen, rule: RuleReference, place: Place): MutableObject {
  const coding = plainCoding(target);
  for (const key of Object.keys(coding)) frame.draft.note(new Leaf(rule, place, conversion), coding, key, frame);
  return coding;
}

const original: Conversion = { kind: 'translate', by: 'original code kept' };

/** A code without a system: honest, for nobody knows whose it is (the rule's module would say, with `use`). */
const originalCode = (run: Run, place: Place): Chosen[] => [
  { target: { system: '', code: run.message.text(place).trim() }, conversion: original },
];

function linkChoice(parts: RuleLinking, translate: IrTranslate): Choose {
  const { linking, rule } = parts;
  const map = linking.environment.codeMaps.get(translate.map);
  if (map === undefined)
    throw new GatewayError('incorrect', `${rule.name}: the code map ${translate.map} is not loaded`);
  const fallback: readonly Chosen[] =
    translate.default === undefined
      ? []
      : [
          {
            target: defaultTarget(map, translate.default),
            conversion: { kind: 'assumed', by: 'default', because: translate.because ?? '' },
          },
        ];
  const note = linkNoteUnmapped(parts, map);
  return (run, place) => {
    const found = map.translate({ code: run.message.text(place).trim() });
    if (found.outcome === 'mapped') return chosenOf(map, found.targets);
    // A recorded no-map decision is no news.
    if (found.outcome === 'unmapped') reportUnmapped(run, place, rule, translate, note);
    return translate.unmapped === 'default' ? fallback : [];
  };
}

/** A default code is of the map's own target system, where the map knows the code. */
const defaultTarget = (map: CodeMap, code: string): Chosen['target'] =>
  map.targets().find((target) => target.code === code) ?? { system: map.targets()[0]?.system ?? '', code };

/** By the targets of a row, which every message that asks for it shares. */
const choices = new WeakMap<readonly MapTarget[], readonly Chosen[]>();

function chosenOf(map: CodeMap, targets: readonly MapTarget[]): readonly Chosen[] {
  let chosen = choices.get(targets);
  if (chosen === undefined)
    choices.set(targets, (chosen = targets.map((target) => ({ target, conversion: conversionOf(map, target) }))));
  return chosen;
}

const conversionOf = (map: CodeMap, { row }: MapTarget): Conversion => ({
  kind: 'translate',
  by: `${map.name}@${map.version} ${row}`,
});

function reportUnmapped(run: Run, place: Place, rule: RuleReference, translate: IrTranslate, note: NoteUnmapped): void {
  const held = translate.unmapped === 'hold';
  run.report(held ? 'terminology.unmapped-held' : 'terminology.unmapped-code', place, rule, { map: translate.map });
  note(run, place);
}
