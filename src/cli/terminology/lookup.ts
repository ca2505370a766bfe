// concord terminology lookup: what is known of a code.
import { Command } from 'commander';
import { loadConfig } from '../../adapters/config.js';
import { installedContent } from '../../adapters/terminology/installed-editions.js';
import { GatewayError } from '../../model/error.js';
import { TerminologyRefusal } from '../../terminology/issue.js';
import { lookup, type Lookup } from '../../terminology/operations/lookup.js';
import { plainOptions, scopeOf } from '../../terminology/scope.js';

export const terminologyLookupCommand = (): Command =>
  new Command('lookup')
    .summary('what is known of a code')
    .argument('<system>', 'URL of the code system')
    .argument('<code>', 'the code')
    .option('--version-uri <version>', 'of the code system; default: the newest')
    .action((system: string, code: string, { versionUri }: { versionUri?: string }) => {
      process.stdout.write(`${JSON.stringify(shown(found(system, code, versionUri)), null, 2)}\n`);
    });

function found(system: string, code: string, version: string | undefined): Lookup {
  const content = installedContent(loadConfig(process.env));
  try {
    return lookup({ system, code, ...(version !== undefined && { version }) }, scopeOf(content, plainOptions), []);
  } catch (error) {
    if (error instanceof TerminologyRefusal) throw new GatewayError('not-found', error.issue.message.text);
    throw error;
  }
}

const shown = ({ system, properties, ...rest }: Lookup) => ({
  system: system.url,
  version: system.version,
  ...rest,
  properties: properties.map(({ element }) => element),
});
