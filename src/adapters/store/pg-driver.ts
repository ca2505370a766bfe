// The Db port over `pg`: a pool of connections to a PostgreSQL server, the embedded one or that of DATABASE_URL.
import pg from 'pg';
import { GatewayError } from '../../model/error.js';
import type { Db, Session, SqlValue, StoreDescription } from './db.js';
import { gatewayErrorOf } from './sql-error.js';

/** What a server says of itself. */
export interface ServerFacts {
  readonly version: string;
  /** Whether a commit waits for the disk: `fsync` and `synchronous_commit`. */
  readonly durable: boolean;
}

export interface PgConnection {
  readonly pool: pg.PoolConfig;
  readonly describe: (facts: ServerFacts) => StoreDescription;
  /** Runs after the pool has ended: stops the server where the gateway started it. */
  readonly release?: () => Promise<void>;
}

/** Connects, asks the server about itself and answers the port. */
export async function openPg(connection: PgConnection): Promise<Db> {
  const pool = new pg.Pool({
    allowExitOnIdle: true,
    connectionTimeoutMillis: 5_000,
    pipeline: true,
    ...connection.pool,
  });
  // An idle connection that breaks is dropped by the pool; the next query reports what is wrong.
  pool.on('error', () => undefined);
  const session = sessionOver(pool);
  const facts = await factsOf(session).catch(async (error: unknown) => {
    await pool.end().then(connection.release);
    throw error;
  });
  return {
    ...session,
    tx: (work) => transaction(pool, work),
    close: () => pool.end().then(connection.release),
    describe: () => connection.describe(facts),
  };
}

const factsSql = `
SELECT current_setting('server_version') AS version, current_setting('server_version_num')::integer AS number,
       current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off' AS durable`;

async function factsOf(session: Session): Promise<ServerFacts> {
  const [row] = await session.query<{ version: string; number: number; durable: boolean }>(factsSql);
  const version = row!.version.split(' ')[0]!;
  if (row!.number >= 130_000) return { version, durable: row!.durable };
  throw new GatewayError('unsupported', `PostgreSQL ${version} is too old; the store needs 13 or newer.`);
}

type Queryable = Pick<pg.ClientBase, 'query'>;

const sessionOver = (client: Queryable): Session => ({
  query: async <Row extends object>(sql: string, values?: readonly SqlValue[]) =>
    (await guarded(() => client.query<Row>(prepared(sql, values)))).rows,
  script: async (sql) => void (await guarded(() => client.query(sql))),
});

async function transaction<T>(pool: pg.Pool, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await guarded(() => pool.connect());
  let broken = false;
  try {
    const answer = await work(
      behind(
        guarded(() => client.query('BEGIN')),
        sessionOver(client),
      ),
    );
    await guarded(() => client.query('COMMIT'));
    return answer;
  } catch (error) {
    broken = !(await rolledBack(client));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Statements travel with what begins their transaction; each fails if that does. */
function behind(begun: Promise<unknown>, session: Session): Session {
  begun.catch(() => undefined);
  return {
    query: async <Row extends object>(sql: string, values?: readonly SqlValue[]) => {
      const [rows] = await Promise.all([session.query<Row>(sql, values), begun]);
      return rows;
    },
    script: async (sql) => void (await Promise.all([session.script(sql), begun])),
  };
}

const rolledBack = (client: Queryable): Promise<boolean> =>
  client.query('ROLLBACK').then(
    () => true,
    () => false,
  );

// The statements are constants of this room, so each gets a name and is parsed and planned once per connection.
const names = new Map<string, string>();

function prepared(sql: string, values: readonly SqlValue[] = []): pg.QueryConfig {
  if (values.length === 0) return { text: sql };
  const name = names.get(sql) ?? `concord_${names.size}`;
  names.set(sql, name);
  return { name, text: sql, values: [...values] };
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw gatewayErrorOf(error);
  }
}
