// concord terminology import ndc: the FDA's National Drug Code Directory.
import { Command } from 'commander';
import { ndcDirectory } from '../../../adapters/terminology/ndc-files.js';
import { GatewayError } from '../../../model/error.js';
import { editionOfNdc } from '../../../terminology/sources/ndc.js';
import { killed, runImport, toOption } from './run.js';

/** What is no longer sold is told by the day: another form of it would compare wrongly. */
function dayOf(version: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(version)) return version;
  throw new GatewayError('incorrect', '--edition-version must be a day: 2025-07-11.');
}

export const ndcCommand = (): Command =>
  new Command('ndc')
    .summary('NDC, the National Drug Code Directory, from product.txt and package.txt')
    .description(`Reads the two files of the FDA in a folder. ${killed}`)
    .argument('<folder>', 'the unpacked directory')
    .requiredOption('--edition-version <day>', 'its version: the day of the files, 2025-07-11')
    .addOption(toOption())
    .action((folder: string, { editionVersion, to }: { editionVersion: string; to?: string }) => {
      const version = dayOf(editionVersion);
      runImport(folder, to, (progress) => editionOfNdc(ndcDirectory(folder, progress), version));
    });
