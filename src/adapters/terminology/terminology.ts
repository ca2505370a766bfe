// The terminology that a gateway answers from: what is installed, and over it what people curate in the store.
import { contentOf, overlay, type Content } from '../../terminology/content.js';
import { entriesOf, joinEntries, type TerminologyResource } from '../../terminology/entries.js';
import type { NamingSystemResource } from '../../terminology/resources.js';
import type { CuratedStore } from '../store/curated.js';

export interface Terminology {
  /** Another object after each change: what is kept for it is kept with it. */
  readonly content: Content;
  readonly installed: Content;
  /** Those that people curate: none is installed. */
  readonly namingSystems: readonly NamingSystemResource[];
  /** Reads anew what people curate, where it changed: here, or in another gateway on the same store. */
  refresh(): Promise<void>;
  close(): void;
}

/** How long another gateway's change may stay unseen, in milliseconds. */
const refreshEveryMs = 5_000;

/** @param failed told of what kept a refresh from succeeding; the next one tries again. */
export async function openTerminology(
  curated: CuratedStore,
  installed: Content,
  failed: (error: unknown) => void,
): Promise<Terminology> {
  let seen = '0';
  let content = installed;
  let namingSystems: readonly NamingSystemResource[] = [];
  const refresh = async (): Promise<void> => {
    const change = await curated.lastChange();
    if (change === seen) return;
    const resources = (await curated.all()).map(({ text }) => JSON.parse(text ?? '{}') as CuratedResource);
    const [named, coded] = [
      resources.filter(isNamingSystem),
      resources.filter((each) => each.resourceType !== 'NamingSystem'),
    ];
    content = overlay(contentOf(joinEntries(coded.map(entriesOf))), installed);
    namingSystems = named;
    seen = change;
  };
  await refresh();
  const timer = setInterval(() => void refresh().catch(failed), refreshEveryMs).unref();
  return {
    get content() {
      return content;
    },
    installed,
    get namingSystems() {
      return namingSystems;
    },
    refresh,
    close: () => clearInterval(timer),
  };
}

type CuratedResource = TerminologyResource | NamingSystemResource;

const isNamingSystem = (resource: CuratedResource): resource is NamingSystemResource =>
  resource.resourceType === 'NamingSystem';
