// Whom the embedded server runs as. PostgreSQL refuses to run as root, so a gateway started as root gives it away to
// the user `postgres`, or `nobody` where there is none; once a cluster exists, to the cluster's owner.
import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { GatewayError } from '../../../model/error.js';

const run = promisify(execFile);

export interface Account {
  readonly name: string;
  /** Present when it differs from the gateway's own: what to spawn with and to give directories to. */
  readonly ids?: { readonly uid: number; readonly gid: number };
}

interface PasswdEntry {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The account for the cluster at `directory`, which need not exist yet; or why there is none. */
export async function accountFor(directory: string): Promise<Account | string> {
  const own = process.getuid?.() ?? 0;
  const owner = await stat(directory).then(
    ({ uid }) => uid,
    () => undefined,
  );
  return own === 0 ? lesserAccount(owner) : ownAccount(directory, own, owner);
}

async function lesserAccount(owner: number | undefined): Promise<Account | string> {
  const users = await passwd();
  const user =
    users.find(({ uid }) => owner !== undefined && owner !== 0 && uid === owner) ??
    users.find(({ name }) => name === 'postgres') ??
    users.find(({ name }) => name === 'nobody');
  if (user === undefined) return 'the gateway runs as root and there is neither a user postgres nor nobody';
  return { name: user.name, ids: { uid: user.uid, gid: user.gid } };
}

function ownAccount(directory: string, own: number, owner: number | undefined): Account | string {
  if (owner !== undefined && owner !== own) {
    throw new GatewayError(
      'forbidden',
      `${directory} belongs to user id ${owner}, the gateway runs as ${own}. Run it as that user, or set another DATA_DIR.`,
    );
  }
  // initdb wants a name for its user id; containers started under an arbitrary id have none.
  try {
    return { name: userInfo().username };
  } catch {
    return `the gateway's user id ${own} has no entry in /etc/passwd`;
  }
}

async function passwd(): Promise<PasswdEntry[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n');
  return lines.map((line) => {
    const [name = '', , uid, gid] = line.split(':');
    return { name, uid: Number(uid), gid: Number(gid) };
  });
}

/** The first directory on the way to `path` that `account` may not enter; undefined when the way is free. */
export async function obstacle(account: Account, path: string): Promise<string | undefined> {
  for (const directory of ancestors(path)) if (!(await mayEnter(account, directory))) return directory;
  return undefined;
}

const ancestors = (path: string): string[] => (path === dirname(path) ? [path] : [...ancestors(dirname(path)), path]);

// Asked of the kernel rather than computed from mode bits, so that access control lists count.
const mayEnter = ({ ids }: Account, directory: string): Promise<boolean> =>
  run('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], { cwd: '/', ...ids }).then(
    () => true,
    () => false,
  );
