// Every golden case of every shipped package, and no rule that none of them reaches.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadArtifacts } from '../src/adapters/composition.js';
import { goldenGateway } from '../src/adapters/golden-gateway.js';
import { loadCompiled } from '../src/adapters/packages/compiler.js';
import { goldenCases } from '../src/adapters/packages/golden-cases.js';
import { packageNames, shippedPackages } from '../src/adapters/packages/package-source.js';
import { rulesOf } from '../src/cli/map/rules.js';
import { printCase, runGolden } from '../src/pipeline/golden.js';

const artifacts = loadArtifacts();

describe.each(packageNames())('the package %s', (name) => {
  const cases = goldenCases(join(shippedPackages, name), name);
  const compiled = loadCompiled(name);
  const gateway = goldenGateway(compiled, artifacts);
  const reached = new Set<string>();

  it('has golden cases', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  it.each(cases.map((golden) => [golden.shows, golden] as const))('%s', (_shows, golden) => {
    const { actual, faults, reached: rules } = runGolden(golden, gateway);
    for (const rule of rules) reached.add(rule);
    expect(printCase(actual)).toBe(golden.expected ?? '(no expected.json yet)');
    expect(faults).toEqual([]);
  });

  it('has no rule that none of its cases reaches', () => {
    expect(rulesOf(compiled.ir).filter((rule) => !reached.has(rule))).toEqual([]);
  });
});
