// concord terminology import snomed: an unpacked RF2 release.
import { Command } from 'commander';
import { releaseDate, rf2Release } from '../../../adapters/terminology/rf2-files.js';
import { GatewayError } from '../../../model/error.js';
import { editionOfRf2 } from '../../../terminology/sources/rf2.js';
import { killed, runImport, toOption } from './run.js';

interface SnomedOptions {
  readonly editionVersion?: string;
  readonly dialect: string;
  readonly language: string;
  readonly to?: string;
}

export const snomedCommand = (): Command =>
  new Command('snomed')
    .summary('SNOMED CT, from an unpacked RF2 release')
    .description(
      `Reads the snapshot files below a folder. You need a licence of SNOMED International or of your national centre.\n${killed}`,
    )
    .argument('<folder>', 'the unpacked release')
    .option('--edition-version <uri>', 'its version; default: the international edition of the date in the file names')
    .option('--dialect <id>', 'language reference set that displays are taken from', '900000000000509007')
    .option('--language <tag>', 'the language of that dialect', 'en-US')
    .addOption(toOption())
    .action((folder: string, { editionVersion, dialect, language, to }: SnomedOptions) => {
      runImport(folder, to, (progress) => {
        const version = editionVersion ?? internationalVersion(folder);
        return editionOfRf2(rf2Release(folder, progress), { version, dialect, language });
      });
    });

function internationalVersion(folder: string): string {
  const date = releaseDate(folder);
  if (date !== undefined) return `http://snomed.info/sct/900000000000207008/version/${date}`;
  throw new GatewayError('incorrect', `The files of ${folder} have no date in their names: give --edition-version.`);
}
