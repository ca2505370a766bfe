import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from './db.js';
import { migrate, migrationsDirectory } from './migrate.js';
import { openPglite } from './pglite-driver.js';
import { lockStanding } from './standing.js';

describe('Migrations', () => {
  let db: Db;
  let directory: string;

  beforeAll(async () => {
    db = await openPglite({
      describe: (version) => ({ engine: 'PGlite', version, place: 'memory', durability: 'none', notes: [] }),
    });
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'migrations-'));
    await cp(migrationsDirectory(), directory, { recursive: true });
    await db.script('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  });
  afterEach(() => rm(directory, { recursive: true }));

  const tables = async () =>
    (await db.query<{ tablename: string }>("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).map(
      ({ tablename }) => tablename,
    );

  it('create the schema, and change nothing the second time', async () => {
    await migrate(db, directory);
    const created = await tables();
    expect(created).toEqual(expect.arrayContaining(['message', 'run', 'resource_version', 'quarantine', 'outbox']));
    await migrate(db, directory);
    expect(await tables()).toEqual(created);
  });

  it('refuse a file that was edited after it was applied', async () => {
    await migrate(db, directory);
    const [file] = ['001.do.messages.sql'].map((name) => join(directory, name));
    await writeFile(file!, `${await readFile(file!, 'utf8')}\n-- edited`);
    await expect(migrate(db, directory)).rejects.toMatchObject({ category: 'conflict' });
  });

  it('do not mind how a checkout ends its lines', async () => {
    await migrate(db, directory);
    const file = join(directory, '001.do.messages.sql');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', '\r\n'));
    await migrate(db, directory);
  });

  it('refuse a store that a newer gateway has migrated', async () => {
    await writeFile(join(directory, '900.do.later.sql'), 'CREATE TABLE later (id integer)');
    await migrate(db, directory);
    await rm(join(directory, '900.do.later.sql'));
    await expect(migrate(db, directory)).rejects.toMatchObject({ category: 'conflict' });
  });

  it('make what was written before there was a merge the word of the message that wrote it', async () => {
    for (const name of await readdir(directory)) if (name >= '005') await rm(join(directory, name));
    await migrate(db, directory);
    await db.script(`
      INSERT INTO payload VALUES ('d', '', 0);
      INSERT INTO message VALUES ('00000000-0000-5000-8000-000000000001', 'north', 'd', 0, 'ADT^A08^ADT_A01', 'publish',
                                  'r', 1, '2026-01-31T08:00:00Z');
      INSERT INTO resource VALUES ('Patient', 'p', 1, 'h');
      INSERT INTO resource_version VALUES ('Patient', 'p', 1, 'h', '{}', '{"birthDate":"1980","gender":"female"}', now(),
                                           '00000000-0000-5000-8000-000000000001', 1, '{"rules":[],"leaves":[]}')`);
    await migrate(db);
    const [patient] = [...(await lockStanding(db, [{ type: 'Patient', id: 'p', hash: '', content: {} }])).values()];
    const origin = {
      messageId: '00000000-0000-5000-8000-000000000001',
      feed: 'north',
      sources: ['north', 'north/ADT'],
      at: '2026-01-31T08:00:00.000Z',
    };
    expect(Object.fromEntries(patient!.origins)).toEqual({ birthDate: origin, gender: origin });
  });

  it('leave nothing of themselves when one of them fails', async () => {
    await writeFile(join(directory, '900.do.broken.sql'), 'CREATE TABLE half (id integer); SELECT nothing()');
    await expect(migrate(db, directory)).rejects.toThrow('nothing()');
    expect(await tables()).toEqual([]);
  });
});
