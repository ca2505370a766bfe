// Which places a rule reads: its path, picked and filtered.
import type { Place, SourceContext, SourcePath } from '../../model/source.js';
import type { IrReads } from '../language/ir.js';
import { linkCondition } from './condition.js';
import { link, type Linking } from './environment.js';
import type { RuleReference } from './leaf.js';
import type { Frame, Run } from './run.js';

export interface Reader {
  /** What paths mean at the places selected. */
  readonly within: SourceContext;
  readonly path: SourcePath | undefined;
  /** Calls `visit` for each place the rule reads. */
  each(run: Run, at: Place, frame: Frame | undefined, visit: (place: Place) => void): void;
}

export function linkReader(linking: Linking, reads: IrReads, rule: RuleReference): Reader {
  if (reads.path === undefined)
    return { within: linking.context, path: undefined, each: (_run, at, _frame, visit) => visit(at) };
  const path = link(linking, reads.path);
  const within = linking.environment.description.within(path, linking.context);
  return { within, path, each: linkEach(linking, path, within, reads, rule) };
}

function linkEach(
  linking: Linking,
  path: SourcePath,
  within: SourceContext,
  reads: IrReads,
  rule: RuleReference,
): Reader['each'] {
  if (reads.where !== undefined) return filtered(path, linkCondition(linking, reads.where, within), reads.pick, rule);
  if (reads.pick === 'all')
    return (run, at, _frame, visit) => {
      for (const place of path.all(run.message, at)) visit(place);
    };
  const alone = reads.pick === 'only' && path.repeats;
  return (run, at, _frame, visit) => {
    const place = path.first(run.message, at);
    if (place === undefined) return;
    if (alone) refuseSecond(run, path.all(run.message, at), rule);
    visit(place);
  };
}

function filtered(
  path: SourcePath,
  where: ReturnType<typeof linkCondition>,
  pick: IrReads['pick'],
  rule: RuleReference,
): Reader['each'] {
  return (run, at, frame, visit) => {
    const places = path.all(run.message, at).filter((place) => where(run, place, frame));
    if (pick === 'only') refuseSecond(run, places, rule);
    const [first] = places;
    if (pick === 'all') places.forEach(visit);
    else if (first !== undefined) visit(first);
  };
}

/** Law 3: `only` on two values is an issue; the second stays residual. */
function refuseSecond(run: Run, places: readonly Place[], rule: RuleReference): void {
  const second = places[1];
  if (second !== undefined) run.report('map.more-than-one', second, rule);
}
