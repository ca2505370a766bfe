// Where the server's socket stands: in its home, unless that path is too long for a socket address.
import { chown, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.js';

export const socketPort = 5432;

// sun_path of unix(7) holds 108 bytes with the closing NUL on Linux, 104 elsewhere.
const longestSocketPath = 103;

/** A directory that only the account may enter; in the system's temporary one where `home` is too long. */
export async function socketDirectory(home: string, { ids }: Account): Promise<string> {
  if (fitsSocket(home)) return home;
  const directory = await mkdtemp(join(tmpdir(), 'concord-'));
  if (ids !== undefined) await chown(directory, ids.uid, ids.gid);
  return directory;
}

const fitsSocket = (directory: string): boolean =>
  Buffer.byteLength(join(directory, `.s.PGSQL.${socketPort}`)) <= longestSocketPath;
