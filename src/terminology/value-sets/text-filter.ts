// The text filter of $expand: which codes somebody means who types a few letters, likeliest first.
import { foldedText, wordsOf } from '../editions/words.js';
import { displaysOf, type UsedConcept } from '../languages/displays.js';

/** Smaller is likelier; undefined: not meant. Every word typed must begin or be part of one of a display's words. */
function rankIn(text: string, words: readonly string[], typed: string): number | undefined {
  const lower = foldedText(text);
  if (!words.every((word) => lower.includes(word))) return undefined;
  if (lower === typed) return 0;
  if (lower.startsWith(typed)) return 1;
  const own = wordsOf(lower);
  return words.every((word) => own.some((each) => each.startsWith(word))) ? 2 : 3;
}

function rankOf(used: UsedConcept, words: readonly string[], typed: string): number | undefined {
  const texts = [...displaysOf(used).map(({ value }) => value), used.concept.code];
  const ranks = texts.flatMap((text) => rankIn(text, words, typed) ?? []);
  return ranks.length === 0 ? undefined : Math.min(...ranks);
}

/**
 * The codes that a text means.
 *
 * @param isRanked likeliest first; else in their own order.
 */
export function filterByText(codes: readonly UsedConcept[], text: string, isRanked: boolean): readonly UsedConcept[] {
  const typed = foldedText(text.trim());
  const words = wordsOf(typed);
  if (words.length === 0) return codes;
  const found = codes.flatMap((used) => {
    const rank = rankOf(used, words, typed);
    return rank === undefined ? [] : [{ used, rank, length: used.concept.display?.length ?? 0 }];
  });
  if (isRanked) found.sort((a, b) => a.rank - b.rank || a.length - b.length);
  return found.map(({ used }) => used);
}
