// Binaries that cannot be used where they are, because the gateway is installed where only root may go, or where links
// cannot be made: a copy in the system's temporary directory, made once, writable by nobody else.
import { chmod, cp, lstat, mkdtemp, rename, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hydrateLinks } from './links.js';

/** Answers the copy of `directory`; undefined when something untrustworthy stands in its place. */
export async function lend(directory: string): Promise<string | undefined> {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  const copy = join(tmpdir(), `concord-postgres-${name}`);
  if (await isOurs(copy)) return copy;
  const draft = await mkdtemp(`${copy}-`);
  await cp(directory, draft, { recursive: true, verbatimSymlinks: true });
  await hydrateLinks(draft);
  await chmod(draft, 0o755);
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return (await isOurs(copy)) ? copy : undefined;
}

// Anyone may have made a directory of that name.
const isOurs = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0,
    () => false,
  );
