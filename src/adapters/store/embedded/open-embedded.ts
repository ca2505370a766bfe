// The embedded server: a durable PostgreSQL under DATA_DIR that the gateway creates, starts, locks and stops.
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type pg from 'pg';
import { GatewayError } from '../../../model/error.js';
import type { Db, StoreDescription } from '../db.js';
import { openPg } from '../pg-driver.js';
import { accountFor, obstacle, type Account } from './account.js';
import { findBinaries, type Binaries, type BinarySearch } from './binaries.js';
import { clusterMajor, clusterPlace, clusterUser, createCluster, type ClusterPlace } from './cluster.js';
import { lockGateway } from './gateway-lock.js';
import { reachPostmaster, stopPostmaster, type Postmaster, type ServerSetting } from './postmaster.js';
import { hasDescriptorPaths, shortName, type OpenDirectory } from './programs.js';
import { watch } from './watchdog.js';

/** Why no server can run here, for a person to read. */
export interface NoServer {
  readonly reason: string;
}

/**
 * Opens the store in `dataDir`, creating it at first. Answers a reason where no server can run and no store exists
 * yet; throws a GatewayError where one exists that cannot be served, or another gateway uses it.
 */
export async function openEmbedded(dataDir: string, search: Omit<BinarySearch, 'major'>): Promise<Db | NoServer> {
  if (process.platform === 'win32') return { reason: 'PostgreSQL is not embedded on Windows' };
  const place = clusterPlace(dataDir);
  const major = await clusterMajor(place);
  const able = await ableToRun(place, { ...search, major });
  if (typeof able !== 'string') return serve(place, able, major === undefined);
  if (search.pgBin) throw new GatewayError('incorrect', `PG_BIN: ${able}.`);
  if (major === undefined) return { reason: able };
  throw new GatewayError('incorrect', `The store in ${place.home} was created by PostgreSQL ${major}: ${able}.`);
}

interface Able {
  readonly account: Account;
  readonly binaries: Binaries;
}

/** Who runs what; or the reason why nothing can. */
async function ableToRun(place: ClusterPlace, search: BinarySearch): Promise<Able | string> {
  const account = await accountFor(place.cluster);
  if (typeof account === 'string') return account;
  const binaries = await findBinaries(search, account);
  if ('tried' in binaries) return noBinaries(binaries.tried, search.major);
  const closed = hasDescriptorPaths || !account.ids ? undefined : await obstacle(account, dirname(place.home));
  if (closed === undefined) return { account, binaries };
  return `the gateway runs as root, PostgreSQL as user ${account.name}, who may not enter ${closed}`;
}

const noBinaries = (tried: readonly string[], major: string | undefined): string =>
  `no binaries${major === undefined ? '' : ` of version ${major}`} run here (${tried.join(', ') || 'none found'}); install postgresql or set PG_BIN`;

async function serve(place: ClusterPlace, { binaries, account }: Able, create: boolean): Promise<Db> {
  if (create) await createCluster(place, binaries, account);
  const directory = { path: place.cluster, handle: await open(place.cluster) };
  try {
    return await connect({ place, directory, binaries, account });
  } catch (error) {
    await directory.handle.close();
    throw error;
  }
}

async function connect(setting: ServerSetting): Promise<Db> {
  const { place, directory, account } = setting;
  const server = await reachPostmaster(setting);
  const connection = connectionTo(directory);
  // Only the holder of the lock watches and stops the server: a gateway that is refused must leave it alone.
  const lock = await lockGateway(connection, place.home);
  const watchdog = watch(directory, account);
  const release = async () => {
    await lock.release();
    await stopPostmaster(place.cluster, server.pid);
    watchdog.release();
    await directory.handle.close();
  };
  return openPg({
    pool: { ...connection, max: 10 },
    describe: ({ version }) => describe(place, server, version),
    release,
  });
}

const port = 5432;

// sun_path of unix(7) holds 108 bytes with the closing NUL on Linux, 104 elsewhere.
const longestSocketPath = 103;

function connectionTo(directory: OpenDirectory): pg.ClientConfig {
  const fits = Buffer.byteLength(`${directory.path}/.s.PGSQL.${port}`) <= longestSocketPath;
  return { host: fits ? directory.path : shortName(directory), port, user: clusterUser, database: 'postgres' };
}

const describe = (place: ClusterPlace, server: Postmaster, version: string): StoreDescription => ({
  engine: 'PostgreSQL',
  version,
  place: `${place.home} (embedded, process ${server.pid})`,
  durability: 'A commit is on disk before it is acknowledged: it survives a crash and a power cut.',
  notes: server.found ? [`Took over the server (process ${server.pid}) that an earlier gateway left running.`] : [],
});
