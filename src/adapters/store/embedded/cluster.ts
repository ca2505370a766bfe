// The files of the embedded server: `<DATA_DIR>/postgres` holds its log and its data directory, which belongs to the
// account the server runs as.
import { chown, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { GatewayError } from '../../../model/error.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { isRunning } from './processes.js';
import { givenName, start, type OpenDirectory } from './programs.js';

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

/** The major version an existing cluster is bound to; undefined where there is none. */
export async function clusterMajor({ cluster }: ClusterPlace): Promise<string | undefined> {
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new GatewayError('forbidden', `${cluster} cannot be read (${error.code}). Run as its owner or as root.`);
  });
  return version?.trim();
}

/**
 * Creates the cluster: beside its place first, then moved there in one step, so that an interrupted initdb leaves no
 * half of a cluster and of two gateways that start at once one wins.
 */
export async function createCluster(place: ClusterPlace, binaries: Binaries, account: Account): Promise<void> {
  await mkdir(place.home, { recursive: true }).catch(refused);
  await sweep(place);
  const draft = await draftDirectory(place, account);
  await initialize(draft, binaries, account).finally(() => draft.handle.close());
  await rename(draft.path, place.cluster).catch(() => rm(draft.path, { recursive: true, force: true }));
  await synced(place.home);
}

function refused({ code, path }: NodeJS.ErrnoException): never {
  throw new GatewayError('forbidden', `DATA_DIR cannot be created: ${code} at ${path}.`);
}

async function draftDirectory({ cluster }: ClusterPlace, { ids }: Account): Promise<OpenDirectory> {
  const path = `${cluster}.new-${process.pid}`;
  await mkdir(path, { mode: 0o700 }).catch(refused);
  if (ids !== undefined) await chown(path, ids.uid, ids.gid);
  return { path, handle: await open(path) };
}

async function initialize(directory: OpenDirectory, binaries: Binaries, account: Account): Promise<void> {
  const args = initdbArguments(givenName(directory));
  const initdb = start(join(binaries.directory, 'initdb'), args, directory, account, ['ignore', 'pipe']);
  const ended = new Promise<number | string | null>((resolve) => {
    initdb.once('error', ({ message }) => resolve(message));
    initdb.once('close', resolve);
  });
  const [code, , complaint] = await Promise.all([ended, text(initdb.stdout!), text(initdb.stderr!)]);
  if (code === 0) return;
  await rm(directory.path, { recursive: true, force: true });
  throw new GatewayError('fault', `initdb ended with ${code}: ${complaint.trim()}`);
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
