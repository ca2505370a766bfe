// concord reconciliation: where messages contradicted one another, and what people make of it, asked of a running gateway.
import { Command, Option } from 'commander';
import type { ReconciliationEntry } from '../adapters/store/records.js';
import type { MismatchSide } from '../pipeline/mismatch.js';
import { required } from './codemap/drafts.js';
import { ask, gatewayOption, sending, type GatewayOption } from './codemap/running-gateway.js';

interface Options extends GatewayOption {
  readonly feed?: string;
  readonly type?: string;
  readonly id?: string;
  readonly state: string;
  readonly limit: string;
  readonly json?: true;
}

interface Page {
  readonly reconciliation: readonly ReconciliationEntry[];
  readonly next?: string;
}

export const reconciliationCommand = (): Command =>
  new Command('reconciliation')
    .summary('see where messages contradict one another')
    .description(
      'Asks a running gateway. Tells both messages of each mismatch, where in them it stands, and what decided; newest\n' +
        'first. Values are not shown, unless with --json.',
    )
    .option('--feed <name>', 'of which this feed sent either message')
    .option('--type <type>', 'of resources of this type')
    .option('--id <id>', 'of the resource with this id')
    .addOption(new Option('--state <state>', 'which').choices(['open', 'closed', 'settled', 'all']).default('open'))
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'print the answer as it is')
    .addOption(gatewayOption())
    .enablePositionalOptions()
    .addCommand(closeCommand())
    .action(async ({ json, state, feed, type, id, limit, ...gateway }: Options) => {
      const asked = { feed, type, id, state: state === 'all' ? undefined : state, limit };
      const given = Object.entries(asked).filter((each): each is [string, string] => each[1] !== undefined);
      const answer = await ask(`/v1/reconciliation?${new URLSearchParams(given).toString()}`, gateway);
      process.stdout.write(json === true ? `${answer}\n` : pageText(JSON.parse(answer) as Page));
    });

interface CloseOptions extends GatewayOption {
  readonly reviewer: string;
  readonly resolution: string;
  readonly comment?: string;
}

const closeCommand = (): Command =>
  new Command('close')
    .summary('close a mismatch by hand')
    .description(
      'Says what was made of a mismatch. Nothing that stands is changed; the same contradiction is not recorded again.\n' +
        'kept: what stands is right, the other side is not. accepted: both may go on to differ.',
    )
    .argument('<number>', 'of the mismatch, as the list shows it')
    .addOption(required('--reviewer <name>', 'who decides'))
    .addOption(required('--resolution <resolution>', 'what was decided').choices(['kept', 'accepted']))
    .option('--comment <text>', 'why')
    .addOption(gatewayOption())
    .action(async (number: string, { reviewer, resolution, comment, ...gateway }: CloseOptions) => {
      const path = `/v1/reconciliation/${encodeURIComponent(number)}/closing`;
      const answer = await ask(path, gateway, sending({ reviewer, resolution, comment }));
      process.stdout.write(entryText(JSON.parse(answer) as ReconciliationEntry));
    });

function pageText({ reconciliation, next }: Page): string {
  if (reconciliation.length === 0) return 'No messages contradict one another.\n';
  const more = next === undefined ? '' : 'There may be more: --limit says how much is shown.\n';
  return reconciliation.map(entryText).join('') + more;
}

function entryText({ reconciliationId, type, id, element, state, decidedBy, ...entry }: ReconciliationEntry): string {
  const { kept, other, closing } = entry;
  return [
    `${type}/${id} ${element}: ${decidedBy}${state === 'open' ? '' : ` (${state})`}\n`,
    `  kept   ${sideText(kept)}\n`,
    `  other  ${sideText(other)}\n`,
    `  number ${reconciliationId}\n`,
    ...(closing === undefined ? [] : [`  ${closing.resolution} by ${closing.reviewer}${said(closing.comment)}\n`]),
  ].join('');
}

const said = (comment: string | undefined): string => (comment === undefined ? '' : `: ${comment}`);

function sideText({ messageId, feed, at, position, value }: MismatchSide): string {
  const place = position?.path ?? 'no place';
  return `${place} of message ${messageId}, feed ${feed}, ${at}${value === undefined ? ', deletes it' : ''}`;
}
