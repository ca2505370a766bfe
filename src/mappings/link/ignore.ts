// `ignore`: what a module leaves aside on purpose.
import type { Place, SourcePath } from '../../model/source.js';
import { linkCondition } from './condition.js';
import { link, type Linking } from './environment.js';
import type { Run } from './run.js';
import type { Test } from './step.js';

interface Ignore {
  readonly path: SourcePath;
  /** The parts of the place of which one must hold something. */
  readonly parts: number;
  readonly when: Test | undefined;
}

/** What a module ignores. */
export class Ignores {
  readonly #each: readonly Ignore[];
  /** The parts of all of them: most places hold none. */
  readonly #parts: number;

  constructor(linking: Linking) {
    this.#each = linking.module.ignore.map(({ path: text, when }) => {
      const path = link(linking, text);
      return { path, parts: path.parts ?? -1, when: when === undefined ? undefined : linkCondition(linking, when) };
    });
    this.#parts = this.#each.reduce((all, { parts }) => all | parts, 0);
  }

  /** @param held the outline of the place */
  mark(run: Run, at: Place, held: number): void {
    if ((this.#parts & held) === 0) return;
    for (const { path, parts, when } of this.#each) {
      if ((parts & held) === 0 || (when !== undefined && !when.holds(run, at, undefined))) continue;
      for (const place of path.all(run.message, at)) run.message.mark(place, 'ignored', 'all');
    }
  }
}
