// The packages that a map command is about: folders, names of shipped packages, or all of those.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  compileFolder,
  packageText,
  withOwnMaps,
  type Artifacts,
  type CompiledPackage,
} from '../../adapters/packages/compiler.js';
import { packageNames, shippedPackages } from '../../adapters/packages/package-source.js';
import { sha256Hex } from '../../canonical/digest.js';
import type { Refusal } from '../../mappings/language/refusal.js';
import { GatewayError } from '../../model/error.js';

/** The folders named; without names, those of all shipped packages. */
export const packageFolders = (named: readonly string[]): string[] =>
  named.length === 0 ? packageNames().map((name) => join(shippedPackages, name)) : named.map(folderOf);

function folderOf(named: string): string {
  const places = [named, join(shippedPackages, named)];
  const folder = places.find((place) => existsSync(join(place, 'package.yaml')));
  if (folder !== undefined) return folder;
  throw new GatewayError(
    'not-found',
    `${named} is no folder with a package.yaml, and no shipped package is called ${basename(named)}.`,
  );
}

export type Compiled =
  | { readonly ok: true; readonly compiled: CompiledPackage }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** Compiles the sources in a folder, whatever the build made of them before. */
export function compile(folder: string, artifacts: Artifacts): Compiled {
  const compilation = compileFolder(folder, artifacts);
  if (!compilation.ok) return compilation;
  const ir = compilation.package;
  const { codeMaps } = withOwnMaps(folder, artifacts);
  return { ok: true, compiled: { ir, digest: sha256Hex(packageText(ir)), codeMaps } };
}
