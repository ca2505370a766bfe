// The files of a LOINC release folder, found by the names that every release gives them.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GatewayError } from '../../model/error.js';
import { loincColumns, type LoincKind, type LoincRelease } from '../../terminology/sources/loinc.js';
import { namedRows } from './release-rows.js';

const files: Readonly<Record<LoincKind, readonly string[]>> = {
  table: ['LoincTable/Loinc.csv'],
  mapTo: ['LoincTable/MapTo.csv'],
  part: ['AccessoryFiles/PartFile/Part.csv'],
  partLink: [
    'AccessoryFiles/PartFile/LoincPartLink_Primary.csv',
    'AccessoryFiles/PartFile/LoincPartLink_Supplementary.csv',
  ],
  answer: ['AccessoryFiles/AnswerFile/AnswerList.csv'],
  answerLink: ['AccessoryFiles/AnswerFile/LoincAnswerListLink.csv'],
  hierarchy: ['AccessoryFiles/ComponentHierarchyBySystem/ComponentHierarchyBySystem.csv'],
  consumerName: ['AccessoryFiles/ConsumerName/ConsumerName.csv'],
};

/** What LOINC has been shipped without, or can be of use without. */
const optional: ReadonlySet<string> = new Set([
  'LoincTable/MapTo.csv',
  'AccessoryFiles/PartFile/LoincPartLink_Supplementary.csv',
  'AccessoryFiles/ConsumerName/ConsumerName.csv',
]);

const variantFolder = 'AccessoryFiles/LinguisticVariants';

/** `deDE15LinguisticVariant.csv` -> `de-DE` */
function languageOf(name: string): string | undefined {
  const [, language, country] = /^([a-z]{2})([A-Z]{2})\d+LinguisticVariant\.csv$/.exec(name) ?? [];
  return language === undefined ? undefined : `${language}-${country ?? ''}`;
}

function variantsIn(folder: string): ReadonlyMap<string, string> {
  const path = join(folder, variantFolder);
  const names = existsSync(path) ? readdirSync(path).sort() : [];
  return new Map(
    names.flatMap((name) => {
      const language = languageOf(basename(name));
      return language === undefined ? [] : [[language, join(path, name)] as const];
    }),
  );
}

/** The release in a folder. Throws a GatewayError `not-found` that names the files it lacks. */
export function loincRelease(folder: string, progress: (step: string) => void): LoincRelease {
  const missing = Object.values(files)
    .flat()
    .filter((name) => !optional.has(name) && !existsSync(join(folder, name)));
  if (missing.length > 0)
    throw new GatewayError('not-found', `${folder} is no unpacked LOINC release: it lacks ${missing.join(', ')}.`);
  const variants = variantsIn(folder);
  return {
    progress,
    languages: [...variants.keys()],
    *rows(kind) {
      for (const name of files[kind])
        if (existsSync(join(folder, name))) yield* namedRows(join(folder, name), loincColumns[kind]);
    },
    variant: (language) => namedRows(variants.get(language) ?? '', loincColumns.variant),
  };
}
