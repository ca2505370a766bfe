// A LOINC release -> an edition (https://loinc.org/kb/users-guide/loinc-database-structure/): terms, parts, answer lists and
// answers, all of them codes of http://loinc.org, with the hierarchy by components. Pure: rows come in as values.
import { designationFlags, EditionBuilder, flags } from '../editions/builder.js';
import type { PropertyColumn } from '../editions/file-format.js';
import { compareVersions } from '../versions.js';
import type { BuiltEdition } from './built-edition.js';

/** The columns that are read of each file. */
export const loincColumns = {
  table: [
    ...['LOINC_NUM', 'COMPONENT', 'PROPERTY', 'TIME_ASPCT', 'SYSTEM', 'SCALE_TYP', 'METHOD_TYP', 'CLASS', 'STATUS'],
    ...['CLASSTYPE', 'LONG_COMMON_NAME', 'SHORTNAME', 'VersionLastChanged', 'EXTERNAL_COPYRIGHT_NOTICE'],
  ],
  part: ['PartNumber', 'PartTypeName', 'PartName', 'PartDisplayName', 'Status'],
  partLink: ['LoincNumber', 'PartNumber', 'Property'],
  answer: ['AnswerListId', 'AnswerListName', 'AnswerStringId', 'SequenceNumber', 'DisplayText'],
  answerLink: ['LoincNumber', 'AnswerListId'],
  hierarchy: ['IMMEDIATE_PARENT', 'CODE', 'CODE_TEXT'],
  consumerName: ['LoincNumber', 'ConsumerName'],
  mapTo: ['LOINC', 'MAP_TO'],
  variant: ['LOINC_NUM', 'LONG_COMMON_NAME', 'SHORTNAME', 'LinguisticVariantDisplayName'],
} as const;

export type LoincKind = Exclude<keyof typeof loincColumns, 'variant'>;

/** A row by the names of its columns. */
export type LoincRow = Readonly<Record<string, string>>;

export interface LoincRelease {
  /** The rows of all files of a kind; none where the release has no such file. */
  rows(kind: LoincKind): Iterable<LoincRow>;
  /** The languages there are variants in, as tags: `de-DE`. */
  readonly languages: readonly string[];
  variant(language: string): Iterable<LoincRow>;
  /** Told what is done next. */
  progress(step: string): void;
}

export interface LoincOptions {
  /** `2.80`; undefined: the version in which a term of the table was last changed. */
  readonly version?: string | undefined;
}

const url = 'http://loinc.org';
const english = 'en-US';

const useCodes = ['LONG_COMMON_NAME', 'SHORTNAME', 'ConsumerName', 'LinguisticVariantDisplayName'] as const;
const uses = useCodes.map((code) => ({ system: url, code, display: code }));

const use = (code: (typeof useCodes)[number]): number => useCodes.indexOf(code);

/** Where the release links a part to the term, the axis is the part; else it is the text of the table. */
const axes = ['COMPONENT', 'PROPERTY', 'TIME_ASPCT', 'SYSTEM', 'SCALE_TYP', 'METHOD_TYP', 'CLASS'] as const;

const texts = [
  ...['CLASSTYPE', 'ORDER_OBS', 'UNITSREQUIRED', 'EXAMPLE_UNITS', 'EXAMPLE_UCUM_UNITS', 'RELATEDNAMES2', 'PanelType'],
  ...['FORMULA', 'SURVEY_QUEST_TEXT', 'EXTERNAL_COPYRIGHT_NOTICE', 'DefinitionDescription', 'AskAtOrderEntry'],
  ...['HL7_ATTACHMENT_STRUCTURE', 'ValidHL7AttachmentRequest', 'VersionLastChanged', 'VersionFirstReleased'],
] as const;

const status: PropertyColumn = {
  code: 'STATUS',
  type: 'string',
  uri: 'http://hl7.org/fhir/concept-properties#status',
  description: 'Status of the term',
};

const coded = (code: string): PropertyColumn => ({ code, type: 'code' });
const text = (code: string): PropertyColumn => ({ code, type: 'string' });

