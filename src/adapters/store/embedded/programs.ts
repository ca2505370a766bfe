// Starting PostgreSQL's programs. As root the server gives up its rights, and may then not pass the directories that
// lead to its own: so it gets its directory opened, as descriptor 3, and calls it by that. It also makes every path
// short enough for a socket address.
import { spawn, type ChildProcess } from 'node:child_process';
import type { FileHandle } from 'node:fs/promises';
import type { Account } from './account.js';

export interface OpenDirectory {
  readonly path: string;
  readonly handle: FileHandle;
}

/** Whether a descriptor can be called by a path: where there is no /proc, directories are called by their own. */
export const hasDescriptorPaths = process.platform === 'linux';

/** What a started program calls the directory it was given. */
export const givenName = ({ path }: OpenDirectory): string => (hasDescriptorPaths ? '/proc/self/fd/3' : path);

/** What this process may call it, shorter than its path. */
export const shortName = ({ path, handle }: OpenDirectory): string =>
  hasDescriptorPaths ? `/proc/self/fd/${handle.fd}` : path;

// Nothing of the gateway's environment may steer the server; a set TZ spares initdb its search for one.
const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

type Stream = 'ignore' | 'pipe' | number;

/** Starts `program` as the account, in a session of its own: Ctrl-C in the terminal is for the gateway alone. */
export const start = (
  program: string,
  args: readonly string[],
  directory: OpenDirectory,
  { ids }: Account,
  [input, output]: readonly [Stream, Stream],
): ChildProcess =>
  spawn(program, args, {
    cwd: '/',
    env,
    stdio: [input, output, output, directory.handle.fd],
    detached: true,
    ...ids,
  });
