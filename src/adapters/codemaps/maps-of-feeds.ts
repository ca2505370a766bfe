// The code maps that feeds have of their own, over those of their packages. What a feed runs on changes as a whole.
import type { CodeMaps } from '../../terminology/code-map.js';

/** Of a feed that runs on the maps of its package alone. */
export const noMaps: CodeMaps = new Map();

export class MapsOfFeeds {
  readonly #maps = new Map<string, CodeMaps>();

  /** The same object until the feed's maps change. */
  of(feed: string): CodeMaps {
    return this.#maps.get(feed) ?? noMaps;
  }

  /** From here on the feed's messages are translated by these. */
  set(feed: string, maps: CodeMaps): void {
    this.#maps.set(feed, maps);
  }
}