class Import {
  readonly builder: EditionBuilder;
  readonly release: LoincRelease;
  readonly languages: string[] = [english];
  version = '';

  constructor(release: LoincRelease) {
    this.release = release;
    this.builder = new EditionBuilder(codesOf(release));
  }

  language(tag: string): number {
    if (!this.languages.includes(tag)) this.languages.push(tag);
    return this.languages.indexOf(tag);
  }

  /** A name; empty ones are left out. @returns its row. */
  name(concept: number, value: string | undefined, code: (typeof useCodes)[number], language = english, bits = 0) {
    if (value === undefined || value === '') return undefined;
    return this.builder.designation(concept, {
      value,
      language: this.language(language),
      use: use(code),
      flags: bits,
    });
  }

  /** The one name of a part, an answer or a list. */
  only(code: string, value: string | undefined): void {
    const concept = this.builder.ordinal(code);
    if (concept === undefined || this.builder.hasDisplay(concept)) return;
    const row = this.name(concept, value, 'LONG_COMMON_NAME', english, designationFlags.displayOnly);
    if (row !== undefined) this.builder.display(concept, row);
  }

  property(concept: number, column: PropertyColumn, value: string | undefined): void {
    if (value !== undefined && value !== '') this.builder.property(concept, column, value);
  }
}

/** Every code that any file names: hierarchies have parts of their own. */
function* codesOf(release: LoincRelease): Iterable<string> {
  release.progress('codes');
  for (const row of release.rows('table')) yield row['LOINC_NUM']!;
  for (const row of release.rows('part')) yield row['PartNumber']!;
  for (const row of release.rows('answer')) {
    yield row['AnswerListId']!;
    if (row['AnswerStringId'] !== '') yield row['AnswerStringId']!;
  }
  for (const row of release.rows('hierarchy')) yield row['CODE']!;
}

/** The edition of a release. A row that refers to a code the release does not have is left out: subsets have such. */
export function editionOfLoinc(release: LoincRelease, options: LoincOptions): BuiltEdition {
  const loinc = new Import(release);
  addParts(loinc);
  addTerms(loinc, addPartLinks(loinc));
  addAnswers(loinc);
  addHierarchy(loinc);
  addVariants(loinc);
  release.progress('hierarchy, closure and index');
  const { builder, languages } = loinc;
  const sections = builder.sections();
  return {
    stated: {
      url,
      version: options.version ?? loinc.version,
      name: 'LOINC',
      title: 'Logical Observation Identifiers, Names and Codes (LOINC)',
      kind: 'loinc',
      language: english,
      concepts: builder.codes.length,
      languages,
      uses,
      properties: builder.properties,
    },
    sections,
  };
}

function addParts(loinc: Import): void {
  loinc.release.progress('parts');
  for (const row of loinc.release.rows('part')) {
    const concept = loinc.builder.ordinal(row['PartNumber']!)!;
    loinc.only(row['PartNumber']!, row['PartName'] || row['PartDisplayName']);
    loinc.property(concept, text('PartTypeName'), row['PartTypeName']);
    if (row['PartDisplayName'] !== row['PartName'])
      loinc.property(concept, text('PartDisplayName'), row['PartDisplayName']);
    if (row['Status'] !== 'ACTIVE') addStatus(loinc, concept, row['Status']!);
  }
}

/** What the guide says no longer to use: DISCOURAGED and INACTIVE end a code's use, DEPRECATED is a state of its own. */
function addStatus(loinc: Import, concept: number, value: string): void {
  loinc.property(concept, status, value);
  if (value === 'DISCOURAGED' || value === 'INACTIVE') loinc.builder.flag(concept, flags.inactive);
}

