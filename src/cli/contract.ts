// concord contract check: are the contracts well-formed, and does somebody answer for all that packages write?
import { Command } from 'commander';
import { loadArtifacts, writtenContent } from '../adapters/composition.js';
import { loadContracts } from '../adapters/contracts/contract-files.js';
import { loadDictionary } from '../adapters/dictionary/dictionary-files.js';
import { once } from '../adapters/once.js';
import { compileBindings } from '../adapters/contracts/value-set-bindings.js';
import { installedContent, terminologySettings } from '../adapters/terminology/installed-editions.js';
import type { Artifacts } from '../adapters/packages/compiler.js';
import { printRefusal } from '../mappings/language/refusal.js';
import { convertUnit } from '../adapters/definitions/unit-conversion.js';
import { governanceFaults, type Governed } from '../pipeline/contracts/governed.js';
import { unitFaults } from '../pipeline/units/unit-faults.js';
import { contractPin } from '../validation/contracts/contract.js';
import { compile, packageFolders } from './map/packages.js';

export const contractCommand = (): Command =>
  new Command('contract').summary('check data contracts').addCommand(checkCommand());

const checkCommand = (): Command =>
  new Command('check')
    .summary('check contracts, owners and extensions')
    .description(
      'Reads the contracts and tells which elements and extensions packages write without an owner. Exit code 1 then.',
    )
    .argument('[package...]', 'folders or names of shipped packages (default: all of those)')
    .option('--contracts <folder>', 'a folder of contracts in the place of the shipped ones')
    .option('--dictionary <folder>', 'a dictionary in the place of the shipped one')
    .action((named: string[], folders: Folders) => {
      process.exitCode = check(named, folders);
    });

interface Folders {
  readonly contracts?: string;
  readonly dictionary?: string;
}

function check(named: readonly string[], folders: Folders): number {
  const content = once(() => installedContent(terminologySettings(process.env)));
  const loaded = loadContracts(folders.contracts, loadDictionary(content, folders.dictionary));
  process.stdout.write(loaded.contracts.map((each) => `${contractPin(each)}: ${each.status}\n`).join(''));
  const artifacts = loadArtifacts();
  compileBindings(loaded, { definitions: artifacts.definitions, content });
  const faults = [
    ...unitFaults(loaded.contracts, loaded, convertUnit),
    ...packageFolders(named).flatMap((each) => faultsOf(each, artifacts, loaded)),
  ];
  process.stdout.write(faults.map((fault) => `${fault}\n`).join(''));
  return faults.length === 0 ? 0 : 1;
}

function faultsOf(folder: string, artifacts: Artifacts, governed: Governed): string[] {
  const result = compile(folder, artifacts);
  if (!result.ok) return result.refusals.map(printRefusal);
  const { ir } = result.compiled;
  return governanceFaults(ir, writtenContent(ir, artifacts), governed).map(
    (fault) => `${ir.name}@${ir.version}: ${fault}`,
  );
}
