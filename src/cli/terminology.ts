// concord terminology: content in, questions to it.
import { Command } from 'commander';
import { terminologyImportCommand } from './terminology/import.js';
import { terminologyLookupCommand } from './terminology/lookup.js';

export const terminologyCommand = (): Command =>
  new Command('terminology')
    .summary('import code systems, look up codes')
    .description(
      'Imports releases of code systems into the folder the gateway reads them from, and asks what is there.',
    )
    .addCommand(terminologyImportCommand())
    .addCommand(terminologyLookupCommand());
