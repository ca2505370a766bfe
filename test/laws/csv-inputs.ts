// CSV files of the kinds a package declares: its columns, values by their names, and what goes wrong in exports.
import type { FileSyntax } from '../../src/mappings/language/syntax.js';
import type { Random } from './random.js';
import { someCode, someIsoTime, someNumber, someText } from './text.js';

export function someCsv(random: Random, files: Readonly<Record<string, FileSyntax>>): Buffer {
  const file = files[random.pick(Object.keys(files))];
  const columns = driftedColumns(file?.columns ?? [], random);
  const delimiter = random.pick([',', ',', ',', ',', ';', '\t', '|']);
  const newline = random.pick(['\n', '\n', '\r\n', '\r']);
  const rows: string[][] = [];
  for (let n = random.below(12); n > 0; n--) rows.push(row(columns, rows.at(-1), random));
  const lines = [columns, ...rows].map((values) =>
    values.map((value) => quoted(value, delimiter, random)).join(delimiter),
  );
  const text = lines.join(newline) + (random.chance(0.9) ? newline : '');
  return Buffer.from(random.chance(0.03) ? `\u{feff}${text}` : text);
}

function driftedColumns(columns: readonly string[], random: Random): string[] {
  const drifted = [...columns];
  if (random.chance(0.05)) drifted.splice(random.below(drifted.length), 1);
  if (random.chance(0.05))
    drifted.splice(random.below(drifted.length), 0, random.pick(['NEW', 'Straße', ' ', drifted[0] ?? '']));
  return drifted;
}

/** Half of the rows share their first values with the row before, as grouped files do. */
function row(columns: readonly string[], previous: readonly string[] | undefined, random: Random): string[] {
  const kept = previous !== undefined && random.chance(0.5) ? random.below(columns.length) : 0;
  const values = columns.map((column, index) => (index < kept ? (previous?.[index] ?? '') : cell(column, random)));
  if (random.chance(0.03)) values.pop();
  if (random.chance(0.02)) values.push(someText(random));
  return values;
}

const vocabularies: Readonly<Record<string, readonly string[]>> = {
  GENDER: ['M', 'F', 'X', ''],
  MARITAL: ['M', 'S', 'D', 'W', ''],
  RACE: ['white', 'black', 'asian', 'native', 'other'],
  ETHNICITY: ['hispanic', 'nonhispanic'],
  ENCOUNTERCLASS: ['wellness', 'ambulatory', 'inpatient', 'emergency', 'virtual'],
  CATEGORY: ['vital-signs', 'laboratory', 'survey', 'exam', 'environment', ''],
  CODE: ['8302-2', '8462-4', '8480-6', '2345-7', '72514-3', '44054006', '140', 'x'],
  TYPE: ['numeric', 'text', 'allergy', 'intolerance'],
  UNITS: ['cm', 'mm[Hg]', 'mg/dL', '{score}', 'kilo', ''],
  SYSTEM: ['SNOMED-CT', 'Unknown', 'http://snomed.info/sct'],
};

function cell(column: string, random: Random): string {
  if (random.chance(0.15)) return '';
  const vocabulary = vocabularies[column];
  if (vocabulary !== undefined && random.chance(0.9)) return random.pick(vocabulary);
  if (/DATE|START|STOP/.test(column)) return someIsoTime(random);
  if (/^Id$|PATIENT|ENCOUNTER|ORGANIZATION|PROVIDER|PAYER/.test(column)) return uuid(random);
  return random.pick([someText, someNumber, someCode, someText])(random);
}

const uuid = (random: Random): string => `5f1b6c1e-0000-4000-8000-${String(random.below(40)).padStart(12, '0')}`;

/** Quoted where it must be, and now and then where it need not be or in the wrong way. */
function quoted(value: string, delimiter: string, random: Random): string {
  if (random.chance(0.004)) return `${value}"`;
  const must = /["\r\n]/.test(value) || value.includes(delimiter);
  return must || random.chance(0.03) ? `"${value.replaceAll('"', '""')}"` : value;
}
