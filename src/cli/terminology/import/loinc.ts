// concord terminology import loinc: an unpacked LOINC release.
import { Command } from 'commander';
import { loincRelease } from '../../../adapters/terminology/loinc-files.js';
import { editionOfLoinc } from '../../../terminology/sources/loinc.js';
import { killed, runImport, toOption } from './run.js';

export const loincCommand = (): Command =>
  new Command('loinc')
    .summary('LOINC, from an unpacked release')
    .description(
      `Reads the table, parts, answer lists, hierarchy and linguistic variants below a folder (Loinc_2.80 or the like).\nYou need to accept the LOINC licence. ${killed}`,
    )
    .argument('<folder>', 'the unpacked release')
    .option('--edition-version <version>', 'its version; default: that of the latest change in the table')
    .addOption(toOption())
    .action((folder: string, { editionVersion, to }: { editionVersion?: string; to?: string }) => {
      runImport(folder, to, (progress) => editionOfLoinc(loincRelease(folder, progress), { version: editionVersion }));
    });
