// Two gateways on one store: what one approves, the other runs on as well.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDictionary } from '../../src/terminology/dictionary/dictionary.js';
import { MapsOfFeeds } from '../../src/adapters/codemaps/maps-of-feeds.js';
import { startResumption, type Resumption } from '../../src/adapters/codemaps/resumption.js';
import { Stewardship } from '../../src/adapters/codemaps/stewardship.js';
import { loadArtifacts, loadGateway } from '../../src/adapters/composition.js';
import { loadTerminologyContent } from '../../src/adapters/definitions/terminology-content.js';
import { envelop } from '../../src/adapters/intake.js';
import { migrate } from '../../src/adapters/store/migrate.js';
import { openPglite } from '../../src/adapters/store/pglite-driver.js';
import { storeOver, type Store } from '../../src/adapters/store/store.js';
import { createLog } from '../../src/adapters/telemetry/log.js';
import { createMetrics } from '../../src/adapters/telemetry/metrics.js';
import { eastlabSite, result } from './eastlab.js';

const site = eastlabSite();
const artifacts = loadArtifacts();
const terminology = loadTerminologyContent();
let store: Store;
beforeAll(async () => {
  const db = await openPglite({
    describe: (version) => ({ engine: 'PGlite', version, place: 'memory', durability: 'none', notes: [] }),
  });
  await migrate(db);
  store = storeOver(db);
});
afterAll(async () => {
  await store.close();
  site.remove();
});

function gatewayOnStore() {
  const mapsOfFeeds = new MapsOfFeeds();
  const gateway = loadGateway({ artifacts, site: site.folder, mapsOfFeeds });
  const stewardship = new Stewardship({
    ...{ gateway, store, mapsOfFeeds, terminology, dictionary: emptyDictionary },
    definitions: artifacts.definitions,
  });
  return { gateway, stewardship };
}

type OnStore = ReturnType<typeof gatewayOnStore>;

/** Runs what waits, once. */
async function resumed({ gateway, stewardship }: OnStore): Promise<void> {
  const parts = { gateway, stewardship, store, metrics: createMetrics(), log: createLog('silent') };
  const resumption: Resumption = startResumption(parts);
  await resumption.wake();
  await resumption.stop();
}

const receive = async ({ gateway }: OnStore, code: string): Promise<string> => {
  const bytes = new TextEncoder().encode(result(`T-${code}`, code, 'Glucose'));
  const payload = gateway.normalize(envelop(bytes, { feed: 'eastlab', receivedAt: '2026-02-14T16:15:00.000Z' }));
  await store.recordPayload(payload);
  return payload.outcomes[0]!.messageId;
};

const approve = async ({ stewardship }: OnStore, code: string) => {
  const decisions = [{ code, relationship: 'equivalent' as const, target: { code: '2345-7' } }];
  const { draftId } = await stewardship.propose({ feed: 'eastlab', map: 'eastlab-tests', author: 'Ada', decisions });
  return stewardship.approve(draftId, { reviewer: 'Grace' });
};

describe('two gateways on one store', () => {
  let here: OnStore;
  let there: OnStore;
  beforeAll(() => {
    [here, there] = [gatewayOnStore(), gatewayOnStore()];
  });
  const versionOf = ({ stewardship }: OnStore) => stewardship.mapOf('eastlab', 'eastlab-tests').version;

  it('run on the same maps once each has looked', async () => {
    const held = await receive(there, 'G1');
    await approve(here, 'G1');
    expect([versionOf(here), versionOf(there)]).toEqual(['1.0.0+eastlab.1', '1.0.0']);
    await resumed(there);
    expect(versionOf(there)).toBe('1.0.0+eastlab.1');
    expect(here.gateway.release('eastlab').pins).toEqual(there.gateway.release('eastlab').pins);
    expect(await store.message(held)).toMatchObject({ disposition: expect.stringMatching(/^publish/) as string });
  });

  it('give their versions one order', async () => {
    const [first, second] = [await approve(here, 'G2'), await approve(there, 'G3')];
    expect([first.version, second.version]).toEqual(['1.0.0+eastlab.2', '1.0.0+eastlab.3']);
    await here.stewardship.refresh();
    expect(versionOf(here)).toBe('1.0.0+eastlab.3');
  });

  it('run a message that stays held once on each release, and no more', async () => {
    const held = await receive(here, 'none');
    await approve(here, 'G4');
    for (const gateway of [here, there, here, there]) await resumed(gateway);
    const message = await store.message(held);
    expect(message).toMatchObject({ disposition: 'hold', runs: { length: 2 } });
  });

  it('leave aside what was decided for a feed that one of them does not have', async () => {
    const decisions = [{ system: '', code: 'X', relationship: 'no-map' as const }];
    const { draftId } = await store.propose({ feed: 'gone', map: 'm', author: 'Ada', decisions });
    await store.decideDraft(draftId, { state: 'approved', reviewer: 'Grace', number: 1, version: '1+gone.1' });
    await expect(here.stewardship.refresh()).resolves.toBeUndefined();
  });
});
