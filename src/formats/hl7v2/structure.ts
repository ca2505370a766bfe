// The message structure: MSH-9.3 if it names one, else the one that table 0354 gives for the trigger event.
import type { Hl7v2Dictionary } from './dictionary.js';

/** The structure's name, and whether the dictionary has its grammar. */
export interface Structure {
  readonly name: string;
  readonly known: boolean;
}

/**
 * Finds the structure of a message by MSH-9 (type, trigger event, structure). A structure that is really a trigger
 * event (`ADT_A08`) is led back to its structure.
 */
export function structureOf(dictionary: Hl7v2Dictionary, type: string, trigger: string, declared: string): Structure {
  const candidates = [declared, `${type}_${trigger}`, type];
  for (const candidate of candidates) {
    const name = dictionary.triggers[candidate.replace('_', '^')] ?? candidate;
    if (Object.hasOwn(dictionary.structures, name)) return { name, known: true };
  }
  return { name: declared || (trigger === '' ? type : `${type}_${trigger}`), known: false };
}
