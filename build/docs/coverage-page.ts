// docs/generated/coverage-PACKAGE.md: which rules of a package its golden cases reach.
import { join } from 'node:path';
import { loadArtifacts } from '../../src/adapters/composition.js';
import { goldenGateway } from '../../src/adapters/golden-gateway.js';
import { loadCompiled } from '../../src/adapters/packages/compiler.js';
import { goldenCases } from '../../src/adapters/packages/golden-cases.js';
import { shippedPackages } from '../../src/adapters/packages/package-source.js';
import { rulesOf } from '../../src/cli/map/rules.js';
import { runGolden, type GoldenResult } from '../../src/pipeline/golden.js';
import { code, page, table } from './markdown.js';

export function coveragePage(name: string): string {
  const compiled = loadCompiled(name);
  const gateway = goldenGateway(compiled, loadArtifacts());
  const results = goldenCases(join(shippedPackages, name), name).map((golden) => runGolden(golden, gateway));
  const rules = rulesOf(compiled.ir);
  const reached = new Set(results.flatMap((result) => [...result.reached]));
  const unreached = rules.filter((rule) => !reached.has(rule));
  return page(
    `Coverage of ${name}`,
    `${results.length} golden cases reach ${rules.length - unreached.length} of ${rules.length} rules. A rule is reached when it wrote something, led to what did, or raised an issue.`,
    ...unreachedBlock(unreached),
    '## Cases',
    table(
      ['case', 'shows', 'rules reached'],
      results.map((result) => caseRow(result, rules)),
    ),
  );
}

const unreachedBlock = (unreached: readonly string[]): string[] =>
  unreached.length === 0 ? [] : ['## Reached by none', unreached.map((rule) => `- ${code(rule)}`).join('\n')];

const caseRow = ({ case: { name, shows }, reached }: GoldenResult, rules: readonly string[]): string[] => [
  code(name),
  shows,
  String(rules.filter((rule) => reached.has(rule)).length),
];
