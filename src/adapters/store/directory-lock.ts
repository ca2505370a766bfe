// One process to a directory, by a file that names its holder. For stores that have no server to ask (PGlite).
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GatewayError } from '../../model/error.js';
import { isRunning, standing } from './embedded/processes.js';

/**
 * Takes the lock at `path` and answers how to let go of it. A lock whose holder is gone is taken over; a living
 * holder is a GatewayError (`conflict`).
 */
export async function lockDirectory(path: string): Promise<() => Promise<void>> {
  const mine = signature(process.pid);
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await written(path, mine)) return () => rm(path, { force: true });
    const theirs = await readFile(path, 'utf8').catch(() => '');
    if (theirs !== '' && isHeld(theirs)) throw inUse(path, theirs);
    await setAside(path, theirs);
  }
  throw inUse(path, '');
}

// The start time tells the holder from a later process under the same id.
const signature = (pid: number): string => `${pid} ${standing(pid)?.startedAt ?? ''}`;

const isHeld = (content: string): boolean => {
  const pid = Number.parseInt(content, 10);
  return isRunning(pid) && signature(pid) === content;
};

const written = (path: string, content: string): Promise<boolean> =>
  writeFile(path, content, { flag: 'wx' }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw new GatewayError('forbidden', `DATA_DIR cannot be written: ${error.code} at ${path}.`);
    },
  );

// Another process may do the same at this moment and hold the lock anew: what was moved by mistake is put back.
async function setAside(path: string, stale: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  await rename(path, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => stale);
  if (moved !== stale) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

const inUse = (path: string, content: string): GatewayError =>
  new GatewayError(
    'conflict',
    `${dirname(path)} is in use by another gateway (process ${Number.parseInt(content, 10)}). Stop it, or set another DATA_DIR.`,
  );
