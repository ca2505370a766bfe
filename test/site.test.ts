// The example site: packages of its own over a shipped one, with feeds and code maps of their own.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadArtifacts, loadGateway } from '../src/adapters/composition.js';
import { packageRoot } from '../src/adapters/definitions/artifacts.js';
import { goldenGateway } from '../src/adapters/golden-gateway.js';
import { goldenCases } from '../src/adapters/packages/golden-cases.js';
import { packageNames } from '../src/adapters/packages/package-source.js';
import { compileSitePackage } from '../src/adapters/site.js';
import { printCase, runGolden } from '../src/pipeline/golden.js';

const site = join(packageRoot, 'examples/site');
const artifacts = loadArtifacts();

describe.each(packageNames(join(site, 'packages')))('the site package %s', (name) => {
  const folder = join(site, 'packages', name);
  const gateway = goldenGateway(compileSitePackage(folder, artifacts), artifacts, site);

  it.each(goldenCases(folder, name).map((golden) => [golden.shows, golden] as const))('%s', (_shows, golden) => {
    const { actual, faults } = runGolden(golden, gateway);
    expect(printCase(actual)).toBe(golden.expected ?? '(no expected.json yet)');
    expect(faults).toEqual([]);
  });

  it('says what it changes in under 40 lines of YAML', () => {
    const modules = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
    const lines = modules.flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'));
    expect(lines.length).toBeLessThan(40);
  });
});

describe('a gateway with a site', () => {
  it('has the shipped feeds and the site’s', () => {
    const { feeds } = loadGateway({ artifacts, site });
    expect([...feeds.keys()].sort()).toEqual(['cityhospital', 'hl7v2', 'northlab', 'redox', 'synthea-csv']);
  });

  it('refuses a folder that is no site', () => {
    expect(() => loadGateway({ artifacts, site: join(packageRoot, 'docs') })).toThrow(/no folder feeds/);
  });
});
