// concord map test: runs the golden cases of packages and looks for rules that none of them reaches.
import { Command } from 'commander';
import { loadArtifacts } from '../../adapters/composition.js';
import { goldenGateway } from '../../adapters/golden-gateway.js';
import type { Artifacts, CompiledPackage } from '../../adapters/packages/compiler.js';
import { siteOf } from '../../adapters/site.js';
import { goldenCases } from '../../adapters/packages/golden-cases.js';
import { printRefusal, type Refusal } from '../../mappings/language/refusal.js';
import { GatewayError } from '../../model/error.js';
import { printCase, runGolden, type GoldenResult } from '../../pipeline/golden.js';
import { compile, packageFolders } from './packages.js';
import { rulesOf } from './rules.js';

interface Options {
  readonly feed?: string;
  readonly allowUnreached?: true;
  readonly show?: string;
}

export const testCommand = (): Command =>
  new Command('test')
    .summary('run the golden cases of packages')
    .description(
      'Runs the golden cases of packages (tests/CASE beside the modules) on their sources, and tells the rules that no\n' +
        'case reaches. Exit code 1 when a case does not hold or a rule is not reached.',
    )
    .argument('[package...]', 'folders or names of shipped packages (default: all of those)')
    .option('--feed <name>', 'the feed to run on (default: the one called as the package)')
    .option('--allow-unreached', 'only tell the rules that no case reaches')
    .option('--show <case>', 'print what the case gives, in the form of its expected.json, and nothing else')
    .action((named: string[], options: Options) => {
      const artifacts = loadArtifacts();
      const verdict = options.show === undefined ? testPackage : showCase;
      const verdicts = packageFolders(named).map((folder) => verdict(folder, artifacts, options));
      process.exitCode = verdicts.every(Boolean) ? 0 : 1;
    });

/** For one case at a time: an expectation is read before it is kept. */
function showCase(folder: string, artifacts: Artifacts, options: Options): boolean {
  const compilation = compile(folder, artifacts);
  if (!compilation.ok) return refused(compilation.refusals);
  const gateway = goldenGateway(compilation.compiled, artifacts, siteOf(folder));
  const cases = goldenCases(folder, options.feed ?? compilation.compiled.ir.name);
  const golden = cases.find(({ name }) => name === options.show);
  if (golden === undefined) throw new GatewayError('not-found', `There is no case "${options.show}" in ${folder}.`);
  process.stdout.write(printCase(runGolden(golden, gateway).actual));
  return true;
}

function refused(refusals: readonly Refusal[]): false {
  print(refusals.map(printRefusal));
  return false;
}

/** True when the package passes. */
function testPackage(folder: string, artifacts: Artifacts, options: Options): boolean {
  const compilation = compile(folder, artifacts);
  if (!compilation.ok) return refused(compilation.refusals);
  const { compiled } = compilation;
  const gateway = goldenGateway(compiled, artifacts, siteOf(folder));
  const results = goldenCases(folder, options.feed ?? compiled.ir.name).map((golden) => runGolden(golden, gateway));
  const reached = new Set(results.flatMap((result) => [...result.reached]));
  const unreached = rulesOf(compiled.ir).filter((rule) => !reached.has(rule));
  print([
    ...results.flatMap(caseLines),
    ...unreached.map((rule) => `no case reaches ${rule}`),
    totals(compiled, results, unreached),
  ]);
  return (
    results.every(({ faults }) => faults.length === 0) && (unreached.length === 0 || options.allowUnreached === true)
  );
}

const caseLines = ({ case: golden, faults }: GoldenResult): string[] =>
  faults.length === 0
    ? [`ok    ${golden.name}`]
    : [`FAULT ${golden.name}: ${golden.shows}`, ...faults.map((fault) => `        ${fault}`)];

function totals({ ir }: CompiledPackage, results: readonly GoldenResult[], unreached: readonly string[]): string {
  const failed = results.filter(({ faults }) => faults.length > 0).length;
  return `${ir.name}@${ir.version}: ${results.length - failed} cases hold, ${failed} do not; ${unreached.length} of ${rulesOf(ir).length} rules unreached`;
}

const print = (lines: readonly string[]): void => void process.stdout.write(lines.map((line) => `${line}\n`).join(''));
