// Codes of the dictionary that went out of use in their code system: no fault, for what was meant by them stays meant.
import { isInactive } from '../code-systems/concept-state.js';
import { replacementsOf } from '../code-systems/replacement.js';
import { findSystem, type Content } from '../content.js';
import { printCanonical } from '../resources.js';
import type { DictionaryConcept } from './dictionary.js';

/** One sentence for each such code of a concept that is in use. */
export function outdatedCodes({ id, status, codes }: DictionaryConcept, content: Content): readonly string[] {
  if (status === 'retired') return [];
  return codes.flatMap(({ system: url, code, version }) => {
    const system = findSystem(content, url, version)?.defined();
    const concept = system?.find(code);
    if (system === undefined || concept === undefined || !isInactive(system, concept)) return [];
    const others = replacementsOf(concept);
    const mend = others.length === 0 ? '' : ` ${others.join(', ')} took its place.`;
    return [`${id}: ${code} is no longer in use in ${printCanonical(url, system.version)}.${mend}`];
  });
}
