// Every generated page, by its name under docs/generated/. A new page is a row here.
import { contractSchema, extensionsSchema, ownershipSchema } from '../../src/adapters/contracts/contract-schema.js';
import { dictionarySchema } from '../../src/adapters/dictionary/dictionary-schema.js';
import { feedSchema } from '../../src/adapters/feeds/feed-schema.js';
import { packageNames } from '../../src/adapters/packages/package-source.js';
import { moduleSchema, packageSchema } from '../../src/mappings/language/module-schema.js';
import { coveragePage } from './coverage-page.js';
import { functionsPage } from './functions-page.js';
import { issuesPage } from './issues-page.js';
import { packagesPage } from './packages-page.js';

export type Pages = Readonly<Record<string, string>>;

export const pages = (): Pages => ({
  'issues.md': issuesPage(),
  'functions.md': functionsPage(),
  'packages.md': packagesPage(),
  ...Object.fromEntries(packageNames().map((name) => [`coverage-${name}.md`, coveragePage(name)])),
  'schema/contract.json': schemaText(contractSchema),
  'schema/extensions.json': schemaText(extensionsSchema),
  'schema/ownership.json': schemaText(ownershipSchema),
  'schema/dictionary.json': schemaText(dictionarySchema),
  'schema/feed.json': schemaText(feedSchema),
  'schema/mapping-module.json': schemaText(moduleSchema),
  'schema/mapping-package.json': schemaText(packageSchema),
});

const schemaText = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;
