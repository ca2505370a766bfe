// concord codemap: the work of stewards on code maps, asked of a running gateway.
import { Command } from 'commander';
import { worklistCommand } from './codemap/worklist.js';

export const codemapCommand = (): Command =>
  new Command('codemap')
    .summary('see which codes have no row in their map')
    .description('Asks a running gateway: it holds the messages, and what it is told holds for them at once.')
    .addCommand(worklistCommand());
