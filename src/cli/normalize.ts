// concord normalize: files or folders in, canonical Bundles out.
import { Command, InvalidArgumentError } from 'commander';
import { availableParallelism } from 'node:os';
import { siteFeeds } from '../adapters/site.js';
import { loadFeeds } from '../adapters/feeds/feed-files.js';
import { GatewayError } from '../model/error.js';
import { runCrew } from './normalize/crew.js';
import { findInputs, type InputFile } from './normalize/inputs.js';
import { meter } from './normalize/meter.js';
import { addTally, emptyTally, refusedMessages, summaryText, type Tally } from './normalize/tally.js';

interface Options {
  readonly feed: string;
  readonly out: string;
  readonly report?: string;
  readonly receivedAt?: string;
  readonly base?: string;
  readonly site?: string;
  readonly workers: number;
  readonly quiet?: true;
}

/** Exit codes: 0 all published; 1 the gateway could not do its work; 2 some messages were refused. */
export const normalizeCommand = (): Command =>
  new Command('normalize')
    .summary('turn files into canonical FHIR R4')
    .description(
      'Turns the files of a feed into canonical FHIR R4: NAME.json for a message (NAME-1.json and so on where a file\n' +
        'holds several), NAME.refused.json where it was refused, NAME.ndjson for CSV. Sub-folders are kept.\n' +
        'Exit code: 0 all published, 1 the gateway could not do its work, 2 some messages were refused.',
    )
    .argument('<input...>', 'files or folders')
    .requiredOption('--feed <name>', 'the feed that the files come from')
    .requiredOption('--out <folder>', 'where the Bundles go')
    .option('--report <folder>', 'where reports go: issues, residuals and counts of each message')
    .option('--received-at <time>', 'when the payloads were received (default: when each file was changed)', instant)
    .option('--base <url>', 'the FHIR base of fullUrls (default: http://localhost:8080/fhir)')
    .option('--site <folder>', 'a folder with feeds and mapping packages of your own')
    .option('--workers <n>', 'how many run at a time', positive, availableParallelism())
    .option('--quiet', 'no progress, no summary')
    .action(async (inputs: string[], options: Options) => {
      process.exitCode = await normalize(inputs, options);
    });

async function normalize(inputs: readonly string[], options: Options): Promise<number> {
  if (!loadFeeds().has(options.feed) && !siteFeeds(options.site).has(options.feed))
    throw new GatewayError('not-found', `No feed "${options.feed}" is registered.`);
  const files = findInputs(inputs, options.out);
  const { tally, failures } = await run(files, options);
  for (const failure of failures) process.stderr.write(`concord: ${failure}\n`);
  for (const remark of [...tally.remarks].sort()) process.stderr.write(`concord: ${remark}\n`);
  if (options.quiet !== true) process.stdout.write(summaryText(tally));
  if (failures.length > 0) return 1;
  return refusedMessages(tally) > 0 ? 2 : 0;
}

async function run(files: readonly InputFile[], options: Options): Promise<{ tally: Tally; failures: string[] }> {
  const tally = emptyTally();
  const failures: string[] = [];
  const progress = meter(files.length, options.quiet === true);
  await runCrew(files, options, options.workers, {
    progress: (messages) => progress.messages(messages),
    done: (_, part) => {
      addTally(tally, part);
      progress.files(tally.inputs);
    },
    failed: ({ path }, reason) => void failures.push(`${path}: ${reason}`),
  });
  progress.clear();
  return { tally, failures: failures.sort() };
}

function instant(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('It must be a time such as 2026-01-31T08:00:00Z.');
  return time.toISOString();
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
