// A site: a folder of its own with what one installation adds to the shipped artifacts.
//   feeds/*.yaml               its feeds
//   packages/NAME/             its mapping packages (with valuesets/ and tests/ of their own), compiled when the gateway starts
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { GatewayError } from '../model/error.js';
import type { Feed } from '../model/feed.js';
import { printRefusal } from '../mappings/language/refusal.js';
import { sha256 } from './definitions/artifacts.js';
import { loadFeeds } from './feeds/feed-files.js';
import { compileFolder, packageText, withOwnMaps, type Artifacts, type CompiledPackage } from './packages/compiler.js';
import { packageNames } from './packages/package-source.js';

/** The site's feeds; none without a site. */
export function siteFeeds(site: string | undefined): ReadonlyMap<string, Feed> {
  if (site === undefined) return new Map();
  const folder = join(site, 'feeds');
  if (!existsSync(folder)) throw new GatewayError('not-found', `${site} has no folder feeds: it is no site.`);
  return loadFeeds(folder);
}

/** The site's packages, compiled. A package that is refused stops the start, with every reason and its place. */
export function sitePackages(site: string | undefined, artifacts: Artifacts): CompiledPackage[] {
  const folder = site === undefined ? undefined : join(site, 'packages');
  if (folder === undefined || !existsSync(folder)) return [];
  return packageNames(folder).map((name) => compileSitePackage(join(folder, name), artifacts));
}

export function compileSitePackage(folder: string, artifacts: Artifacts): CompiledPackage {
  const compilation = compileFolder(folder, artifacts);
  if (!compilation.ok) throw new GatewayError('incorrect', compilation.refusals.map(printRefusal).join('\n'));
  const { codeMaps } = withOwnMaps(folder, artifacts);
  return { ir: compilation.package, digest: sha256(packageText(compilation.package)), codeMaps };
}

/** The site a package folder stands in (`SITE/packages/NAME`), if it does. */
export function siteOf(packageFolder: string): string | undefined {
  const packages = dirname(packageFolder);
  const site = dirname(packages);
  return basename(packages) === 'packages' && existsSync(join(site, 'feeds')) ? site : undefined;
}
