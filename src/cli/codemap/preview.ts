// concord codemap preview: what a draft would change of stored messages.
import { Command } from 'commander';
import type { Preview } from '../../adapters/codemaps/preview.js';
import { behaviourLines, codeMapLines } from '../map/diff/table.js';
import { plural } from '../map/diff/words.js';
import { ask, gatewayOption, sending, type GatewayOption } from './running-gateway.js';

export const previewCommand = (): Command =>
  new Command('preview')
    .summary('show what a draft would change of stored messages')
    .description('Runs messages that met its codes, then the newest of the feed, with the draft and without.')
    .argument('<draft>', 'id of the draft')
    .option('--messages <n>', 'at most so many', '500')
    .option('--json', 'print the answer as it is')
    .addOption(gatewayOption())
    .action(
      async (draft: string, { messages, json, ...gateway }: GatewayOption & { messages: string; json?: true }) => {
        const path = `/v1/codemaps/drafts/${encodeURIComponent(draft)}/preview?messages=${encodeURIComponent(messages)}`;
        const answer = await ask(path, gateway, sending());
        process.stdout.write(json === true ? `${answer}\n` : previewText(JSON.parse(answer) as Preview));
      },
    );

const previewText = ({ feed, map, before, after, codeMaps, behaviour }: Preview): string =>
  [
    `${map}@${before} against ${map}@${after}, on feed ${feed}`,
    `  ${plural(behaviour.messages, 'message')}: ${behaviour.changed === 0 ? 'none differs' : `${behaviour.changed} differ`}`,
    '',
    'Rows',
    ...codeMapLines(codeMaps),
    ...behaviourLines(behaviour),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
