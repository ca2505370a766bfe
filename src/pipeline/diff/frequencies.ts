// How often each cause was met under a heading: what is the cause of most is taken for that of the rest.
import type { Cause } from './cause.js';

export class Frequencies {
  readonly #counts = new Map<string, Map<Cause, number>>();

  add(heading: string, cause: Cause | undefined): void {
    if (cause === undefined) return;
    const counts = this.#counts.get(heading) ?? new Map<Cause, number>();
    this.#counts.set(heading, counts.set(cause, (counts.get(cause) ?? 0) + 1));
  }

  /** The most frequent cause under the first heading that has any. */
  first(headings: readonly string[]): Cause | undefined {
    for (const heading of headings) {
      const counts = this.#counts.get(heading);
      if (counts !== undefined) return mostFrequent(counts);
    }
    return undefined;
  }
}

function mostFrequent(counts: ReadonlyMap<Cause, number>): Cause | undefined {
  let best: Cause | undefined;
  for (const [cause, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = cause;
  return best;
}
