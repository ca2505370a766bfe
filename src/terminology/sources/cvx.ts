// CVX, codes of vaccines administered, as the CDC's flat file has them -> an edition (http://hl7.org/fhir/R4/cvx.html).
// Pure: rows come in as values.
import { EditionBuilder, flags } from '../editions/builder.js';
import type { PropertyColumn } from '../editions/file-format.js';
import { englishEdition, type BuiltEdition } from './built-edition.js';

const system = 'http://hl7.org/fhir/sid/cvx';

const columns = {
  notes: { code: 'notes', type: 'string' },
  status: { code: 'VaccineStatus', type: 'string', uri: 'http://hl7.org/fhir/concept-properties#status' },
} as const satisfies Readonly<Record<string, PropertyColumn>>;

const uses = ['short', 'full'].map((code) => ({ system, code, display: code }));

/** The columns that every edition of the file begins with: code, short description, full name, notes, status. */
export const cvxColumns = 5;

/** @param version the day of the file: `20250801`. */
export function editionOfCvx(rows: readonly (readonly string[])[], version: string): BuiltEdition {
  const cells = rows.map((row) => row.map((cell) => cell.trim()));
  const builder = new EditionBuilder(cells.map(([code = '']) => code));
  for (const [code = '', short = '', full = '', notes = '', status = ''] of cells) {
    const concept = builder.ordinal(code)!;
    builder.display(concept, builder.designation(concept, { value: short, language: 0, use: 0, flags: 0 }));
    if (full !== '' && full !== short) builder.designation(concept, { value: full, language: 0, use: 1, flags: 0 });
    if (notes !== '') builder.property(concept, columns.notes, notes);
    builder.property(concept, columns.status, status);
    // Active, Inactive, Never Active, Non-US, Pending: the last three are codes in use where they are meant for.
    if (/^(never active|inactive)$/i.test(status)) builder.flag(concept, flags.inactive);
  }
  return englishEdition(builder, {
    url: system,
    version,
    name: 'CVX',
    title: 'CVX: vaccines administered',
    kind: 'cvx',
    uses,
  });
}