/** @returns the axes that are linked, as `term axis`. */
function addPartLinks(loinc: Import): ReadonlySet<string> {
  loinc.release.progress('links to parts');
  const linked = new Set<string>();
  const seen = new Set<string>();
  for (const row of loinc.release.rows('partLink')) {
    const [term, part] = [row['LoincNumber']!, row['PartNumber']!];
    const property = row['Property']!.slice(row['Property']!.lastIndexOf('/') + 1);
    const concept = loinc.builder.ordinal(term);
    const key = `${term} ${property} ${part}`;
    if (concept === undefined || seen.has(key)) continue;
    seen.add(key);
    linked.add(`${term} ${property}`);
    loinc.property(concept, coded(property), part);
  }
  return linked;
}

function addTerms(loinc: Import, linked: ReadonlySet<string>): void {
  loinc.release.progress('terms');
  for (const row of loinc.release.rows('table')) {
    const term = row['LOINC_NUM']!;
    const concept = loinc.builder.ordinal(term)!;
    const display = loinc.name(concept, row['LONG_COMMON_NAME'], 'LONG_COMMON_NAME');
    if (display !== undefined) loinc.builder.display(concept, display);
    loinc.name(concept, row['SHORTNAME'], 'SHORTNAME');
    for (const axis of axes) if (!linked.has(`${term} ${axis}`)) loinc.property(concept, text(axis), row[axis]);
    for (const column of texts) loinc.property(concept, text(column), row[column]);
    addStatus(loinc, concept, row['STATUS']!);
    if (isNewer(row['VersionLastChanged'] ?? '', loinc.version)) loinc.version = row['VersionLastChanged']!;
  }
  for (const row of loinc.release.rows('consumerName')) {
    const concept = loinc.builder.ordinal(row['LoincNumber']!);
    if (concept !== undefined) loinc.name(concept, row['ConsumerName'], 'ConsumerName');
  }
  for (const row of loinc.release.rows('mapTo')) {
    const concept = loinc.builder.ordinal(row['LOINC']!);
    if (concept !== undefined) loinc.property(concept, coded('MAP_TO'), row['MAP_TO']);
  }
}

const isNewer = (a: string, b: string): boolean => compareVersions(a, b) > 0;

function addAnswers(loinc: Import): void {
  loinc.release.progress('answer lists');
  const { builder } = loinc;
  for (const row of loinc.release.rows('answer')) {
    const [list, answer] = [row['AnswerListId']!, row['AnswerStringId']!];
    loinc.only(list, row['AnswerListName']);
    if (answer === '') continue;
    loinc.only(answer, row['DisplayText']);
    const [listed, member] = [builder.ordinal(list)!, builder.ordinal(answer)!];
    builder.member(listed, member);
    loinc.property(listed, coded('Answer'), answer);
    loinc.property(member, coded('AnswerList'), list);
  }
  for (const row of loinc.release.rows('answerLink')) {
    const [term, list] = [builder.ordinal(row['LoincNumber']!), builder.ordinal(row['AnswerListId']!)];
    if (term === undefined || list === undefined) continue;
    loinc.property(term, coded('AnswerList'), row['AnswerListId']);
    loinc.property(list, coded('answers-for'), row['LoincNumber']);
  }
}

function addHierarchy(loinc: Import): void {
  const { builder } = loinc;
  // A row for each path to the root: what stands below several parents repeats all that is below it.
  const seen = new Set<string>();
  for (const row of loinc.release.rows('hierarchy')) {
    const [child, parent] = [builder.ordinal(row['CODE']!)!, builder.ordinal(row['IMMEDIATE_PARENT']!)];
    loinc.only(row['CODE']!, row['CODE_TEXT']);
    const key = `${child} ${parent}`;
    if (parent !== undefined && !seen.has(key)) builder.parent(child, parent);
    seen.add(key);
  }
}

function addVariants(loinc: Import): void {
  for (const language of loinc.release.languages) {
    loinc.release.progress(`names in ${language}`);
    for (const row of loinc.release.variant(language)) {
      const concept = loinc.builder.ordinal(row['LOINC_NUM']!);
      if (concept === undefined) continue;
      for (const code of ['LONG_COMMON_NAME', 'SHORTNAME', 'LinguisticVariantDisplayName'] as const)
        loinc.name(concept, row[code], code, language);
    }
  }
}
