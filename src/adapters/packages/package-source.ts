// Mapping packages on disk: a folder with package.yaml, modules at any depth, golden cases under tests/, what was decided
// about the standard's tables under conformance/.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { GatewayError } from '../../model/error.js';
import type { PackageSource } from '../../mappings/language/compile.js';
import type { SourceFile } from '../../mappings/language/read-module.js';
import { packageRoot } from '../definitions/artifacts.js';

/** Where the shipped packages stand; a site's own stand beside its feeds. */
export const shippedPackages = join(packageRoot, 'src/mappings/packages');

/** Names of the packages in a folder, sorted. */
export const packageNames = (folder: string = shippedPackages): string[] =>
  readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'package.yaml')))
    .sort();

/** Reads a package's files. Throws `not-found` when the folder holds no package. */
export function readPackageSource(folder: string): PackageSource {
  const manifest = join(folder, 'package.yaml');
  if (!existsSync(manifest)) throw new GatewayError('not-found', `${folder} holds no package.yaml.`);
  const modules = [...yamlFiles(folder)].filter((path) => path !== manifest).sort();
  return { manifest: fileAt(manifest), modules: modules.map(fileAt) };
}

const fileAt = (path: string): SourceFile => ({
  path: relative(process.cwd(), path),
  text: readFileSync(path, 'utf8'),
});

/** Folders whose YAML is no module. */
const besides: readonly string[] = ['tests', 'conformance'];

function* yamlFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!besides.includes(entry.name)) yield* yamlFiles(path);
    } else if (entry.name.endsWith('.yaml')) yield path;
  }
}
