// What stands in for a concept that is no longer in use.
import { valuesOf } from './concept-state.js';
import type { Concept } from './code-system.js';

/** Properties by which code systems name a successor: those of HL7 Terminology and of LOINC. */
const successors: readonly string[] = ['replacedBy', 'replaced-by', 'successor', 'MAP_TO'];

/** Codes that mean what this one meant, as its system states them; none where it only says what may be meant. */
export const replacementsOf = (concept: Concept): readonly string[] => [
  ...new Set([...(concept.replacements ?? []), ...successors.flatMap((code) => valuesOf(concept, code))]),
];
