// `to` + `as`: a text of the source to a primitive.
import type { MutableValue } from '../../model/json.js';
import type { Place } from '../../model/source.js';
import type { Conversion } from '../../model/lineage.js';
import { isConverted, type Converted, type Converter, type Unconvertible } from '../convert/converter.js';
import { converterTo } from '../convert/converters.js';
import type { Deed, RuleLinking } from './deed.js';
import { Leaf, type RuleReference } from './leaf.js';
import type { Frame, Run } from './run.js';
import type { Writer } from './write.js';

/**
 * Explicit null: nothing is written, and an element of the resource is listed for the merge to delete. Within an element
 * (the family name of a contact) there is nothing to delete: the element is told anew, without it. True when the place
 * was one.
 */
export function isDeleted(run: Run, place: Place, frame: Frame, rule: RuleReference, element: string): boolean {
  if (!run.message.isNull(place)) return false;
  run.message.mark(place, 'read', 'all');
  const ofResource = frame.element === frame.draft.content;
  if (ofResource && run.message.format === 'hl7v2')
    run.deletes.push({ resource: frame.draft, element, rule: rule.name, place });
  return true;
}

export class Convert implements Deed {
  readonly #rule: RuleReference;
  readonly #writer: Writer;
  /** Text needs no converter. */
  readonly #convert: Converter | undefined;
  readonly #whole: boolean;
  readonly #element: string;

  constructor({ rule, writer, whole, element }: RuleLinking, as: string) {
    this.#rule = rule;
    this.#writer = writer;
    this.#convert = as === 'string' || as === 'markdown' ? undefined : converterTo(as);
    this.#whole = whole;
    this.#element = element;
  }

  do(run: Run, place: Place, frame: Frame): void {
    const rule = this.#rule;
    if (isDeleted(run, place, frame, rule, this.#element)) return;
    const text = run.message.text(place, this.#whole);
    if (this.#convert === undefined) this.#write(run, place, frame, text, new Leaf(rule, place));
    else {
      const result = this.#convert(text, run.convert);
      if (!isConverted(result)) return refuse(run, place, rule, result);
      this.#write(run, place, frame, result.value, new Leaf(rule, place, conversionOf(run, place, rule, result)));
    }
  }

  #write(run: Run, place: Place, frame: Frame, value: MutableValue, leaf: Leaf): void {
    run.message.mark(place, 'read', this.#whole ? 'all' : 'leaf');
    this.#writer.put(frame, value, leaf);
    frame.sourced = true;
  }
}

function refuse(run: Run, place: Place, rule: RuleReference, { expected, issue }: Unconvertible): void {
  run.report(issue ?? 'map.bad-value', place, rule, { expected });
}

function conversionOf(
  run: Run,
  place: Place,
  rule: RuleReference,
  { assumed, issue }: Converted,
): Conversion | undefined {
  if (issue !== undefined) run.reportOnce(issue, place, rule, { zone: run.feed.zone });
  return assumed === undefined ? undefined : assumedConversion(assumed);
}

const assumptions = new Map<string, Conversion>();

/** The few things a converter may assume, each one object. */
function assumedConversion(by: string): Conversion {
  let conversion = assumptions.get(by);
  if (conversion === undefined) assumptions.set(by, (conversion = { kind: 'assumed', by }));
  return conversion;
}
