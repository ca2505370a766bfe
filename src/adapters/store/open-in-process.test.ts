import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { envelopeOf, outcomeOf, weight } from '../../../test/store/outcomes.js';
import { holdsInProcess, openInProcess } from './open-in-process.js';
import { openStore } from './open-store.js';
import { migrate } from './migrate.js';
import { storeOver } from './store.js';

describe('PGlite, where no server can run', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'in-process-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('is refused in production, with the reason', async () => {
    await expect(openInProcess(dataDir, 'no binaries run here', true)).rejects.toMatchObject({
      category: 'unsupported',
      message: expect.stringContaining('no binaries run here') as string,
    });
  });

  it('says that it does not fsync, has one holder, and is opened again with what it held', async () => {
    const db = await openInProcess(dataDir, 'no binaries run here', false);
    expect(db.describe()).toMatchObject({
      durability: expect.stringContaining('does not fsync') as string,
      notes: [expect.stringContaining('no binaries run here')],
    });
    await expect(openStore({ dataDir })).rejects.toMatchObject({ category: 'conflict' });
    await migrate(db);
    const envelope = envelopeOf('message');
    await storeOver(db).recordOutcome(envelope, outcomeOf(envelope, [weight('w', '1')]));
    await db.close();
    expect(holdsInProcess(dataDir)).toBe(true);
    const again = await openStore({ dataDir });
    expect(again.describe().engine).toBe('PGlite');
    expect(await again.readResource('Observation', 'w')).toMatchObject({ versionId: '1' });
    await again.close();
  });
});
