// The National Drug Code Directory as the FDA publishes it, product.txt and package.txt -> an edition
// (http://hl7.org/fhir/R4/ndc.html; columns: https://www.fda.gov/drugs/drug-approvals-and-databases/ndc-product-file-definitions).
// Pure: rows come in as values.
import { designationFlags, EditionBuilder, flags } from '../editions/builder.js';
import type { PropertyColumn } from '../editions/file-format.js';
import { englishEdition, type BuiltEdition } from './built-edition.js';

/** The columns that are read of each file. */
export const ndcColumns = {
  product: [
    ...['PRODUCTNDC', 'PRODUCTTYPENAME', 'PROPRIETARYNAME', 'PROPRIETARYNAMESUFFIX', 'NONPROPRIETARYNAME'],
    ...['DOSAGEFORMNAME', 'ROUTENAME', 'STARTMARKETINGDATE', 'ENDMARKETINGDATE', 'MARKETINGCATEGORYNAME'],
    ...['APPLICATIONNUMBER', 'LABELERNAME', 'SUBSTANCENAME', 'ACTIVE_NUMERATOR_STRENGTH', 'ACTIVE_INGRED_UNIT'],
    ...['PHARM_CLASSES', 'DEASCHEDULE', 'NDC_EXCLUDE_FLAG'],
  ],
  package: [
    ...['PRODUCTNDC', 'NDCPACKAGECODE', 'PACKAGEDESCRIPTION', 'STARTMARKETINGDATE', 'ENDMARKETINGDATE'],
    ...['NDC_EXCLUDE_FLAG'],
  ],
} as const;

export type NdcKind = keyof typeof ndcColumns;

/** A row by the names of its columns. */
export type NdcRow = Readonly<Record<string, string>>;

export interface NdcDirectory {
  rows(kind: NdcKind): Iterable<NdcRow>;
  /** Told what is done next. */
  progress(step: string): void;
}

const system = 'http://hl7.org/fhir/sid/ndc';

const useCodes = ['display', 'nonproprietary', '11-digit'] as const;
const uses = useCodes.map((code) => ({ system, code, display: code }));

const string = (code: string, description: string): PropertyColumn => ({ code, type: 'string', description });

const kindOfCode: PropertyColumn = { code: 'code-type', type: 'code', description: 'product or package' };
const productOf: PropertyColumn = { code: 'product', type: 'code', description: 'The product in the package' };
const elevenDigit = string('ndc11', 'The code of the package in the 11 digits of HIPAA');
const excluded = string('NDC_EXCLUDE_FLAG', 'Why the FDA would leave it out, where the flag is not N');
const strength = string('strength', 'An active ingredient and how much of it there is');

/** Columns of product.txt that become properties, and what stands between several values. */
const stated: readonly { readonly column: PropertyColumn; readonly between?: RegExp }[] = [
  { column: string('PRODUCTTYPENAME', 'Such as HUMAN PRESCRIPTION DRUG') },
  { column: string('NONPROPRIETARYNAME', 'The active ingredients as the labeler calls them') },
  { column: string('DOSAGEFORMNAME', 'Dosage form') },
  { column: string('ROUTENAME', 'Route of administration'), between: /; */ },
  { column: string('MARKETINGCATEGORYNAME', 'Such as NDA') },
  { column: string('APPLICATIONNUMBER', 'Of the marketing category') },
  { column: string('LABELERNAME', 'The company that the labeler code belongs to') },
  { column: string('SUBSTANCENAME', 'Active ingredient'), between: /; */ },
  { column: string('PHARM_CLASSES', 'Pharmacological class'), between: /(?<=\]), */ },
  { column: string('DEASCHEDULE', 'Schedule of the Drug Enforcement Administration') },
];

const dates = ['STARTMARKETINGDATE', 'ENDMARKETINGDATE'].map((code): PropertyColumn => ({
  code,
  type: 'dateTime',
  description: 'Day of marketing',
}));

/** `20251231` -> `2025-12-31`; undefined: it is no day. */
function dayOf(text: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text ?? '') ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}

const widths = [5, 4, 2];

/**
 * The code of a package (4-4-2, 5-3-2 or 5-4-1 digits) in the 11 digits that HIPAA's transactions have: each part filled
 * up with zeros to 5-4-2, without hyphens. Undefined: it is none of these.
 *
 * @example elevenDigits('0777-3105-02') // 00777310502
 */
export function elevenDigits(code: string): string | undefined {
  const parts = code.split('-');
  const isCode = /^[\d-]{12}$/.test(code) && parts.length === 3;
  const fits = parts.every((part, index) => part !== '' && part.length <= widths[index]!);
  return isCode && fits ? parts.map((part, index) => part.padStart(widths[index]!, '0')).join('') : undefined;
}

