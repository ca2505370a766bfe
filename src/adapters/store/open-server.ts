// The store on the PostgreSQL server of DATABASE_URL. Several gateways may share it.
import { GatewayError } from '../../model/error.js';
import type { Db, StoreDescription } from './db.js';
import { openPg, type ServerFacts } from './pg-driver.js';

/** Throws a GatewayError: `incorrect` for a URL that is none, `unavailable` for a server that cannot be reached. */
export async function openServer(databaseUrl: string): Promise<Db> {
  const place = placeOf(databaseUrl);
  try {
    return await openPg({
      pool: { connectionString: databaseUrl, application_name: 'concord', max: 10 },
      describe: (facts) => describe(place, facts),
    });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw new GatewayError(error.category, `DATABASE_URL (${place}): ${error.message}`);
  }
}

/** Host, port, database and user: all of the URL that may be shown. */
function placeOf(databaseUrl: string): string {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new GatewayError(
      'incorrect',
      'DATABASE_URL is not of the form postgresql://user:password@host:port/database.',
    );
  }
  const host = url.searchParams.get('host') ?? (url.host || 'localhost');
  return `${url.username === '' ? '' : `${url.username}@`}${host}${url.pathname}`;
}

const describe = (place: string, { version, durable }: ServerFacts): StoreDescription => ({
  engine: 'PostgreSQL',
  version,
  place: `${place} (DATABASE_URL)`,
  durability: durable
    ? 'A commit is on disk before it is acknowledged: it survives a crash and a power cut.'
    : 'The server acknowledges commits before they are on disk (fsync or synchronous_commit is off): a crash can lose some.',
  notes: [],
});
