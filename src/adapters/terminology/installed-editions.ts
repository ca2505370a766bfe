// The editions in a folder: headers are read at the start, an edition when it is first asked for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { overlay, type Content } from '../../terminology/content.js';
import { editionContent, type InstalledEdition } from '../../terminology/editions/edition-content.js';
import type { Edition } from '../../terminology/editions/edition.js';
import { artifactDigest, artifactNames, loadManifest, sha256 } from '../definitions/artifacts.js';
import { grammarContent } from '../definitions/grammars.js';
import { loadTerminologyContent } from '../definitions/terminology-content.js';
import { once } from '../once.js';
import { editionSuffix, readEdition, readHeader } from './edition-file.js';
import { packageSuffix, readPackage } from './package-file.js';
import { linesContent } from './resource-lines.js';

interface Settings {
  readonly TERMINOLOGY_DIR?: string | undefined;
  readonly DATA_DIR: string;
}

/** Of the environment alone: commands that need nothing else of the configuration. */
export const terminologySettings = ({ TERMINOLOGY_DIR, DATA_DIR = './data' }: NodeJS.ProcessEnv): Settings => ({
  TERMINOLOGY_DIR,
  DATA_DIR,
});

/** Where the gateway looks, and the command line puts, what it is not told otherwise. */
export const terminologyFolder = (settings: Settings): string =>
  settings.TERMINOLOGY_DIR ?? join(settings.DATA_DIR, 'terminology');

function installed(path: string): InstalledEdition {
  const { url, version, kind } = readHeader(path);
  let edition: Edition | undefined;
  return { header: { url, version, kind }, open: () => (edition ??= readEdition(path)) };
}

/** Throws a GatewayError `incorrect` for a file that is no edition. */
export const loadEditions = (folder: string): Content => editionContent(filesIn(folder, editionSuffix).map(installed));

function filesIn(folder: string, suffix: string): readonly string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(suffix)) : [];
  return names.sort().map((name) => join(folder, name));
}

/** The FHIR packages in a folder. Throws a GatewayError `incorrect` for a file that is none. */
export const loadPackages = (folder: string): Content => linesContent(filesIn(folder, packageSuffix).map(readPackage));

export interface InstalledTerminology {
  readonly content: Content;
  /** Of all that is installed: editions, packages, and what the gateway brings. */
  digest(): string;
}

/** What the gateway brings, without anything that is installed. */
export const shippedTerminology = once((): InstalledTerminology => ({
  content: shippedContent(),
  digest: once(() => `sha256 ${sha256(shippedDigest())}`),
}));

/** What messages are looked at with. */
export const installedTerminology = (settings: Settings): InstalledTerminology => ({
  content: installedContent(settings),
  digest: once(() => `sha256 ${sha256([...importedDigests(terminologyFolder(settings)), shippedDigest()].join(' '))}`),
});

const importedDigests = (folder: string): string[] => [
  ...filesIn(folder, editionSuffix).map((path) => readHeader(path).digest),
  ...filesIn(folder, packageSuffix).map((path) => sha256(readFileSync(path))),
];

const shippedDigest = (): string => artifactDigest(loadManifest(), artifactNames.terminologyContent);

/** All that this installation can be asked: its editions and packages, over what the gateway brings. */
export function installedContent(settings: Settings): Content {
  const folder = terminologyFolder(settings);
  return overlay(overlay(loadEditions(folder), loadPackages(folder)), shippedContent());
}

function shippedContent(): Content {
  const shipped = loadTerminologyContent();
  return overlay(grammarContent(shipped), shipped);
}
