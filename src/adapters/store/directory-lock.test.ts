import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from './directory-lock.js';

describe('The lock of a directory', () => {
  let directory: string;
  let path: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lock-'));
    path = join(directory, 'pglite.lock');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('has one holder, who is named to the next', async () => {
    const release = await lockDirectory(path);
    await expect(lockDirectory(path)).rejects.toMatchObject({
      category: 'conflict',
      message: expect.stringContaining(`process ${process.pid}`) as string,
    });
    await release();
    await (
      await lockDirectory(path)
    )();
  });

  it('is taken over from a process that is gone', async () => {
    const pid = execFileSync('/bin/sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim();
    await writeFile(path, `${pid} 12345`);
    await lockDirectory(path);
    expect(await readdir(directory)).toEqual(['pglite.lock']);
  });

  it.runIf(process.platform === 'linux')('is taken over when its process id belongs to a later process', async () => {
    await writeFile(path, `${process.pid} 1`);
    await lockDirectory(path);
  });
});
