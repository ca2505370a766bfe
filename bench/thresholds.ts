// The floor under the ratios. It is raised when the code became faster for good, and never lowered without saying why in
// the commit: machines differ, ratios measured side by side hardly do.
import { readFileSync } from 'node:fs';
import { benchFile } from './bench-file.js';
import type { Ratio } from './comparisons.js';

export type Thresholds = Readonly<Record<string, number>>;

export const loadThresholds = (): Thresholds =>
  JSON.parse(readFileSync(benchFile('thresholds.json'), 'utf8')) as Thresholds;

/** The one floor of all message types. */
export const typeFloors = (ratios: readonly Ratio[], { types }: Thresholds): Thresholds =>
  Object.fromEntries(ratios.map(({ key }) => [key, types ?? 0]));

/** The floors of the pairs that are measured by name. */
export const pairFloors = ({ types: _, ...pairs }: Thresholds): Thresholds => pairs;

/** A sentence for each ratio that fell below its floor, and for each floor that nothing was measured for. */
export function failures(ratios: readonly Ratio[], thresholds: Thresholds): string[] {
  return Object.entries(thresholds).flatMap(([key, floor]) => {
    const ratio = ratios.find((each) => each.key === key);
    if (ratio === undefined) return [`${key}: not measured`];
    return ratio.median >= floor ? [] : [`${key}: ${ratio.median.toFixed(2)} is below ${floor}`];
  });
}
