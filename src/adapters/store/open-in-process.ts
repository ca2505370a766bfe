// The last resort: PGlite, PostgreSQL inside this process, where no server can run.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GatewayError } from '../../model/error.js';
import type { Db } from './db.js';
import { lockDirectory } from './directory-lock.js';
import { openPglite } from './pglite-driver.js';

const directoryOf = (dataDir: string): string => resolve(dataDir, 'pglite');

/** True when the store of `dataDir` is one of PGlite: opening another beside it would seem to lose everything. */
export const holdsInProcess = (dataDir: string): boolean => existsSync(join(directoryOf(dataDir), 'PG_VERSION'));

/** Opens it in `dataDir`; `reason` says why it has to be this one. Throws (`unsupported`) in production. */
export async function openInProcess(dataDir: string, reason: string, production: boolean): Promise<Db> {
  if (production) {
    throw new GatewayError(
      'unsupported',
      `No durable store: ${reason}. In production set DATABASE_URL, or mend that: PGlite, which would be used otherwise, does not wait for the disk.`,
    );
  }
  const directory = directoryOf(dataDir);
  const release = await lockDirectory(`${directory}.lock`);
  try {
    return await openPglite({
      dataDir: directory,
      release,
      describe: (version) => ({
        engine: 'PGlite',
        version,
        place: `${directory} (in process)`,
        durability: 'It does not fsync: what was acknowledged survives a crash of the gateway, but not a power cut.',
        notes: [`PostgreSQL is not used: ${reason}.`],
      }),
    });
  } catch (error) {
    await release();
    throw error instanceof GatewayError ? error : new GatewayError('unavailable', `PGlite did not open ${directory}.`);
  }
}
