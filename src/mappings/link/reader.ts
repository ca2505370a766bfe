// Which places a rule reads: its path, picked and filtered.
import type { Place, SourceContext, SourcePath } from '../../model/source.js';
import type { IrReads } from '../language/ir.js';
import { linkCondition } from './condition.js';
import { link, type Linking } from './environment.js';
import type { RuleReference } from './leaf.js';
import type { Frame, Run } from './run.js';
import type { Test } from './step.js';

type One = (run: Run, at: Place, frame: Frame | undefined) => Place | undefined;
type Many = (run: Run, at: Place, frame: Frame | undefined) => readonly Place[];

export interface Reader {
  /** What paths mean at the places selected. */
  readonly within: SourceContext;
  readonly path: SourcePath | undefined;
  /** The place the rule reads, where it reads one at most. */
  readonly one: One | undefined;
  /** All the places it reads. */
  readonly many: Many;
}

export function linkReader(linking: Linking, reads: IrReads, rule: RuleReference): Reader {
  if (reads.path === undefined) return single(linking.context, undefined, (_run, at) => at);
  const path = link(linking, reads.path);
  const within = linking.environment.description.within(path, linking.context);
  if (reads.where !== undefined)
    return filtered(path, within, linkCondition(linking, reads.where, within), reads.pick, rule);
  if (reads.pick === 'all') return { within, path, one: undefined, many: (run, at) => path.all(run.message, at) };
  if (reads.pick === 'first' || !path.repeats) return single(within, path, (run, at) => path.first(run.message, at));
  return single(within, path, (run, at) => {
    const place = path.first(run.message, at);
    if (place !== undefined) refuseSecond(run, path.all(run.message, at), rule);
    return place;
  });
}

function single(within: SourceContext, path: SourcePath | undefined, one: One): Reader {
  const many: Many = (run, at, frame) => {
    const place = one(run, at, frame);
    return place === undefined ? [] : [place];
  };
  return { within, path, one, many };
}

function filtered(
  path: SourcePath,
  within: SourceContext,
  where: Test,
  pick: IrReads['pick'],
  rule: RuleReference,
): Reader {
  const many: Many = (run, at, frame) => path.all(run.message, at).filter((place) => where(run, place, frame));
  if (pick === 'all') return { within, path, one: undefined, many };
  return single(within, path, (run, at, frame) => {
    const places = many(run, at, frame);
    if (pick === 'only') refuseSecond(run, places, rule);
    return places[0];
  });
}

/** Law 3: `only` on two values is an issue; the second stays residual. */
function refuseSecond(run: Run, places: readonly Place[], rule: RuleReference): void {
  const second = places[1];
  if (second !== undefined) run.report('map.more-than-one', second, rule);
}
