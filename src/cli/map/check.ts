// concord map check: compiles packages and says why one cannot stand.
import { Command } from 'commander';
import { loadArtifacts } from '../../adapters/composition.js';
import type { CompiledPackage } from '../../adapters/packages/compiler.js';
import { printRefusal } from '../../mappings/language/refusal.js';
import { compile, packageFolders } from './packages.js';
import { rulesOf } from './rules.js';

export const checkCommand = (): Command =>
  new Command('check')
    .summary('compile packages')
    .description(
      'Compiles packages and tells every reason why one cannot stand, with file, line and mend. Exit code 1 then.',
    )
    .argument('[package...]', 'folders or names of shipped packages (default: all of those)')
    .action((named: string[]) => {
      process.exitCode = check(named);
    });

function check(named: readonly string[]): number {
  const artifacts = loadArtifacts();
  const results = packageFolders(named).map((folder) => compile(folder, artifacts));
  for (const result of results) {
    const lines = result.ok ? [standing(result.compiled)] : result.refusals.map(printRefusal);
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  }
  return results.every(({ ok }) => ok) ? 0 : 1;
}

const standing = ({ ir, digest }: CompiledPackage): string =>
  `${ir.name}@${ir.version}: ${ir.modules.length} modules, ${rulesOf(ir).length} rules, sha256 ${digest}`;
