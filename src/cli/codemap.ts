// concord codemap: the work of stewards on code maps, asked of a running gateway.
import { Command } from 'commander';
import { approveCommand, draftsCommand, proposeCommand, refuseCommand } from './codemap/drafts.js';
import { exportCommand, importCommand } from './codemap/exchange.js';
import { previewCommand } from './codemap/preview.js';
import { worklistCommand } from './codemap/worklist.js';

export const codemapCommand = (): Command =>
  new Command('codemap')
    .summary('map the codes of senders')
    .description('Asks a running gateway: it holds the messages, and what it is told holds for them at once.')
    .addCommand(worklistCommand())
    .addCommand(proposeCommand())
    .addCommand(draftsCommand())
    .addCommand(previewCommand())
    .addCommand(approveCommand())
    .addCommand(refuseCommand())
    .addCommand(importCommand())
    .addCommand(exportCommand());
