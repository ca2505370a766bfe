// concord terminology import package: the code systems, value sets and concept maps of a FHIR package.
import { Command } from 'commander';
import { loadConfig } from '../../../adapters/config.js';
import { terminologyFolder } from '../../../adapters/terminology/installed-editions.js';
import { writePackage } from '../../../adapters/terminology/package-file.js';
import { findPackage, publicRegistry } from '../../../adapters/terminology/package-source.js';
import type { FhirPackage } from '../../../adapters/validation/fhir-package.js';
import type { TerminologyResource } from '../../../terminology/entries.js';
import { killed, tellingSteps, toOption } from './run.js';

interface PackageOptions {
  readonly registry: string;
  readonly to?: string;
}

const types = ['CodeSystem', 'ValueSet', 'ConceptMap'] as const;

export const packageCommand = (): Command =>
  new Command('package')
    .summary('a FHIR package: its code systems, value sets and concept maps')
    .description(
      'Reads a package as a file (.tgz, or an unpacked folder), else by name@version from ~/.fhir/packages, else from a registry.\n' +
        `The packages it builds on are named, not imported. ${killed}`,
    )
    .argument('<package>', 'a path, or name@version')
    .option('--registry <url>', 'registry to ask', publicRegistry)
    .addOption(toOption())
    .action(importPackage);

async function importPackage(asked: string, { registry, to }: PackageOptions): Promise<void> {
  const { tell, seconds } = tellingSteps();
  const content = await findPackage(asked, registry, tell);
  tell(`${content.name} ${content.version}`);
  const resources = terminologyOf(content);
  const path = writePackage(to ?? terminologyFolder(loadConfig(process.env)), content, resources);
  if (content.dependencies.length > 0) tell(`it builds on ${content.dependencies.join(', ')}`);
  process.stdout.write(`${counted(resources)} of ${content.name}@${content.version} in ${path}, ${seconds()} s\n`);
}

/** What has a canonical URL: nobody can ask for the others. */
const terminologyOf = (content: FhirPackage): readonly TerminologyResource[] =>
  [...content.resources(new Set<string>(types))]
    .map((resource) => resource as unknown as TerminologyResource)
    .filter(({ url }) => typeof url === 'string');

const counted = (resources: readonly TerminologyResource[]): string =>
  types.map((type) => `${resources.filter(({ resourceType }) => resourceType === type).length} ${type}`).join(', ');
