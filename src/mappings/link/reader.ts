// Which places a rule reads: its path, picked and filtered.
import type { Place, SourceContext, SourcePath } from '../../model/source.js';
import type { IrReads } from '../language/ir.js';
import { linkCondition } from './condition.js';
import { link, type Linking } from './environment.js';
import type { RuleReference } from './leaf.js';
import type { Frame, Run } from './run.js';
import type { Test } from './step.js';

const none: readonly never[] = [];

export class Reader {
  /** What paths mean at the places selected. */
  readonly within: SourceContext;
  readonly path: SourcePath | undefined;
  /** It reads one place at most. */
  readonly single: boolean;
  readonly #where: Test | undefined;
  /** A second place is an issue of this rule. */
  readonly #only: RuleReference | undefined;

  constructor(within: SourceContext, reads?: Reads) {
    this.within = within;
    this.path = reads?.path;
    this.single = reads?.pick !== 'all';
    this.#where = reads?.where;
    this.#only = reads?.only;
  }

  /** The place a rule reads that reads one at most. */
  one(run: Run, at: Place, frame: Frame | undefined): Place | undefined {
    const { path } = this;
    if (path === undefined) return at;
    if (this.#where !== undefined) return this.#first(run, this.#all(run, path, at, frame));
    const place = path.first(run.message, at);
    if (this.#only !== undefined && place !== undefined) this.#first(run, path.all(run.message, at));
    return place;
  }

  /** All the places it reads. */
  many(run: Run, at: Place, frame: Frame | undefined): readonly Place[] {
    if (!this.single && this.path !== undefined) return this.#all(run, this.path, at, frame);
    const place = this.one(run, at, frame);
    return place === undefined ? none : [place];
  }

  #all(run: Run, path: SourcePath, at: Place, frame: Frame | undefined): readonly Place[] {
    const places = path.all(run.message, at);
    return this.#where === undefined || places.length === 0 ? places : whereHolds(this.#where, run, places, frame);
  }

  /** Law 3: `only` on two values is an issue; the second stays residual. */
  #first(run: Run, places: readonly Place[]): Place | undefined {
    const second = places[1];
    if (this.#only !== undefined && second !== undefined) run.report('map.more-than-one', second, this.#only);
    return places[0];
  }
}

function whereHolds(where: Test, run: Run, places: readonly Place[], frame: Frame | undefined): readonly Place[] {
  let found: Place[] | undefined;
  for (const place of places) {
    if (!where.holds(run, place, frame)) continue;
    if (found === undefined) found = [place];
    else found.push(place);
  }
  return found ?? none;
}

interface Reads {
  readonly path: SourcePath;
  readonly pick: IrReads['pick'];
  readonly where: Test | undefined;
  readonly only: RuleReference | undefined;
}

export function linkReader(
  linking: Linking,
  { path: text, pick, where: condition }: IrReads,
  rule: RuleReference,
): Reader {
  if (text === undefined) return new Reader(linking.context);
  const path = link(linking, text);
  const within = linking.environment.description.within(path, linking.context);
  const where = condition === undefined ? undefined : linkCondition(linking, condition, within);
  const mayRepeat = path.repeats || where !== undefined;
  return new Reader(within, { path, pick, where, only: pick === 'only' && mayRepeat ? rule : undefined });
}
