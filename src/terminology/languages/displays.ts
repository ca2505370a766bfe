// The displays of a concept: which one to show to somebody who would like certain languages, and which ones are right.
import type { Concept, Designation, DefinedCodeSystem } from '../code-systems/code-system.js';
import type { Coding, DesignationElement, IncludedConcept } from '../resources.js';
import { fitOf, isWanted, type Languages } from './languages.js';

export interface Display extends Designation {
  /** The concept's own display, or the value set's. */
  readonly isMain?: boolean;
}

/** http://terminology.hl7.org/CodeSystem/hl7TermMaintInfra#preferredForLanguage */
export const preferredForLanguage: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/hl7TermMaintInfra',
  code: 'preferredForLanguage',
  display: 'Preferred For Language',
};

/** The concept as it is used: in its code system, and perhaps listed in a value set. */
export interface UsedConcept {
  readonly system: DefinedCodeSystem;
  readonly concept: Concept;
  readonly listed?: IncludedConcept | undefined;
}

/** The display that stands when no language is asked for; the value set's own goes before the code system's. */
export function mainDisplay({ system, concept, listed }: UsedConcept): Display | undefined {
  const value = listed?.display ?? concept.display;
  if (value === undefined) return undefined;
  const { language } = system;
  return language === undefined ? { value, isMain: true } : { language, value, isMain: true };
}

/** All designations, those of the value set after those of the code system. */
export const designationsOf = ({ concept, listed }: UsedConcept): readonly Designation[] => [
  ...concept.designations,
  ...(listed?.designation ?? []),
];

/** Main display first, then the designations that may stand for it. */
export const displaysOf = (used: UsedConcept): readonly Display[] => {
  const main = mainDisplay(used);
  return [...(main === undefined ? [] : [main]), ...designationsOf(used).filter(isForDisplay)];
};

const sctUses: ReadonlySet<string> = new Set(['900000000000003001', '900000000000013009']);
const loincUses = ['LONG_COMMON_NAME', 'SHORTNAME', 'LinguisticVariantDisplayName'];
const displayUses: ReadonlySet<string> = new Set([
  ...['preferredForLanguage', 'display', 'synonym'],
  ...sctUses,
  ...loincUses,
]);

// A designation of another use (a consumer name, an old spelling) says what it is for, and that is not the display.
const isForDisplay = ({ use }: DesignationElement): boolean => use?.code === undefined || displayUses.has(use.code);

/** What is best shown; undefined when nothing may be (`*; q=0`, or there is no display at all). */
export function bestDisplay(used: UsedConcept, languages: Languages | undefined): Display | undefined {
  if (languages === undefined) return mainDisplay(used);
  const displays = displaysOf(used);
  const main = displays.find(({ isMain }) => isMain);
  for (const { tag } of languages.wanted) {
    const found = tag === '*' ? main : bestFor(tag, displays);
    if (found !== undefined) return found;
  }
  return languages.strict ? undefined : main;
}

function bestFor(tag: string, displays: readonly Display[]): Display | undefined {
  let best: Display | undefined;
  for (const display of displays) if (fitOf(tag, display.language) > fitOf(tag, best?.language)) best = display;
  return best;
}

/** The displays that are right for who asks: those in a wanted language, or without one; without a wish all of them. */
export function rightDisplays(used: UsedConcept, languages: Languages | undefined): readonly Display[] {
  const displays = [...displaysOf(used), ...designationsOf(used).filter((each) => !isForDisplay(each))];
  if (languages === undefined || languages.wanted.some(({ tag }) => tag === '*')) return displays;
  return displays.filter(({ language }) => language === undefined || isWanted(languages, language));
}
