// concord codemap worklist: which codes have no row in their map.
import { Command } from 'commander';
import type { SuggestedEntry } from '../../adapters/codemaps/stewardship.js';
import { ask, gatewayOption, type GatewayOption } from './running-gateway.js';

interface Options extends GatewayOption {
  readonly feed?: string;
  readonly map?: string;
  readonly limit: string;
  readonly json?: true;
}

interface Worklist {
  readonly unmapped: readonly SuggestedEntry[];
  readonly next?: number;
}

export const worklistCommand = (): Command =>
  new Command('worklist')
    .summary('list the codes that have no row in their map')
    .description('Codes that hold messages come first, then those of most messages.')
    .option('--feed <name>', 'of this feed only')
    .option('--map <name>', 'for this code map only')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'print the answer as it is')
    .addOption(gatewayOption())
    .action(async ({ feed, map, limit, json, ...gateway }: Options) => {
      const query = new URLSearchParams({ limit, ...(feed && { feed }), ...(map && { map }) });
      const answer = await ask(`/v1/codemaps/worklist?${query.toString()}`, gateway);
      process.stdout.write(json === true ? `${answer}\n` : worklistText(JSON.parse(answer) as Worklist));
    });

function worklistText({ unmapped, next }: Worklist): string {
  if (unmapped.length === 0) return 'No code is without a row.\n';
  const more = next === undefined ? '' : `There is more: --limit says how much is shown.\n`;
  return unmapped.map(entryText).join('') + more;
}

function entryText(entry: SuggestedEntry): string {
  const { feed, map, system, code, displays, messages, held, lastSeen, examples, draft, suggestions } = entry;
  const named = displays.length === 0 ? '' : `  "${displays.join('", "')}"`;
  const places = examples.map(({ position, messageId }) => `    ${position.path} of message ${messageId}\n`);
  return (
    `${code}${named}  of ${system === '' ? 'an unnamed system' : system}\n` +
    `  feed ${feed}, map ${map}: ${messages} messages, ${held} of them held; last on ${lastSeen}\n${places.join('')}` +
    suggestions.map(suggestionText).join('') +
    (draft === undefined ? '' : `    draft ${draft} waits for a reviewer\n`)
  );
}

const suggestionText = ({ target: { system, code, display }, score, reasons }: SuggestedEntry['suggestions'][number]) =>
  `    perhaps ${system}|${code}${display === undefined ? '' : ` "${display}"`} (${score}): ${reasons.join('; ')}\n`;
