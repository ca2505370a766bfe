// Which PostgreSQL the store stands on: that of DATABASE_URL, else one embedded in DATA_DIR, else PGlite in process.
import type { Db } from './db.js';
import { openEmbedded } from './embedded/open-embedded.js';
import { migrate } from './migrate.js';
import { holdsInProcess, openInProcess } from './open-in-process.js';
import { openServer } from './open-server.js';
import { storeOver, type Store } from './store.js';

export interface StoreConfig {
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  /** NODE_ENV=production: refuses a store that a power cut can damage. */
  readonly production?: boolean | undefined;
  /** PG_BIN: the directory of initdb and postgres. */
  readonly pgBin?: string | undefined;
  /** PATH: searched for them after the system's own places. */
  readonly path?: string | undefined;
}

/**
 * Opens the store and brings its schema up to date. Throws a GatewayError: `unavailable` (no server answers),
 * `conflict` (another gateway uses DATA_DIR; an edited or newer schema), `forbidden`, `incorrect` or `unsupported`
 * (the surroundings do not allow it; the message says what to do).
 */
export async function openStore(config: StoreConfig): Promise<Store> {
  const db = await openDb(config);
  try {
    await migrate(db);
    return storeOver(db);
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function openDb({ databaseUrl, dataDir, production = false, pgBin, path }: StoreConfig): Promise<Db> {
  if (databaseUrl !== undefined && databaseUrl !== '') return openServer(databaseUrl);
  if (holdsInProcess(dataDir)) return openInProcess(dataDir, `${dataDir} holds a store of PGlite`, production);
  const embedded = await openEmbedded(dataDir, { pgBin, path });
  return 'reason' in embedded ? openInProcess(dataDir, embedded.reason, production) : embedded;
}
