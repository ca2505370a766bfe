// concord codemap import and export: a feed's code map from a file, and to one.
import { Command, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { exchangeFormats, type ExchangeFormat } from '../../adapters/codemaps/exchange.js';
import type { Draft } from '../../governance/draft.js';
import { GatewayError } from '../../model/error.js';
import { draftText, required } from './drafts.js';
import { ask, gatewayOption, type GatewayOption } from './running-gateway.js';

interface ExchangeOptions extends GatewayOption {
  readonly feed: string;
  readonly map: string;
}

interface ImportOptions extends ExchangeOptions {
  readonly author: string;
  readonly comment?: string;
}

const about = (command: Command): Command =>
  command
    .addOption(required('--feed <name>', 'the feed'))
    .addOption(required('--map <name>', 'its code map'))
    .addOption(gatewayOption());

export const importCommand = (): Command =>
  about(new Command('import'))
    .summary('propose what a file says otherwise than the feed’s code map')
    .description('Makes a draft of the rows that differ. Rows that the file does not have stay as they are.')
    .argument('<file>', 'a FHIR ConceptMap (.json), or CSV (.csv)')
    .addOption(required('--author <name>', 'who proposes it'))
    .option('--comment <text>', 'why')
    .action(async (file: string, { feed, map, author, comment, ...gateway }: ImportOptions) => {
      const query = new URLSearchParams({ feed, format: formatOf(file), author, ...(comment && { comment }) });
      const path = `/v1/codemaps/${encodeURIComponent(map)}/import?${query.toString()}`;
      const answer = await ask(path, gateway, { method: 'POST', body: contentOf(file) });
      process.stdout.write(draftText(JSON.parse(answer) as Draft));
    });

export const exportCommand = (): Command =>
  about(new Command('export'))
    .summary('print a code map as a feed runs on it now')
    .addOption(new Option('--format <format>', 'a FHIR ConceptMap, or CSV').choices(exchangeFormats).default('fhir'))
    .action(async ({ feed, map, format, ...gateway }: ExchangeOptions & { format: ExchangeFormat }) => {
      const query = new URLSearchParams({ feed, format });
      const text = await ask(`/v1/codemaps/${encodeURIComponent(map)}?${query.toString()}`, gateway);
      process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    });

const formatOf = (file: string): ExchangeFormat => (/\.csv$/i.test(file) ? 'csv' : 'fhir');

function contentOf(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    throw new GatewayError('not-found', `${file} cannot be read.`, { cause });
  }
}
