// Brings the schema to what this version of the gateway expects, and refuses one that was edited or is newer.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GatewayError } from '../../model/error.js';
import type { Db, Session } from './db.js';

// "concord" in the upper half keeps clear of other users of advisory locks in a shared database.
const migrationLock = 0x636f6e63;

/**
 * Applies the migrations not yet applied, all in one transaction, one gateway at a time. Throws a GatewayError
 * (`conflict`) when an applied migration no longer has the text it was applied with, or the schema is newer than ours.
 */
export async function migrate(db: Db, directory = migrationsDirectory()): Promise<void> {
  const { default: Postgrator } = await import('postgrator');
  await db.tx(async (session) => {
    await session.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    const postgrator = new Postgrator({
      driver: 'pg',
      schemaTable: 'concord_migration',
      migrationPattern: join(directory, '*.sql'),
      newline: 'LF',
      ...executing(session),
    });
    await refuseNewer(postgrator);
    await postgrator.migrate().catch(explain);
  });
}

const executing = (session: Session) => ({
  execQuery: async (sql: string) => ({ rows: [...(await session.query<object>(sql))] }),
  execSqlScript: (sql: string) => session.script(sql),
});

async function refuseNewer(versions: {
  getDatabaseVersion(): Promise<number>;
  getMaxVersion(): Promise<number>;
}): Promise<void> {
  const [stored, known] = [await versions.getDatabaseVersion(), await versions.getMaxVersion()];
  if (stored <= known) return;
  throw new GatewayError(
    'conflict',
    `The store has schema version ${stored}; this gateway knows ${known}. Run the newer gateway, or restore a backup.`,
  );
}

function explain(error: unknown): never {
  if (error instanceof Error && error.message.startsWith('MD5 checksum failed')) {
    throw new GatewayError(
      'conflict',
      `${error.message}: the file was edited after it was applied to this store. Restore its text and add a new file.`,
    );
  }
  throw error;
}

/** The SQL ships as source: it stands at the same place under the package whether this runs from src/ or dist/. */
export function migrationsDirectory(from = dirname(fileURLToPath(import.meta.url))): string {
  const directory = join(from, 'src', 'adapters', 'store', 'migrations');
  if (existsSync(directory)) return directory;
  const parent = dirname(from);
  if (parent === from) throw new GatewayError('fault', 'The SQL migrations are missing from this installation.');
  return migrationsDirectory(parent);
}
