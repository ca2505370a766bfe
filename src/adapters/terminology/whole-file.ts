// Files that are there whole or not at all: written beside, forced to disk, renamed.
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const unfinished = '.unfinished';

/** What an import that was killed has left. */
function clear(folder: string): void {
  for (const name of readdirSync(folder)) if (name.endsWith(unfinished)) rmSync(join(folder, name));
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done);
}

/** Readers see the old file, the new one, or none. */
export function writeWhole(path: string, parts: readonly Uint8Array[]): string {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  clear(folder);
  const handle = openSync(`${path}${unfinished}`, 'w');
  for (const part of parts) writeAll(handle, part);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(`${path}${unfinished}`, path);
  sync(folder);
  return path;
}
