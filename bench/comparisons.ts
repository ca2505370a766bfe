// What stands beside what: pairs of subjects whose speeds are divided round by round.
import { median, type Figures } from './windows.js';

export interface Comparison {
  /** Its key in thresholds.json. */
  readonly key: string;
  readonly ours: string;
  readonly theirs: string;
  /** How much more one run of ours does than one of theirs (bytes); absent: as much. */
  readonly weight?: number;
}

export interface Ratio extends Comparison {
  /** How many times as fast as theirs ours was, in the middle round, the worst and the best. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function ratioOf(figures: Figures, comparison: Comparison): Ratio {
  const ours = figures.get(comparison.ours) ?? [];
  const theirs = figures.get(comparison.theirs) ?? [];
  const { weight = 1 } = comparison;
  const each = ours.map((figure, round) => (figure * weight) / (theirs[round] ?? NaN));
  return { ...comparison, median: median(each), least: Math.min(...each), most: Math.max(...each) };
}
