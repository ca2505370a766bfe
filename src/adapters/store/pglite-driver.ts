// The Db port over PGlite: PostgreSQL compiled to WebAssembly, in this process. For places where no server can run.
import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { Db, Session, SqlValue, StoreDescription } from './db.js';
import { gatewayErrorOf } from './sql-error.js';

export interface PgliteOptions {
  /** Where it keeps its files; absent: in memory. */
  readonly dataDir?: string;
  readonly describe: (version: string) => StoreDescription;
  /** Runs after it has closed: removes the lock. */
  readonly release?: () => Promise<void>;
}

/** Opens the directory, creating it at first; takes seconds then. */
export async function openPglite(options: PgliteOptions): Promise<Db> {
  const { PGlite } = await import('@electric-sql/pglite');
  const pglite = await PGlite.create(options.dataDir === undefined ? {} : { dataDir: options.dataDir });
  const session = sessionOver(pglite);
  const [row] = await session.query<{ server_version: string }>('SHOW server_version');
  return {
    ...session,
    tx: (work) => transaction(pglite, work),
    close: () => pglite.close().then(options.release),
    describe: () => options.describe(row?.server_version ?? ''),
  };
}

const sessionOver = (pglite: Pick<PGlite | Transaction, 'query' | 'exec'>): Session => ({
  query: async <Row extends object>(sql: string, values: readonly SqlValue[] = []) =>
    (await guarded(() => pglite.query<Row>(sql, [...values]))).rows,
  script: async (sql) => void (await guarded(() => pglite.exec(sql))),
});

// What `work` throws leaves as it is; only PGlite's own failures are translated.
async function transaction<T>(pglite: PGlite, work: (session: Session) => Promise<T>): Promise<T> {
  const thrown: unknown[] = [];
  const noting = (error: unknown): never => {
    thrown.push(error);
    throw error;
  };
  try {
    return await pglite.transaction((open) => work(sessionOver(open)).catch(noting));
  } catch (error) {
    throw thrown.length > 0 ? thrown[0] : gatewayErrorOf(error);
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw gatewayErrorOf(error);
  }
}
