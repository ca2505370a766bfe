// concord terminology import: a release as its publisher ships it -> an edition.
import { Command } from 'commander';
import { statSync } from 'node:fs';
import { loadConfig } from '../../adapters/config.js';
import { writeEdition } from '../../adapters/terminology/edition-file.js';
import { terminologyFolder } from '../../adapters/terminology/installed-editions.js';
import { releaseDate, rf2Release } from '../../adapters/terminology/rf2-files.js';
import { GatewayError } from '../../model/error.js';
import { editionOfRf2 } from '../../terminology/sources/rf2.js';

interface SnomedOptions {
  readonly editionVersion?: string;
  readonly dialect: string;
  readonly language: string;
  readonly to?: string;
}

export const terminologyImportCommand = (): Command =>
  new Command('import').summary('import a release of a code system').addCommand(snomedCommand());

const snomedCommand = (): Command =>
  new Command('snomed')
    .summary('SNOMED CT, from an unpacked RF2 release')
    .description(
      'Reads the snapshot files below a folder. You need a licence of SNOMED International or of your national centre.\n' +
        'An import that is killed leaves nothing behind; run it again.',
    )
    .argument('<folder>', 'the unpacked release')
    .option('--edition-version <uri>', 'its version; default: the international edition of the date in the file names')
    .option('--dialect <id>', 'language reference set that displays are taken from', '900000000000509007')
    .option('--language <tag>', 'the language of that dialect', 'en-US')
    .option('--to <folder>', 'where to put the edition; default: where the gateway reads them')
    .action((folder: string, options: SnomedOptions) => importSnomed(folder, options));

function importSnomed(folder: string, { editionVersion, dialect, language, to }: SnomedOptions): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new GatewayError('not-found', `${folder} is not a folder.`);
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  const tell = (step: string) => process.stderr.write(`${seconds().padStart(7)} s  ${step}\n`);
  const version = editionVersion ?? internationalVersion(folder);
  const { stated, sections } = editionOfRf2(rf2Release(folder, tell), { version, dialect, language });
  tell('writing');
  const path = writeEdition(to ?? terminologyFolder(loadConfig(process.env)), stated, sections);
  process.stdout.write(`${stated.concepts} concepts of ${stated.url}|${version} in ${path}, ${seconds()} s\n`);
}

function internationalVersion(folder: string): string {
  const date = releaseDate(folder);
  if (date !== undefined) return `http://snomed.info/sct/900000000000207008/version/${date}`;
  throw new GatewayError('incorrect', `The files of ${folder} have no date in their names: give --edition-version.`);
}
