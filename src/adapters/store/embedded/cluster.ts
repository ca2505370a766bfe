// The files of the embedded server: `<DATA_DIR>/postgres` holds the data directory, the server's log and its socket,
// and belongs to the account the server runs as.
import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { GatewayError } from '../../../model/error.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { isRunning } from './processes.js';

const run = promisify(execFile);

export interface ClusterPlace {
  readonly home: string;
  /** PostgreSQL's data directory. */
  readonly cluster: string;
  readonly log: string;
}

export function clusterPlace(dataDir: string): ClusterPlace {
  const home = resolve(dataDir, 'postgres');
  return { home, cluster: join(home, 'cluster'), log: join(home, 'log') };
}

/** The user every connection is made as; there is one, for only the account and root can reach the socket. */
export const clusterUser = 'concord';

// Nothing of the gateway's environment may steer the server; a set TZ spares initdb its search for one.
export const serverEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** The major version an existing cluster is bound to; undefined where there is none. */
export async function clusterMajor({ cluster }: ClusterPlace): Promise<string | undefined> {
  const text = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new GatewayError('forbidden', `${cluster} cannot be read (${error.code}). Run as its owner or as root.`);
  });
  return text?.trim();
}

/** Creates DATA_DIR. One that this makes for another account may be passed through, not listed. */
export async function prepareDataDir({ home }: ClusterPlace, { ids }: Account): Promise<void> {
  const dataDir = dirname(home);
  const made = await mkdir(dataDir, { recursive: true }).catch(refused);
  if (made !== undefined && ids !== undefined) await chmod(dataDir, 0o711);
}

/** Creates `home`, and gives it to the account. */
export async function prepareHome({ home }: ClusterPlace, { ids }: Account): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 }).catch(refused);
  if (ids !== undefined && (await stat(home)).uid !== ids.uid) await chown(home, ids.uid, ids.gid);
}

function refused({ code, path }: NodeJS.ErrnoException): never {
  throw new GatewayError('forbidden', `DATA_DIR cannot be created: ${code} at ${path}.`);
}

/**
 * Creates the cluster: beside its place first, then moved there in one step, so that an interrupted initdb leaves no
 * half of a cluster and of two gateways that start at once one wins.
 */
export async function createCluster(place: ClusterPlace, binaries: Binaries, account: Account): Promise<void> {
  await sweep(place);
  const draft = `${place.cluster}.new-${process.pid}`;
  const initdb = join(binaries.directory, 'initdb');
  await run(initdb, initdbArguments(draft), { cwd: place.home, env: serverEnvironment, ...account.ids }).catch(
    (error: { readonly stderr?: string; readonly message: string }) => {
      throw new GatewayError('fault', `initdb failed: ${(error.stderr || error.message).trim()}`);
    },
  );
  await rename(draft, place.cluster).catch(() => rm(draft, { recursive: true, force: true }));
  await synced(place.home);
}

// `trust`: the socket stands in a directory that only the account may enter. Checksums find a page that a disk damaged.
const initdbArguments = (directory: string): string[] => [
  ...['-D', directory, '-U', clusterUser, '-A', 'trust', '--encoding=UTF8', '--data-checksums', '--no-instructions'],
  process.platform === 'linux' ? '--locale=C.UTF-8' : '--locale=C',
];

/** Removes what an initdb left that was killed. */
async function sweep({ home }: ClusterPlace): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = /^cluster\.new-(\d+)$/.exec(name)?.[1];
    const left = pid !== undefined && (Number(pid) === process.pid || !isRunning(Number(pid)));
    if (left) await rm(join(home, name), { recursive: true, force: true });
  }
}

// The name in the directory must be as durable as what it names.
async function synced(directory: string): Promise<void> {
  const handle = await open(directory);
  await handle.sync().finally(() => handle.close());
}
