// Terminology resources -> entries of content. A resource is compiled when it is first asked for.
import { compileCodeSystem } from './code-systems/compile.js';
import type { DefinedCodeSystem } from './code-systems/code-system.js';
import type { ConceptMapResource } from './concept-maps/resource.js';
import type { CodeSystemEntry, ConceptMapEntry, Entries, ValueSetEntry } from './content.js';
import type { CodeSystemResource, ValueSetResource } from './resources.js';

export type TerminologyResource = CodeSystemResource | ValueSetResource | ConceptMapResource;

const supplementType = 'http://hl7.org/fhir/StructureDefinition/codesystem-supplement-type';

/** What says of a supplement which kind it is, as any FHIR library types it. */
export interface Supplementing {
  readonly extension?: readonly { readonly url: string; readonly valueCode?: string | undefined }[] | undefined;
}

/** Is it a supplement of translations? */
export const isLanguagePack = ({ extension }: Supplementing): boolean =>
  extension?.some(({ url, valueCode }) => url === supplementType && valueCode === 'lang-pack') === true;

const named = ({ id, version }: TerminologyResource) => ({
  ...(id !== undefined && { id }),
  ...(version !== undefined && { version }),
});

export function codeSystemEntry(resource: CodeSystemResource): CodeSystemEntry {
  let defined: DefinedCodeSystem | undefined;
  return {
    url: resource.url ?? '',
    ...named(resource),
    content: resource.content ?? 'complete',
    ...(resource.supplements !== undefined && { supplements: resource.supplements }),
    isLanguagePack: isLanguagePack(resource),
    resource: () => resource,
    defined: () => (defined ??= compileCodeSystem(resource)),
  };
}

export const valueSetEntry = (resource: ValueSetResource): ValueSetEntry => ({
  url: resource.url ?? '',
  ...named(resource),
  resource: () => resource,
});

export const conceptMapEntry = (resource: ConceptMapResource): ConceptMapEntry => ({
  url: resource.url ?? '',
  ...named(resource),
  resource: () => resource,
});

/** The entries of one resource. */
export function entriesOf(resource: TerminologyResource): Entries {
  const none: Entries = { codeSystems: [], valueSets: [], conceptMaps: [] };
  if (resource.resourceType === 'CodeSystem') return { ...none, codeSystems: [codeSystemEntry(resource)] };
  if (resource.resourceType === 'ValueSet') return { ...none, valueSets: [valueSetEntry(resource)] };
  return { ...none, conceptMaps: [conceptMapEntry(resource)] };
}

export const joinEntries = (all: readonly Entries[]): Entries => ({
  codeSystems: all.flatMap(({ codeSystems }) => codeSystems),
  valueSets: all.flatMap(({ valueSets }) => valueSets),
  conceptMaps: all.flatMap(({ conceptMaps }) => conceptMaps),
});
