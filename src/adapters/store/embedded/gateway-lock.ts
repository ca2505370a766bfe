// One gateway to an embedded store: the one that holds an advisory lock of the server, through a connection kept open
// for that. It is free again the moment its holder is gone, however it went.
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../../../model/error.js';
import { gatewayErrorOf } from '../sql-error.js';

export interface GatewayLock {
  release(): Promise<void>;
}

// "gateway" has seven letters; four of them make the key of the lock.
const key = 0x67617465;

/** Takes the lock; throws a GatewayError (`conflict`) naming the process that holds it. */
export async function lockGateway(connection: pg.ClientConfig, home: string): Promise<GatewayLock> {
  const client = new pg.Client({ ...connection, application_name: `concord ${process.pid}` });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await takeLock(client, home);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw gatewayErrorOf(error);
  }
  return { release: () => client.end() };
}

// The server may need a moment to notice that a killed gateway's connection is gone.
async function takeLock(client: pg.Client, home: string, attempts = 8): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [key]);
  if (rows[0]?.held) return;
  if (attempts === 1) throw inUse(home, await holder(client));
  await sleep(50);
  return takeLock(client, home, attempts - 1);
}

const inUse = (home: string, pid: string): GatewayError =>
  new GatewayError(
    'conflict',
    `${home} is in use by another gateway${pid}. Stop that one, set another DATA_DIR, or share a server by DATABASE_URL.`,
  );

async function holder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ application_name: string }>(
    `SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)
     WHERE locktype = 'advisory' AND objid = $1 AND granted`,
    [key],
  );
  const pid = /^concord (\d+)$/.exec(rows[0]?.application_name ?? '')?.[1];
  return pid === undefined ? '' : ` (process ${pid})`;
}
