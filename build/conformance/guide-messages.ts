// The HL7 v2-to-FHIR guide's message tables, as far as they say which segment tables run and which references join the rest.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

export interface GuideMessages {
  /** Segment tables that a message table runs: `PID[Patient]`. */
  readonly runs: readonly string[];
  /** References that a message table writes: `Encounter.subject`. */
  readonly references: readonly string[];
}

/** What the message tables say together: the guide has 13 of them, and other structures hold the same segments. */
export function readMessages(guide: string): GuideMessages {
  const folder = join(guide, 'mappings', 'messages');
  const files = readdirSync(folder).filter((file) => file.endsWith('.csv'));
  const tables = files.map((file) => messageTable(readFileSync(join(folder, file), 'utf8')));
  const all = (of: (table: GuideMessages) => readonly string[]): string[] => [...new Set(tables.flatMap(of))].sort();
  return { runs: all(({ runs }) => runs), references: all(({ references }) => references) };
}

/** One table: a banner, the header, then the rows. Cells are addressed by position, as in guide-rows.ts. */
export function messageTable(text: string): GuideMessages {
  const [, , ...rows] = parse(text, { bom: true, relax_column_count: true });
  return {
    runs: rows.flatMap((cells) => cells[10]?.trim() || []),
    references: rows.flatMap((cells) => referencesIn(cells[11] ?? '')),
  };
}

/** `Provenance[1].target.reference=Bundle.id; …` -> `Provenance.target`; a cell in quotes assigns no reference. */
const referencesIn = (cell: string): string[] =>
  cell.split(/[;\n]/).flatMap((assignment) => {
    const [target = '', value = ''] = assignment.trim().split('=');
    if (value === '' || value.startsWith('"')) return [];
    const path = target.replace(/\[[^\]]*\]/g, '').replace(/\.(reference|id)$/, '');
    return /^[A-Z]\w+(\.[a-z]\w*)+$/.test(path) ? [path] : [];
  });
