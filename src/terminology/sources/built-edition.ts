import type { Sections, Stated } from '../editions/file-format.js';

/** What a source makes of a release: the head and the sections of an edition. */
export interface BuiltEdition {
  readonly stated: Stated;
  readonly sections: Sections;
}
