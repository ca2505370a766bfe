// concord terminology import icd-10-cm: an order file.
import { Command } from 'commander';
import { readLines } from '../../../adapters/terminology/release-rows.js';
import { editionOfIcd10cm, icd10cmRow } from '../../../terminology/sources/icd10cm.js';
import { killed, runImport, toOption } from './run.js';

export const icd10cmCommand = (): Command =>
  new Command('icd-10-cm')
    .summary('ICD-10-CM, from an order file')
    .description(`Reads the order file of the CDC's NCHS (icd10cm-order-2025.txt). ${killed}`)
    .argument('<file>', 'the order file')
    .requiredOption('--edition-version <year>', 'its version: the year, 2025')
    .addOption(toOption())
    .action((file: string, { editionVersion, to }: { editionVersion: string; to?: string }) => {
      runImport(file, to, () => editionOfIcd10cm([...readLines(file, icd10cmRow)], editionVersion), 'file');
    });
