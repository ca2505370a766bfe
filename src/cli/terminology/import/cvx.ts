// concord terminology import cvx: the CDC's flat file.
import { Command } from 'commander';
import { barredRows } from '../../../adapters/terminology/release-rows.js';
import { cvxColumns, editionOfCvx } from '../../../terminology/sources/cvx.js';
import { killed, runImport, toOption } from './run.js';

export const cvxCommand = (): Command =>
  new Command('cvx')
    .summary('CVX, vaccines administered, from the file cvx.txt')
    .description(`Reads the flat file of the CDC. ${killed}`)
    .argument('<file>', 'cvx.txt')
    .requiredOption('--edition-version <day>', 'its version: the day of the file, 20250801')
    .addOption(toOption())
    .action((file: string, { editionVersion, to }: { editionVersion: string; to?: string }) => {
      runImport(file, to, () => editionOfCvx([...barredRows(file, cvxColumns)], editionVersion), 'file');
    });
