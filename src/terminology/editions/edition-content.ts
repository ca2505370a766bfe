// Editions as content: entries of code systems, opened when first asked for, and the value sets they have by nature.
import { loincSystem } from '../code-systems/loinc.js';
import { loincValueSet } from '../code-systems/loinc-value-sets.js';
import { snomedKnows, snomedSystem } from '../code-systems/snomed.js';
import { snomedValueSet } from '../code-systems/snomed-value-sets.js';
import type { DefinedCodeSystem } from '../code-systems/code-system.js';
import { contentOf, type CodeSystemEntry, type Content, type ValueSetEntry } from '../content.js';
import { valueSetEntry } from '../entries.js';
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
}

const kinds: Readonly<Record<string, EditionKind>> = {
  snomed: {
    system: snomedSystem,
    valueSet: (url, edition) => snomedValueSet(url, (kind, code) => snomedKnows(edition(), kind, code)),
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

/** Value sets made from their URL; what is compiled for one is found again. */
const mostKept = 1_000;

export function editionContent(editions: readonly InstalledEdition[]): Content {
  const content = contentOf({ codeSystems: editions.map(entryOf), valueSets: [], conceptMaps: [] });
  const byNature = (url: string): ValueSetResource | undefined =>
    editions
      .map(({ header, open }) => kinds[header.kind]?.valueSet(url, open))
      .find((resource) => resource !== undefined);
  const kept = new Map<string, readonly ValueSetEntry[]>();
  const valueSets = (url: string): readonly ValueSetEntry[] => {
    const known = kept.get(url);
    if (known !== undefined) return known;
    const resource = byNature(url);
    if (resource === undefined) return [];
    if (kept.size >= mostKept) kept.clear();
    const entries = [valueSetEntry(resource)];
    kept.set(url, entries);
    return entries;
  };
  return { ...content, valueSets };
}