/** `Humulin R` */
const nameOf = ({ PROPRIETARYNAME = '', PROPRIETARYNAMESUFFIX = '', NONPROPRIETARYNAME = '' }: NdcRow): string =>
  [PROPRIETARYNAME || NONPROPRIETARYNAME, PROPRIETARYNAMESUFFIX].filter((text) => text !== '').join(' ');

class Import {
  readonly builder: EditionBuilder;
  readonly #version: string;
  readonly #names = new Map<string, string>();

  constructor(codes: Iterable<string>, version: string) {
    this.builder = new EditionBuilder(codes);
    this.#version = version;
  }

  product(row: NdcRow): void {
    const code = row['PRODUCTNDC']!;
    // A product may be listed several times; the first listing speaks for it.
    if (this.#names.has(code)) return;
    const name = nameOf(row);
    this.#names.set(code, name);
    const concept = this.builder.ordinal(code)!;
    this.#name(concept, `${name} (product)`, 'display');
    this.#name(concept, row['NONPROPRIETARYNAME'], 'nonproprietary');
    this.#common(concept, 'product', row);
    for (const { column, between } of stated) this.#all(concept, column, valuesOf(row[column.code], between));
    this.#all(concept, strength, strengthsOf(row));
  }

  package(row: NdcRow): void {
    const [code, product] = [row['NDCPACKAGECODE']!, row['PRODUCTNDC']!];
    const concept = this.builder.ordinal(code)!;
    if (this.builder.hasDisplay(concept)) return;
    const named = [this.#names.get(product), row['PACKAGEDESCRIPTION']];
    this.#name(concept, `${named.filter((text) => text !== undefined).join(', ')} (package)`, 'display');
    this.#common(concept, 'package', row);
    if (this.builder.ordinal(product) !== undefined) this.builder.property(concept, productOf, product);
    const eleven = elevenDigits(code);
    this.#name(concept, eleven, '11-digit');
    this.#all(concept, elevenDigit, valuesOf(eleven));
  }

  #name(concept: number, value: string | undefined, use: (typeof useCodes)[number]): void {
    if (value === undefined || value === '') return;
    const bits = use === 'display' ? designationFlags.displayOnly : 0;
    const row = this.builder.designation(concept, { value, language: 0, use: useCodes.indexOf(use), flags: bits });
    if (use === 'display') this.builder.display(concept, row);
  }

  /** What the day of the files finds no longer on the market is inactive. */
  #common(concept: number, kind: NdcKind, row: NdcRow): void {
    this.builder.property(concept, kindOfCode, kind);
    for (const column of dates) this.#all(concept, column, valuesOf(dayOf(row[column.code])));
    // It is in the directory all the same: the flag is told, and decides nothing.
    if (row['NDC_EXCLUDE_FLAG'] !== 'N') this.#all(concept, excluded, valuesOf(row['NDC_EXCLUDE_FLAG']));
    const end = dayOf(row['ENDMARKETINGDATE']);
    if (end !== undefined && end < this.#version) this.builder.flag(concept, flags.inactive);
  }

  #all(concept: number, column: PropertyColumn, values: readonly string[]): void {
    for (const value of new Set(values)) this.builder.property(concept, column, value);
  }
}

const valuesOf = (text = '', between?: RegExp): readonly string[] =>
  (between === undefined ? [text] : text.split(between)).map((each) => each.trim()).filter((each) => each !== '');

/** `TIRZEPATIDE 2.5 mg/.5mL`; none where the lists of substances, numbers and units are not of one length. */
function strengthsOf(row: NdcRow): readonly string[] {
  const [substances, numbers, units] = ['SUBSTANCENAME', 'ACTIVE_NUMERATOR_STRENGTH', 'ACTIVE_INGRED_UNIT'].map(
    (column) => valuesOf(row[column], /; */),
  ) as [readonly string[], readonly string[], readonly string[]];
  if (substances.length !== numbers.length || numbers.length !== units.length) return [];
  return substances.map((substance, index) => `${substance} ${numbers[index]!} ${units[index]!}`);
}

function* codesOf(directory: NdcDirectory): Iterable<string> {
  for (const row of directory.rows('product')) yield row['PRODUCTNDC']!;
  for (const row of directory.rows('package')) yield row['NDCPACKAGECODE']!;
}

/** @param version the day of the files: `2025-07-11`. */
export function editionOfNdc(directory: NdcDirectory, version: string): BuiltEdition {
  directory.progress('codes');
  const ndc = new Import(codesOf(directory), version);
  directory.progress('products');
  for (const row of directory.rows('product')) ndc.product(row);
  directory.progress('packages');
  for (const row of directory.rows('package')) ndc.package(row);
  directory.progress('index');
  const { builder } = ndc;
  return englishEdition(builder, {
    url: system,
    version,
    name: 'NDC',
    title: 'National Drug Code Directory',
    kind: 'ndc',
    uses,
  });
}
