// concord map diff: what another version of a mapping would do to real messages.
import { Command, InvalidArgumentError } from 'commander';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadArtifacts } from '../../adapters/composition.js';
import { GatewayError } from '../../model/error.js';
import { meter } from '../normalize/meter.js';
import { compareOn, contest, type Comparison, type Contest } from './diff/comparison.js';
import { comparisonPage } from './diff/page.js';
import { corpusPayloads, goldenPayloads, spread, storedPayloads, type Payload } from './diff/payloads.js';
import { comparisonText } from './diff/table.js';
import { Versions, type Version } from './diff/versions.js';
import { packageFolders } from './packages.js';

interface Options {
  readonly base?: string;
  readonly corpus?: readonly string[];
  readonly store?: true;
  readonly feed?: string;
  readonly json?: string;
  readonly html?: string;
  readonly showValues?: true;
  readonly limit?: number;
  readonly examples: number;
  readonly exitCode?: true;
}

export const diffCommand = (): Command =>
  new Command('diff')
    .summary('compare two versions by rules and by what they make of messages')
    .description(
      'Compares two versions of a package rule by rule, and runs both on messages: resources and elements added, removed\n' +
        'and changed, new and gone issues and values left over, each under the change of the mapping that is its cause.\n' +
        'A version is a folder, the name of a shipped package, or REVISION:PACKAGE (git). With --base the arguments are\n' +
        'packages (default: all shipped ones) and their working tree is compared with that revision. Values of messages\n' +
        'are shown with --show-values only. Exit code: 0 compared, 1 could not, with --exit-code 2 where messages differ.',
    )
    .argument('[version...]', 'the earlier and the later version; with --base: packages')
    .option('--base <revision>', 'compare the working tree with this git revision')
    .option('--corpus <path...>', "files or folders of messages (default: the inputs of the package's golden cases)")
    .option('--store', 'the messages that the store holds of the feed, newest first')
    .option('--feed <name>', 'the feed to run on (default: the one called as the package)')
    .option('--json <file>', 'write the whole account as JSON')
    .option('--html <file>', 'write one self-contained page')
    .option('--show-values', 'show values of messages in examples: they may be data of patients')
    .option(
      '--limit <n>',
      'at most so many payloads, spread over the corpus (--store: the newest; default 1000)',
      whole,
    )
    .option('--examples <n>', 'examples kept of each difference', whole, 3)
    .option('--exit-code', 'exit with 2 where messages differ')
    .action(async (named: string[], options: Options) => {
      process.exitCode = await diff(named, options);
    });

async function diff(named: readonly string[], options: Options): Promise<number> {
  const artifacts = loadArtifacts();
  const versions = new Versions(artifacts);
  try {
    const comparisons: Comparison[] = [];
    for (const [before, after] of pairs(versions, named, options))
      comparisons.push(await compare(contest(before, after, options.feed), options, artifacts.definitions));
    report(comparisons, options);
    const differ = comparisons.some(({ behaviour }) => behaviour.changed > 0);
    return differ && options.exitCode === true ? 2 : 0;
  } finally {
    versions.close();
  }
}

/** The earlier and the later version of each package. */
function pairs(versions: Versions, named: readonly string[], { base }: Options): Iterable<[Version, Version]> {
  return base === undefined ? [namedPair(versions, named)] : treePairs(versions, named, base);
}

function namedPair(versions: Versions, named: readonly string[]): [Version, Version] {
  const [before, after, ...more] = named;
  if (before === undefined || after === undefined || more.length > 0)
    throw new GatewayError('incorrect', 'Name two versions, or a revision with --base.');
  return [versions.named(before), versions.named(after)];
}

function* treePairs(versions: Versions, named: readonly string[], base: string): Generator<[Version, Version]> {
  for (const folder of packageFolders(named).map((each) => resolve(each))) {
    const before = versions.inRevision(base, folder);
    if (before === undefined) process.stderr.write(`concord: ${base} has no ${folder}: the package is new.\n`);
    else yield [before, versions.inTree(folder)];
  }
}

async function compare(
  asked: Contest,
  options: Options,
  definitions: ReturnType<typeof loadArtifacts>['definitions'],
): Promise<Comparison> {
  const payloads = await payloadsOf(asked, options);
  const progress = meter(payloads.length, false);
  const comparison = compareOn(asked, payloads, {
    definitions,
    examples: options.examples,
    showValues: options.showValues === true,
    progress: (done) => {
      progress.messages(1);
      progress.files(done);
    },
  });
  progress.clear();
  return comparison;
}

async function payloadsOf({ before, after, feed }: Contest, options: Options): Promise<readonly Payload[]> {
  if (options.store === true) return storedPayloads(feed.name, options.limit ?? 1000);
  const golden = [after, before].map(({ folder }) => goldenPayloads(folder)).find((found) => found.length > 0) ?? [];
  const all = options.corpus === undefined ? golden : corpusPayloads(options.corpus, feed.format);
  return spread(all, options.limit ?? all.length);
}

function report(comparisons: readonly Comparison[], { json, html }: Options): void {
  process.stdout.write(comparisons.map(comparisonText).join('\n'));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ comparisons }, null, 2)}\n`);
  if (html !== undefined) writeFileSync(html, comparisonPage(comparisons));
}

function whole(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
