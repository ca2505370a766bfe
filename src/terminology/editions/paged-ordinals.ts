// A set of ordinals as pages of concepts: only those of the page are made.
import type { PagedConcepts } from '../code-systems/code-system.js';
import type { ConceptSource } from './edition-concept.js';
import { wordsOf } from './words.js';

/** Whose words begin as those of the text, and the concept whose code it is. */
function meant({ edition }: ConceptSource, text: string): Int32Array {
  const [found, byCode] = [edition.matching(text), edition.find(text.trim())];
  return byCode < 0 ? found : Int32Array.from(new Set([...found, byCode])).sort();
}

/**
 * @param ordinals sorted: pages have the edition's order.
 * @param has is the ordinal among them? Undefined: all are.
 */
export function pagedOrdinals(
  source: ConceptSource,
  ordinals: Int32Array,
  has: (ordinal: number) => boolean = () => true,
): PagedConcepts {
  const { edition } = source;
  let active: PagedConcepts | undefined;
  const isActive = (ordinal: number): boolean => !edition.isInactive(ordinal);
  const paged: PagedConcepts = {
    size: ordinals.length,
    page: (offset, count) => Array.from(ordinals.subarray(offset, offset + count), (each) => source.at(each)),
    narrowed({ activeOnly, text }) {
      if (activeOnly)
        return (active ??= pagedOrdinals(
          source,
          ordinals.filter(isActive),
          (each) => has(each) && isActive(each),
        )).narrowed({ activeOnly: false, text });
      return text === undefined || wordsOf(text).length === 0
        ? paged
        : pagedOrdinals(source, meant(source, text).filter(has));
    },
  };
  return paged;
}
