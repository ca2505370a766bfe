// concord codemap drafts, propose, approve and refuse: what people decide on source codes, and what others make of it.
import { Command, Option } from 'commander';
import type { Draft } from '../../governance/draft.js';
import { relationships } from '../../terminology/concept-maps/decisions.js';
import { ask, gatewayOption, sending, type GatewayOption } from './running-gateway.js';

export const required = (flags: string, description: string): Option =>
  new Option(flags, description).makeOptionMandatory();

export const draftsCommand = (): Command =>
  new Command('drafts')
    .summary('list the drafts of code maps')
    .option('--feed <name>', 'of this feed only')
    .addOption(new Option('--state <state>', 'in this state only').choices(['proposed', 'approved', 'refused']))
    .addOption(gatewayOption())
    .action(async ({ feed, state, ...gateway }: GatewayOption & { feed?: string; state?: string }) => {
      const query = new URLSearchParams({ ...(feed && { feed }), ...(state && { state }) });
      const { drafts } = JSON.parse(await ask(`/v1/codemaps/drafts?${query.toString()}`, gateway)) as {
        drafts: Draft[];
      };
      process.stdout.write(drafts.length === 0 ? 'There is no draft.\n' : drafts.map(draftText).join(''));
    });

interface ProposeOptions extends GatewayOption {
  readonly feed: string;
  readonly map: string;
  readonly code: string;
  readonly system?: string;
  readonly display?: string;
  readonly as: string;
  readonly target?: string;
  readonly targetSystem?: string;
  readonly author: string;
  readonly comment?: string;
}

export const proposeCommand = (): Command =>
  new Command('propose')
    .summary('propose what a source code means')
    .description('Makes a draft of the feed’s code map. Nothing changes until another person approves it.')
    .addOption(required('--feed <name>', 'the feed'))
    .addOption(required('--map <name>', 'its code map'))
    .addOption(required('--code <code>', 'the source code'))
    .option('--system <url>', 'its code system (default: the one that the map is made for)')
    .option('--display <text>', 'what the sender calls it')
    .addOption(
      new Option('--as <relationship>', 'what the target is to it').choices(relationships).default('equivalent'),
    )
    .option('--target <code>', 'the code it is translated to (none with no-map)')
    .option('--target-system <url>', 'its code system (default: the one that the map translates to)')
    .addOption(required('--author <name>', 'who proposes it'))
    .option('--comment <text>', 'why')
    .addOption(gatewayOption())
    .action(async ({ feed, map, author, comment, url, ...options }: ProposeOptions) => {
      const body = { feed, author, comment, decisions: [decisionOf(options)] };
      await printDraft(`/v1/codemaps/${encodeURIComponent(map)}/decisions`, body, {
        ...(url !== undefined && { url }),
      });
    });

const decisionOf = ({
  code,
  system,
  display,
  as,
  target,
  targetSystem,
}: Omit<ProposeOptions, 'feed' | 'map' | 'author'>) => ({
  ...{ code, system, display, relationship: as },
  ...(target !== undefined && { target: { code: target, system: targetSystem } }),
});

interface ReviewOptions extends GatewayOption {
  readonly reviewer: string;
  readonly comment?: string;
}

const reviewCommand = (verb: 'approve' | 'refuse', summary: string): Command =>
  new Command(verb)
    .summary(summary)
    .argument('<draft>', 'id of the draft')
    .addOption(required('--reviewer <name>', 'who decides; not the author'))
    .option('--comment <text>', 'why')
    .addOption(gatewayOption())
    .action((draft: string, { reviewer, comment, ...gateway }: ReviewOptions) =>
      printDraft(`/v1/codemaps/drafts/${encodeURIComponent(draft)}/${verb}`, { reviewer, comment }, gateway),
    );

export const approveCommand = (): Command =>
  reviewCommand('approve', 'make a draft the feed’s code map; held messages go on by themselves');

export const refuseCommand = (): Command => reviewCommand('refuse', 'refuse a draft; nothing changes');

async function printDraft(path: string, body: object, gateway: GatewayOption): Promise<void> {
  process.stdout.write(draftText(JSON.parse(await ask(path, gateway, sending(body))) as Draft));
}

export function draftText(draft: Draft): string {
  const { draftId, feed, map, state, author, comment, reviewer, review, version, decisions } = draft;
  const said = (text: string | undefined) => (text === undefined ? '' : `: ${text}`);
  return [
    `${draftId}  ${state}${version === undefined ? '' : ` as ${map}@${version}`}\n`,
    `  feed ${feed}, map ${map}, by ${author}${said(comment)}\n`,
    ...(reviewer === undefined ? [] : [`  decided by ${reviewer}${said(review)}\n`]),
    ...decisions.map(({ code, relationship, target }) =>
      target === undefined
        ? `  ${code}  ${relationship}\n`
        : `  ${code}  ${relationship}  ${target.system}|${target.code}${target.display ? ` "${target.display}"` : ''}\n`,
    ),
  ].join('');
}
