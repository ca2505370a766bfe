// concord terminology import rxnorm: an unpacked full release in RRF.
import { Command } from 'commander';
import { rxNormRelease } from '../../../adapters/terminology/rxnorm-files.js';
import { editionOfRxNorm } from '../../../terminology/sources/rxnorm.js';
import { killed, runImport, toOption } from './run.js';

export const rxnormCommand = (): Command =>
  new Command('rxnorm')
    .summary('RxNorm, from an unpacked release in RRF')
    .description(
      `Reads RXNCONSO, RXNREL, RXNSTY and RXNSAT below a folder; of the sources only RxNorm's own codes. ${killed}`,
    )
    .argument('<folder>', 'the unpacked release')
    .requiredOption('--edition-version <day>', 'its version as RxNorm writes it: 08042025')
    .addOption(toOption())
    .action((folder: string, { editionVersion, to }: { editionVersion: string; to?: string }) => {
      runImport(folder, to, (progress) => editionOfRxNorm(rxNormRelease(folder, progress), editionVersion));
    });
