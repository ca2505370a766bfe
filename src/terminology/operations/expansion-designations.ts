// The designations that an expansion shows beside the display (`includeDesignations`, `designation`).
import {
  designationsOf,
  mainDisplay,
  preferredForLanguage,
  type Display,
  type UsedConcept,
} from '../languages/displays.js';
import { fitOf } from '../languages/languages.js';
import type { DesignationElement } from '../resources.js';

interface Wish {
  readonly includeDesignations: boolean;
  readonly designations: readonly string[];
}

const languageSystem = 'urn:ietf:bcp:47';

function isWished({ language, use }: DesignationElement, wishes: readonly string[]): boolean {
  return wishes.some((wish) => {
    const [system = '', code = ''] = wish.split('|');
    if (system === languageSystem) return fitOf(code, language) === 3;
    return use?.code === code && (use.system ?? '') === system;
  });
}

/** All designations but the one that is shown as display; the main display among them when another one took its place. */
export function shownDesignations(
  used: UsedConcept,
  display: Display | undefined,
  { includeDesignations, designations: wishes }: Wish,
): readonly DesignationElement[] {
  if (!includeDesignations && wishes.length === 0) return [];
  const main = mainDisplay(used);
  const replaced = main === undefined || display?.isMain === true ? [] : [asDesignation(main)];
  const others = designationsOf(used).filter((each) => each !== display);
  const all = [...replaced, ...others.map(({ source: _source, ...element }) => element)];
  return wishes.length === 0 ? all : all.filter((each) => isWished(each, wishes));
}

/** A display as the designation it also is. */
export const asDesignation = ({ language, value }: Display): DesignationElement => ({
  ...(language !== undefined && { language }),
  use: preferredForLanguage,
  value,
});
