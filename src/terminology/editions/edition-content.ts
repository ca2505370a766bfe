// Editions as content: entries of code systems, opened when first asked for, and the value sets they have by nature.
import { loincSystem } from '../code-systems/loinc.js';
import { loincValueSet } from '../code-systems/loinc-value-sets.js';
import { snomedConceptMap } from '../code-systems/snomed-concept-maps.js';
import { snomedKnows, snomedSystem } from '../code-systems/snomed.js';
import { snomedValueSet } from '../code-systems/snomed-value-sets.js';
import type { DefinedCodeSystem } from '../code-systems/code-system.js';
import type { ConceptMapResource } from '../concept-maps/resource.js';
import { contentOf, type CodeSystemEntry, type Content } from '../content.js';
import { conceptMapEntry, valueSetEntry } from '../entries.js';
import type { ValueSetResource } from '../resources.js';
import type { Edition } from './edition.js';
import { editionSystem, headerOf } from './edition-system.js';
import type { EditionHeader } from './file-format.js';

/** One edition that is installed. */
export interface InstalledEdition {
  readonly header: Pick<EditionHeader, 'url' | 'version' | 'kind'>;
  /** Reads it, once. */
  readonly open: () => Edition;
}

/** What a kind of edition has of its own; one that is not in the table has nothing. */
interface EditionKind {
  readonly system: (edition: Edition) => DefinedCodeSystem;
  /** The value set that a URL names by its form alone; undefined: it names none. */
  readonly valueSet: (url: string, edition: () => Edition) => ValueSetResource | undefined;
  /** The concept map likewise; absent: the kind has none. */
  readonly conceptMap?: (url: string, edition: () => Edition) => ConceptMapResource | undefined;
}

const kinds: Readonly<Record<string, EditionKind>> = {
  snomed: {
    system: snomedSystem,
    valueSet: (url, edition) => snomedValueSet(url, (kind, code) => snomedKnows(edition(), kind, code)),
    conceptMap: snomedConceptMap,
  },
  loinc: {
    system: loincSystem,
    valueSet: (url, edition) =>
      loincValueSet(url, (code) => {
        const ordinal = edition().find(code);
        return ordinal < 0 ? undefined : (edition().display(ordinal) ?? code);
      }),
  },
};

function entryOf({ header, open }: InstalledEdition): CodeSystemEntry {
  let defined: DefinedCodeSystem | undefined;
  return {
    url: header.url,
    version: header.version,
    content: 'complete',
    resource: () => headerOf(open()),
    defined: () => (defined ??= (kinds[header.kind]?.system ?? editionSystem)(open())),
  };
}

/** Resources made from their URL; what is compiled for one is found again. */
const mostKept = 1_000;

/** What is made of a URL, the first time it is asked for; nothing is kept of URLs that name nothing. */
function keptByUrl<T>(make: (url: string) => readonly T[]): (url: string) => readonly T[] {
  const kept = new Map<string, readonly T[]>();
  return (url) => {
    const known = kept.get(url);
    if (known !== undefined) return known;
    const entries = make(url);
    if (entries.length === 0) return [];
    if (kept.size >= mostKept) kept.clear();
    kept.set(url, entries);
    return entries;
  };
}

export function editionContent(editions: readonly InstalledEdition[]): Content {
  const content = contentOf({ codeSystems: editions.map(entryOf), valueSets: [], conceptMaps: [] });
  const valueSets = keptByUrl((url) => {
    const made = editions.map(({ header, open }) => kinds[header.kind]?.valueSet(url, open));
    const resource = made.find((each) => each !== undefined);
    return resource === undefined ? [] : [valueSetEntry(resource)];
  });
  // Of each edition that has it: they differ in version.
  const conceptMaps = keptByUrl((url) =>
    editions
      .flatMap(({ header, open }) => kinds[header.kind]?.conceptMap?.(url, open) ?? [])
      .map((resource) => ({ ...conceptMapEntry(resource), isImplicit: true })),
  );
  return { ...content, valueSets, conceptMaps: (url) => (url === undefined ? [] : conceptMaps(url)) };
}
