// The two versions that a comparison is about: folders, shipped packages, or packages of a git revision.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadGateway } from '../../../adapters/composition.js';
import { packageRoot } from '../../../adapters/definitions/artifacts.js';
import { loadCodeMaps } from '../../../adapters/definitions/code-maps.js';
import type { Artifacts, CompiledPackage } from '../../../adapters/packages/compiler.js';
import { siteOf } from '../../../adapters/site.js';
import { printRefusal } from '../../../mappings/language/refusal.js';
import { GatewayError } from '../../../model/error.js';
import type { Gateway } from '../../../pipeline/gateway.js';
import type { PackageVersion } from '../../../pipeline/semantic-diff.js';
import { compile, packageFolders } from '../packages.js';
import { checkOut, type Revision } from './revision.js';

export interface Version extends PackageVersion {
  /** What it was called on the command line: `hl7v2`, `HEAD~1:hl7v2`. */
  readonly called: string;
  readonly folder: string;
  readonly compiled: CompiledPackage;
  /** A gateway that has this version beside the installed ones; feeds of the site the later version belongs to. */
  gateway(site: string | undefined): Gateway;
}

/** A place to take versions from; closing it removes what was taken out of a repository. */
export class Versions {
  readonly #artifacts: Artifacts;
  readonly #revisions = new Map<string, Revision>();

  constructor(artifacts: Artifacts) {
    this.#artifacts = artifacts;
  }

  /** A folder, the name of a shipped package, or `REVISION:PACKAGE`. Throws where there is none, or where it cannot stand. */
  named(spec: string): Version {
    const colon = existsSync(spec) ? -1 : spec.lastIndexOf(':');
    if (colon < 0) return this.#version(spec, folderOf(spec));
    const version = this.inRevision(spec.slice(0, colon), folderOf(spec.slice(colon + 1)));
    if (version !== undefined) return version;
    throw new GatewayError(
      'not-found',
      `The revision ${spec.slice(0, colon)} has no package ${spec.slice(colon + 1)}.`,
    );
  }

  /** A package folder of the working tree as it was in a revision; undefined where it was not there yet. */
  inRevision(revision: string, now: string): Version | undefined {
    const folder = this.#checkedOut(revision, now).folder(now);
    return folder === undefined ? undefined : this.#version(`${revision}:${basenameOf(now)}`, folder);
  }

  inTree(folder: string): Version {
    return this.#version(basenameOf(folder), folder);
  }

  #checkedOut(revision: string, folder: string): Revision {
    const key = `${revision} ${folder}`;
    let found = this.#revisions.get(key);
    if (found === undefined) this.#revisions.set(key, (found = checkOut(revision, [folder])));
    return found;
  }

  #version(called: string, folder: string): Version {
    const artifacts = { ...this.#artifacts, codeMaps: loadCodeMaps(sharedMaps(folder)) };
    const compilation = compile(folder, artifacts);
    if (!compilation.ok)
      throw new GatewayError(
        'incorrect',
        [`${called} cannot stand:`, ...compilation.refusals.map(printRefusal)].join('\n'),
      );
    const { compiled } = compilation;
    return {
      called,
      folder,
      compiled,
      ir: compiled.ir,
      codeMaps: compiled.codeMaps ?? artifacts.codeMaps,
      gateway: (site) => loadGateway({ artifacts, packages: [compiled], site }),
    };
  }

  close(): void {
    for (const revision of this.#revisions.values()) revision.close();
  }
}

const folderOf = (named: string): string => resolve(packageFolders([named])[0] ?? named);

const basenameOf = (folder: string): string => folder.slice(folder.lastIndexOf('/') + 1);

/** `valuesets/` of the tree that a package stands in; else the installed ones. */
function sharedMaps(folder: string): string {
  for (let place = dirname(folder); place !== dirname(place); place = dirname(place)) {
    const maps = join(place, 'valuesets');
    if (existsSync(maps)) return maps;
  }
  return join(packageRoot, 'valuesets');
}

/** The site whose feeds the comparison may run on. */
export const siteOfVersions = (before: Version, after: Version): string | undefined =>
  siteOf(after.folder) ?? siteOf(before.folder);
