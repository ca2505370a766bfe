// SNOMED CT Release Format 2, snapshot files -> an edition
// (https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification). Pure: rows come in as values.
import { designationFlags, EditionBuilder, flags } from '../editions/builder.js';
import type { PropertyColumn, Stated } from '../editions/file-format.js';
import type { BuiltEdition } from './built-edition.js';

export type Rf2Kind = 'concept' | 'description' | 'relationship' | 'concrete' | 'language' | 'simple' | 'association';

export interface Rf2Release {
  /** The rows of all files of a kind, without their headings. */
  rows(kind: Rf2Kind): Iterable<readonly string[]>;
  /** Told what is done next. */
  progress(step: string): void;
}

export interface Rf2Options {
  /** `http://snomed.info/sct/MODULE/version/DATE` */
  readonly version: string;
  /** Language reference set of the edition's own dialect. */
  readonly dialect: string;
  /** Its language: `en-US`. */
  readonly language: string;
}

const isA = '116680003';
const fullySpecified = '900000000000003001';
const preferred = '900000000000548007';
const sufficientlyDefined = '900000000000073002';
const inferred = '900000000000011006';
const additional = '900000000000227009';

const columns: Readonly<Record<'moduleId' | 'effectiveTime', PropertyColumn>> = {
  moduleId: { code: 'moduleId', type: 'code', description: 'Module' },
  effectiveTime: { code: 'effectiveTime', type: 'string', description: 'Time of the last change' },
};

const uses = [
  { system: 'http://snomed.info/sct', code: fullySpecified, display: 'Fully specified name' },
  { system: 'http://snomed.info/sct', code: '900000000000013009', display: 'Synonym' },
] as const;

/** The edition of a release. A row that refers to a concept the release does not have is left out: subsets have such. */
export function editionOfRf2(release: Rf2Release, options: Rf2Options): BuiltEdition {
  const builder = new EditionBuilder(codesOf(release));
  addConcepts(builder, release);
  const languages = addDescriptions(builder, release, options);
  addRelationships(builder, release);
  addReferenceSets(builder, release);
  release.progress('hierarchy, closure and index');
  const sections = builder.sections();
  return { stated: statedOf(builder, languages, options), sections };
}

function statedOf(builder: EditionBuilder, languages: readonly string[], { version, language }: Rf2Options): Stated {
  return {
    url: 'http://snomed.info/sct',
    version,
    name: 'SNOMED_CT',
    title: 'SNOMED CT',
    kind: 'snomed',
    language,
    concepts: builder.codes.length,
    languages,
    uses,
    properties: builder.properties,
  };
}

function* codesOf(release: Rf2Release): Iterable<string> {
  release.progress('concepts');
  for (const [id = ''] of release.rows('concept')) yield id;
}

function addConcepts(builder: EditionBuilder, release: Rf2Release): void {
  for (const [id = '', effectiveTime = '', active, moduleId = '', definition] of release.rows('concept')) {
    const concept = builder.ordinal(id)!;
    if (active !== '1') builder.flag(concept, flags.inactive);
    if (definition === sufficientlyDefined) builder.flag(concept, flags.defined);
    builder.property(concept, columns.moduleId, moduleId);
    builder.property(concept, columns.effectiveTime, effectiveTime);
  }
}

/** Descriptions; then, by the dialect's reference set, which is the preferred one. */
function addDescriptions(builder: EditionBuilder, release: Rf2Release, { dialect }: Rf2Options): readonly string[] {
  release.progress('descriptions');
  const languages: string[] = [];
  const rowOf = new Map<string, number>();
  const conceptOf: number[] = [];
  const isSynonym: boolean[] = [];
  for (const [id = '', , active, , conceptId = '', language = '', type, term = ''] of release.rows('description')) {
    const concept = builder.ordinal(conceptId);
    if (concept === undefined) continue;
    if (!languages.includes(language)) languages.push(language);
    const use = type === fullySpecified ? 0 : 1;
    const bits = active === '1' ? 0 : designationFlags.inactive;
    const row = builder.designation(concept, { value: term, language: languages.indexOf(language), use, flags: bits });
    rowOf.set(id, row);
    conceptOf[row] = concept;
    isSynonym[row] = use === 1 && active === '1';
  }
  release.progress('language reference sets');
  for (const [, , active, , set, description = '', acceptability] of release.rows('language')) {
    const row = active === '1' ? rowOf.get(description) : undefined;
    if (row === undefined || set !== dialect) continue;
    const isPreferred = acceptability === preferred;
    builder.flagDesignation(row, isPreferred ? designationFlags.preferred : designationFlags.acceptable);
    if (isPreferred && isSynonym[row] === true) builder.display(conceptOf[row]!, row);
  }
  addMissingDisplays(builder, conceptOf, isSynonym);
  return languages;
}

/** A concept that the dialect says nothing of is called by its first synonym, else by its first description. */
function addMissingDisplays(
  builder: EditionBuilder,
  conceptOf: readonly number[],
  isSynonym: readonly boolean[],
): void {
  for (const synonymsOnly of [true, false])
    conceptOf.forEach((concept, row) => {
      if ((isSynonym[row] === true || !synonymsOnly) && !builder.hasDisplay(concept)) builder.display(concept, row);
    });
}

function addRelationships(builder: EditionBuilder, release: Rf2Release): void {
  release.progress('relationships');
  for (const row of release.rows('relationship')) {
    const [, , active, , sourceId = '', destinationId = '', group = '0', typeId = '', characteristic] = row;
    if (active !== '1' || (characteristic !== inferred && characteristic !== additional)) continue;
    const [source, target] = [builder.ordinal(sourceId), builder.ordinal(destinationId)];
    if (source === undefined || target === undefined) continue;
    const type = builder.ordinal(typeId);
    if (typeId === isA) builder.parent(source, target);
    else if (type !== undefined) builder.attribute(source, type, target, Number(group));
  }
  for (const [, , active, , sourceId = '', value = '', group = '0', typeId = ''] of release.rows('concrete')) {
    const [source, type] = [builder.ordinal(sourceId), builder.ordinal(typeId)];
    if (active !== '1' || source === undefined || type === undefined) continue;
    builder.attribute(source, type, -1 - builder.text(value), Number(group));
  }
}

function addReferenceSets(builder: EditionBuilder, release: Rf2Release): void {
  release.progress('reference sets');
  for (const [, , active, , setId = '', memberId = ''] of release.rows('simple')) {
    const [set, member] = [builder.ordinal(setId), builder.ordinal(memberId)];
    if (active === '1' && set !== undefined && member !== undefined) builder.member(set, member);
  }
  for (const [, , active, , setId = '', sourceId = '', targetId = ''] of release.rows('association')) {
    const [set, source, target] = [builder.ordinal(setId), builder.ordinal(sourceId), builder.ordinal(targetId)];
    if (active !== '1' || set === undefined || source === undefined) continue;
    builder.member(set, source);
    if (target !== undefined) builder.association(source, set, target);
  }
}
