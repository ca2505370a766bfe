// ICD-10-CM's order file -> an edition (http://hl7.org/fhir/R4/icd.html; layout: "ICD-10-CM Order Files" of the CDC's NCHS).
// Pure: lines come in as values.
import { EditionBuilder } from '../editions/builder.js';
import type { PropertyColumn } from '../editions/file-format.js';
import { englishEdition, type BuiltEdition } from './built-edition.js';

export interface Icd10cmRow {
  /** Without its dot: `A000`. */
  readonly code: string;
  /** It may stand in a claim; a header groups others. */
  readonly isValid: boolean;
  readonly short: string;
  readonly long: string;
}

/** Columns 7 to 13, 15, 17 to 76 and from 78; undefined: the line is cut short. */
export function icd10cmRow(line: string): Icd10cmRow | undefined {
  const [, code, flag, short, long] = /^\d{5} (\S{3,7}) +([01]) (.{60}) (.+)$/.exec(line) ?? [];
  if (code === undefined || short === undefined || long === undefined) return undefined;
  return { code, isValid: flag === '1', short: short.trim(), long: long.trim() };
}

const valid: PropertyColumn = { code: 'valid', type: 'boolean', description: 'May stand in a claim' };

const uses = ['long', 'short'].map((code) => ({ system: 'http://hl7.org/fhir/sid/icd-10-cm', code, display: code }));

/** `A000` -> `A00.0` */
const dotted = (code: string): string => (code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code);

/** The nearest code that this one begins with. */
function parentOf(code: string, builder: EditionBuilder): number | undefined {
  for (let length = code.length - 1; length >= 3; length -= 1) {
    const found = builder.ordinal(dotted(code.slice(0, length)));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @param version the year: `2025`. */
export function editionOfIcd10cm(rows: readonly Icd10cmRow[], version: string): BuiltEdition {
  const builder = new EditionBuilder(rows.map(({ code }) => dotted(code)));
  for (const { code, isValid, short, long } of rows) {
    const concept = builder.ordinal(dotted(code))!;
    builder.display(concept, builder.designation(concept, { value: long, language: 0, use: 0, flags: 0 }));
    if (short !== long) builder.designation(concept, { value: short, language: 0, use: 1, flags: 0 });
    builder.property(concept, valid, String(isValid));
    const parent = parentOf(code, builder);
    if (parent !== undefined) builder.parent(concept, parent);
  }
  return englishEdition(builder, {
    url: 'http://hl7.org/fhir/sid/icd-10-cm',
    version,
    name: 'ICD10CM',
    title: 'International Classification of Diseases, 10th Revision, Clinical Modification',
    kind: 'icd10cm',
    uses,
  });
}
