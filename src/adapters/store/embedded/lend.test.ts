import { chmod, lstat, mkdir, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hydrateLinks } from './links.js';
import { lend } from './lend.js';

const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }];

describe('Binaries of an npm package', () => {
  let native: string;
  let copy: string | undefined;
  beforeEach(async () => {
    native = await mkdtemp(join(tmpdir(), 'native-'));
    copy = undefined;
    await mkdir(join(native, 'lib'));
    await writeFile(join(native, 'lib', 'libx.so.1.2'), 'x');
    await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  });
  afterEach(async () => {
    await rm(native, { recursive: true });
    if (copy !== undefined) await rm(copy, { recursive: true });
  });

  it('get the links that the package only lists', async () => {
    expect(await hydrateLinks(native)).toBe(true);
    expect(await readlink(join(native, 'lib', 'libx.so.1'))).toBe('libx.so.1.2');
    expect(await hydrateLinks(native)).toBe(true);
  });

  it('are lent as a copy with its links, made once, that nobody else may write', async () => {
    copy = await lend(native);
    expect(await readdir(join(copy!, 'lib'))).toEqual(['libx.so.1', 'libx.so.1.2']);
    expect((await lstat(copy!)).mode & 0o777).toBe(0o755);
    expect(await lend(native)).toBe(copy);
  });

  it('are not taken from a directory that others may write', async () => {
    copy = await lend(native);
    await chmod(copy!, 0o777);
    expect(await lend(native)).toBeUndefined();
  });
});
