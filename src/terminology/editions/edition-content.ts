// Editions as content: entries of code systems, opened when first asked for, and the value sets they have by nature.
import { snomedSystem } from '../code-systems/snomed.js';
import { implicitValueSet } from '../code-systems/snomed-value-sets.js';
import type { DefinedCodeSystem } from '../code-systems/code-system.js';
import { contentOf, type CodeSystemEntry, type Content, type ValueSetEntry } from '../content.js';
import { valueSetEntry } from '../entries.js';
import type { Edition } from './edition.js';
import { editionSystem, headerOf } from './edition-system.js';
import type { EditionHeader } from './file-format.js';

/** One edition that is installed. */
export interface InstalledEdition {
  readonly header: Pick<EditionHeader, 'url' | 'version' | 'kind'>;
  /** Reads it, once. */
  readonly open: () => Edition;
}

/** What a kind of edition is made of; one that is not in the table has nothing of its own. */
const systems: Readonly<Record<string, (edition: Edition) => DefinedCodeSystem>> = { snomed: snomedSystem };

function entryOf({ header, open }: InstalledEdition): CodeSystemEntry {
  let defined: DefinedCodeSystem | undefined;
  return {
    url: header.url,
    version: header.version,
    content: 'complete',
    resource: () => headerOf(open()),
    defined: () => (defined ??= (systems[header.kind] ?? editionSystem)(open())),
  };
}

/** Value sets made from their URL; what is compiled for one is found again. */
const mostKept = 1_000;

export function editionContent(editions: readonly InstalledEdition[]): Content {
  const content = contentOf({ codeSystems: editions.map(entryOf), valueSets: [], conceptMaps: [] });
  const hasSnomed = editions.some(({ header }) => header.kind === 'snomed');
  const kept = new Map<string, readonly ValueSetEntry[]>();
  const valueSets = (url: string): readonly ValueSetEntry[] => {
    const known = kept.get(url);
    if (known !== undefined) return known;
    const resource = hasSnomed ? implicitValueSet(url) : undefined;
    if (resource === undefined) return [];
    if (kept.size >= mostKept) kept.clear();
    const entries = [valueSetEntry(resource)];
    kept.set(url, entries);
    return entries;
  };
  return { ...content, valueSets };
}
