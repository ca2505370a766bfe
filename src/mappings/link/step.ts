// What rules become.
import type { Place } from '../../model/source.js';
import type { Frame, Run, Scope } from './run.js';

/** A rule of a message module. */
export interface MessageStep {
  run(run: Run, at: Place, scope: Scope): void;
}

/** A condition. */
export interface Test {
  holds(run: Run, at: Place, frame: Frame | undefined): boolean;
}
