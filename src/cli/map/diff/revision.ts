// Packages and code maps as they stood in a git revision, in a folder that goes when the command ends.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { packageRoot } from '../../../adapters/definitions/artifacts.js';
import { packageNames, shippedPackages } from '../../../adapters/packages/package-source.js';
import { GatewayError } from '../../../model/error.js';

export interface Revision {
  /** The full name of the commit. */
  readonly commit: string;
  /** The folder that a package folder of the working tree was then; undefined where the revision has no such package. */
  folder(now: string): string | undefined;
  /** Removes what was taken out. */
  close(): void;
}

/**
 * Takes the shipped packages, the shared code maps and the named package folders out of a revision.
 *
 * @throws GatewayError `not-found` where there is no repository or no such revision.
 */
export function checkOut(revision: string, folders: readonly string[] = []): Revision {
  const top = git(packageRoot, 'rev-parse', '--show-toplevel').trim();
  const commit = git(top, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).trim();
  const wanted = [shippedPackages, join(packageRoot, 'valuesets'), ...folders].map((folder) => within(top, folder));
  const present = git(top, 'ls-tree', '-d', '--name-only', commit, '--', ...wanted)
    .split('\n')
    .filter(Boolean);
  const place = mkdtempSync(join(tmpdir(), 'concord-revision-'));
  extract(top, commit, present, place);
  const shipped = join(place, within(top, shippedPackages));
  return {
    commit,
    folder: (now) => besideShipped(join(place, within(top, now)), shipped),
    close: () => rmSync(place, { recursive: true }),
  };
}

/** The path of a folder in the repository. */
function within(top: string, folder: string): string {
  const path = relative(top, resolve(folder));
  if (!path.startsWith('..')) return path;
  throw new GatewayError('incorrect', `${folder} is not in the repository ${top}.`);
}

function extract(top: string, commit: string, paths: readonly string[], place: string): void {
  if (paths.length === 0) return;
  const archive = join(place, 'archive.tar');
  git(top, 'archive', '--format=tar', `--output=${archive}`, commit, '--', ...paths);
  run('tar', ['-xf', archive, '-C', place]);
  rmSync(archive);
}

/** A site's package finds the one it extends beside it: that of its own revision, not that of the working tree. */
function besideShipped(folder: string, shipped: string): string | undefined {
  if (!existsSync(join(folder, 'package.yaml'))) return undefined;
  if (dirname(folder) === shipped || !existsSync(shipped)) return folder;
  for (const name of packageNames(shipped)) {
    const place = join(dirname(folder), name);
    if (!existsSync(place)) symlinkSync(join(shipped, name), place);
  }
  return folder;
}

const git = (folder: string, ...args: string[]): string => run('git', ['-C', folder, ...args]);

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error === undefined && status === 0) return stdout;
  const reason = error?.message ?? stderr.trim();
  throw new GatewayError(
    'not-found',
    `${program} ${args.slice(2).join(' ')}: ${reason || 'there is no such revision.'}`,
  );
}
