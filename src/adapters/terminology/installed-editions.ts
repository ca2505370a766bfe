// The editions in a folder: headers are read at the start, an edition when it is first asked for.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { overlay, type Content } from '../../terminology/content.js';
import { editionContent, type InstalledEdition } from '../../terminology/editions/edition-content.js';
import type { Edition } from '../../terminology/editions/edition.js';
import { grammarContent } from '../definitions/grammars.js';
import { loadTerminologyContent } from '../definitions/terminology-content.js';
import { editionSuffix, readEdition, readHeader } from './edition-file.js';
import { packageSuffix, readPackage } from './package-file.js';
import { linesContent } from './resource-lines.js';

interface Settings {
  readonly TERMINOLOGY_DIR?: string | undefined;
  readonly DATA_DIR: string;
}

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

/** All that this installation can be asked: its editions and packages, over what the gateway brings. */
export function installedContent(settings: Settings): Content {
  const shipped = loadTerminologyContent();
  const folder = terminologyFolder(settings);
  const imported = overlay(loadEditions(folder), loadPackages(folder));
  return overlay(imported, overlay(grammarContent(shipped), shipped));
}
