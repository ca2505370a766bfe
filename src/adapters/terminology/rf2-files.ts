// The files of a SNOMED CT release folder, read row by row. What is cut short or damaged is refused with file and line.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GatewayError } from '../../model/error.js';
import type { Rf2Kind, Rf2Release } from '../../terminology/sources/rf2.js';
import { tabbedRows } from './release-rows.js';

/** Names by RF2's file naming convention. */
const patterns: Readonly<Record<Rf2Kind, RegExp>> = {
  concept: /^x?sct2_Concept_\w*Snapshot/,
  description: /^x?sct2_Description_\w*Snapshot/,
  relationship: /^x?sct2_Relationship_\w*Snapshot/,
  concrete: /^x?sct2_RelationshipConcreteValues_\w*Snapshot/,
  language: /^x?der2_cRefset_\w*LanguageSnapshot/,
  simple: /^x?der2_Refset_\w*Simple\w*Snapshot/,
  association: /^x?der2_cRefset_\w*Association\w*Snapshot/,
};

/** The release in a folder. Throws a GatewayError `not-found` when it has no snapshot of concepts. */
export function rf2Release(folder: string, progress: (step: string) => void): Rf2Release {
  const all = readdirSync(folder, { recursive: true }).map(String).sort();
  const filesOf = (kind: Rf2Kind) => all.filter((name) => name.endsWith('.txt') && patterns[kind].test(basename(name)));
  for (const kind of ['concept', 'description', 'relationship'] as const)
    if (filesOf(kind).length === 0)
      throw new GatewayError('not-found', `${folder} has no snapshot file of SNOMED CT's ${kind}s (RF2).`);
  return {
    progress,
    *rows(kind) {
      for (const name of filesOf(kind)) yield* tabbedRows(join(folder, name));
    },
  };
}

/** `20250909`, as the file of concepts has it. */
export function releaseDate(folder: string): string | undefined {
  const names = readdirSync(folder, { recursive: true }).map((name) => basename(String(name)));
  return /_(\d{8})\.txt$/.exec(names.find((name) => patterns.concept.test(name)) ?? '')?.[1];
}
