import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issue } from '../../model/issue.js';
import { GatewayError } from '../../model/error.js';
import { accountFor } from './embedded/account.js';
import { findBinaries } from './embedded/binaries.js';
import { envelopeOf, leaf, outcomeOf, pinsOf, weight } from '../../../test/store/outcomes.js';
import { migrate } from './migrate.js';
import { openStore } from './open-store.js';
import { openPglite } from './pglite-driver.js';
import { storeOver, type Store } from './store.js';

// One contract, three engines. What cannot run here is skipped under a name that says why.

const serverUrl = process.env['TEST_DATABASE_URL'] ?? `postgresql://${userInfo().username}@127.0.0.1:5432/test`;

interface Engine {
  readonly name: string;
  readonly missing?: string | undefined;
  readonly open: () => Promise<{ readonly store: Store; readonly dispose: () => Promise<void> }>;
}

const engines: readonly Engine[] = [
  { name: 'PGlite', open: openInMemory },
  { name: 'a PostgreSQL server', missing: await whyNoServer(), open: openOwnDatabase },
  { name: 'the embedded PostgreSQL', missing: await whyNoBinaries(), open: openTemporary },
];

async function openInMemory() {
  const db = await openPglite({
    describe: (version) => ({ engine: 'PGlite', version, place: 'memory', durability: 'none', notes: [] }),
  });
  await migrate(db);
  const store = storeOver(db);
  return { store, dispose: () => store.close() };
}

async function openOwnDatabase() {
  const name = `concord_${randomUUID().replaceAll('-', '')}`;
  await administer(`CREATE DATABASE ${name}`);
  const databaseUrl = new URL(serverUrl);
  databaseUrl.pathname = name;
  const store = await openStore({ databaseUrl: databaseUrl.href, dataDir: '' });
  const dispose = async () => {
    await store.close();
    await administer(`DROP DATABASE ${name}`);
  };
  return { store, dispose };
}

async function openTemporary() {
  const dataDir = await mkdtemp(join(tmpdir(), 'store-'));
  const store = await openStore({ dataDir, path: process.env['PATH'] });
  const dispose = async () => {
    await store.close();
    await rm(dataDir, { recursive: true });
  };
  return { store, dispose };
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 2_000 });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function whyNoServer(): Promise<string | undefined> {
  return administer('SELECT 1').then(
    () => undefined,
    () => 'no server there; set TEST_DATABASE_URL',
  );
}

async function whyNoBinaries(): Promise<string | undefined> {
  const account = await accountFor('/nonexistent');
  if (typeof account === 'string') return account;
  const found = await findBinaries({ path: process.env['PATH'] }, account);
  return 'tried' in found ? 'no binaries run here' : undefined;
}

for (const { name, missing, open } of engines) {
  describe.skipIf(missing)(`The store on ${name}${missing ? ` (${missing})` : ''}`, () => {
    let store: Store;
    let dispose: () => Promise<void>;
    let serial = 0;
    const fresh = (more = {}) => envelopeOf(`MSH|^~\\&|${++serial}`, more);
    const newId = () => `weight-${++serial}`;

    beforeAll(async () => {
      ({ store, dispose } = await open());
    });
    afterAll(() => dispose());

    it('stores each resource of a published message as its first version', async () => {
      const [envelope, id] = [fresh({ name: 'a.hl7' }), newId()];
      const recorded = await store.recordOutcome(envelope, outcomeOf(envelope, [weight(id, '70.50')]));
      expect(recorded).toEqual({
        duplicate: false,
        stored: [{ type: 'Observation', id, versionId: '1', created: true }],
      });
    });

    it('reads a resource with its version, and decimals with their digits', async () => {
      const [envelope, id] = [fresh(), newId()];
      const outcome = outcomeOf(envelope, [weight(id, '70.50')]);
      await store.recordOutcome(envelope, outcome);
      const read = await store.readResource('Observation', id);
      expect(read).toMatchObject({ versionId: '1', messageId: outcome.messageId });
      expect(read?.text).toContain('"value":70.50');
      expect(JSON.parse(read!.text)).toEqual({
        resourceType: 'Observation',
        id,
        meta: {
          versionId: '1',
          lastUpdated: read!.lastUpdated,
          source: 'urn:feed:northlab',
          profile: ['http://example.org/weight'],
        },
        status: 'final',
        valueQuantity: { value: 70.5, unit: 'kg' },
      });
    });

    it('notes a repeated payload, and stores nothing new', async () => {
      const [first, id] = [fresh(), newId()];
      const again = { ...first, receivedAt: '2026-02-01T08:00:00.000Z', name: 'again.hl7' };
      await store.recordOutcome(first, outcomeOf(first, [weight(id, '1')]));
      const events = await store.pendingEvents(10_000);
      const recorded = await store.recordOutcome(again, outcomeOf(again, [weight(id, '1')]));
      expect(recorded).toEqual({
        duplicate: true,
        stored: [{ type: 'Observation', id, versionId: '1', created: false }],
      });
      expect(await store.pendingEvents(10_000)).toEqual(events);
      expect(await store.history('Observation', id)).toHaveLength(1);
      expect((await store.payload(first.digest))?.receipts).toEqual([
        { feed: 'northlab', receivedAt: first.receivedAt },
        { feed: 'northlab', receivedAt: again.receivedAt, name: 'again.hl7' },
      ]);
      const record = await store.message(outcomeOf(first, []).messageId);
      expect(record?.runs.map(({ repeat }) => repeat)).toEqual([true, false]);
    });

    it('does not let a repeated payload bring back what was changed since', async () => {
      const [first, second, id] = [fresh(), fresh(), newId()];
      await store.recordOutcome(first, outcomeOf(first, [weight(id, '1')]));
      await store.recordOutcome(second, outcomeOf(second, [weight(id, '2')]));
      await store.recordOutcome(first, outcomeOf(first, [weight(id, '1')]));
      expect((await store.readResource('Observation', id))?.text).toContain('"value":2');
    });

    it('makes a new version only when the content changes', async () => {
      const id = newId();
      for (const [kilograms, versionId, created] of [
        ['70.5', '1', true],
        ['70.5', '1', false],
        ['70.50', '2', true],
        ['71', '3', true],
      ] as const) {
        const envelope = fresh();
        const recorded = await store.recordOutcome(envelope, outcomeOf(envelope, [weight(id, kilograms)]));
        expect(recorded.stored).toEqual([{ type: 'Observation', id, versionId, created }]);
      }
      const history = await store.history('Observation', id);
      expect(history.map(({ versionId }) => versionId)).toEqual(['3', '2', '1']);
      expect((await store.readVersion('Observation', id, '2'))?.text).toContain('"value":70.50');
    });

    it('answers nothing for what it does not hold', async () => {
      expect(await store.readResource('Observation', 'none')).toBeUndefined();
      expect(await store.readVersion('Observation', 'none', '1')).toBeUndefined();
      expect(await store.readVersion('Observation', 'none', 'x')).toBeUndefined();
      expect(await store.history('Observation', 'none')).toEqual([]);
      expect(await store.lineage('Observation', 'none')).toBeUndefined();
      expect(await store.message('none')).toBeUndefined();
      expect(await store.message(randomUUID())).toBeUndefined();
      expect(await store.quarantineEntry('none')).toBeUndefined();
      expect(await store.payload('none')).toBeUndefined();
    });

    it('runs a message again on another release, and keeps both runs', async () => {
      const [envelope, id] = [fresh(), newId()];
      await store.recordOutcome(envelope, outcomeOf(envelope, [weight(id, '1')]), { timings: { map: 0.25 } });
      const outcome = outcomeOf(envelope, [weight(id, '2')], { pins: pinsOf('1.1.0') });
      const recorded = await store.recordOutcome(envelope, outcome);
      expect(recorded).toMatchObject({ duplicate: false, stored: [{ versionId: '2', created: true }] });
      const record = await store.message(outcome.messageId);
      expect(record?.runs.map(({ pins }) => pins.mapping.version)).toEqual(['1.1.0', '1.0.0']);
      expect(record?.runs[1]).toMatchObject({ timings: { map: 0.25 }, report: outcome.report });
      expect(record?.resources).toEqual([
        { type: 'Observation', id, versionId: '1' },
        { type: 'Observation', id, versionId: '2' },
      ]);
    });

    it('holds a message with its reason until a later run publishes it', async () => {
      const [envelope, id] = [fresh({ feed: 'holding' }), newId()];
      const held = outcomeOf(envelope, [weight(id, '1')], { disposition: 'hold' });
      expect(await store.recordOutcome(envelope, held)).toEqual({ duplicate: false, stored: [] });
      expect(await store.readResource('Observation', id)).toBeUndefined();
      const [entry] = await store.quarantined({ feed: 'holding' });
      expect(entry).toMatchObject({
        payload: envelope.digest,
        index: 0,
        messageId: held.messageId,
        disposition: 'hold',
        decidedBy: 'terminology.unmapped-held',
        issues: held.report.issues,
        times: 1,
      });
      await store.recordOutcome(envelope, outcomeOf(envelope, [weight(id, '1')], { pins: pinsOf('1.1.0') }));
      expect(await store.quarantined({ feed: 'holding' })).toEqual([]);
      expect((await store.quarantineEntry(entry!.quarantineId))?.resolvedAt).toBeDefined();
      expect(await store.quarantined({ feed: 'holding', resolved: true })).toHaveLength(1);
    });

    it('keeps every byte of a payload nobody could read', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
      const envelope = { ...fresh({ feed: 'noise' }), bytes };
      const issues = [issue('read.binary', { format: 'HL7 v2' })];
      const first = await store.recordRefusal(envelope, issues);
      const again = await store.recordRefusal({ ...envelope, receivedAt: '2026-02-01T00:00:00.000Z' }, issues);
      expect([first.duplicate, again.duplicate]).toEqual([false, true]);
      expect(again.quarantineId).toBe(first.quarantineId);
      const entry = await store.quarantineEntry(first.quarantineId);
      expect(entry).toMatchObject({ decidedBy: 'read.binary', issues, times: 2 });
      expect(entry).not.toHaveProperty('index');
      const payload = await store.payload(envelope.digest);
      expect([...payload!.bytes]).toEqual([...bytes]);
      expect(payload!.receipts).toHaveLength(2);
    });

    it('records the messages of a payload in their order', async () => {
      const [envelope, id] = [fresh(), newId()];
      const outcomes = Array.from({ length: 120 }, (_, index) =>
        outcomeOf(envelope, [weight(id, String(index)), weight(`${id}-${index}`, '1')], { index }),
      );
      const recorded = await store.recordPayload({ envelope, issues: [], outcomes });
      expect(recorded).toHaveLength(120);
      expect(await store.readResource('Observation', id)).toMatchObject({ versionId: '120' });
      expect((await store.readResource('Observation', id))?.text).toContain('"value":119');
      expect(await store.messages({ payload: envelope.digest, limit: 1_000 })).toHaveLength(120);
    });

    it('records a payload without messages as a refusal', async () => {
      const envelope = fresh({ feed: 'empty' });
      expect(await store.recordPayload({ envelope, issues: [issue('read.empty')], outcomes: [] })).toEqual([]);
      expect(await store.quarantined({ feed: 'empty' })).toMatchObject([{ decidedBy: 'read.empty' }]);
    });

    it('answers where the leaves of the current version came from', async () => {
      const [envelope, id] = [fresh(), newId()];
      const leaves = [leaf('valueQuantity.value', 'OBX-5', 120), leaf('status', '/Results/0/Status')];
      const outcome = outcomeOf(envelope, [weight(id, '1')], { leaves });
      await store.recordOutcome(envelope, outcome);
      expect(await store.lineage('Observation', id)).toEqual({
        type: 'Observation',
        id,
        versionId: '1',
        messageId: outcome.messageId,
        feed: 'northlab',
        payload: envelope.digest,
        pins: outcome.pins,
        leaves,
      });
    });

    it('counts residuals by path, those of the deciding run alone', async () => {
      const [one, two] = [fresh({ feed: 'residual' }), fresh({ feed: 'residual' })];
      await store.recordOutcome(one, outcomeOf(one, [], { residualPaths: ['PID-13', 'PID-13', 'ZPI-1'] }));
      await store.recordOutcome(two, outcomeOf(two, [], { residualPaths: ['PID-13', 'PID-9'] }));
      const again = { residualPaths: ['PID-13'], pins: pinsOf('1.1.0') };
      await store.recordOutcome(two, outcomeOf(two, [], again));
      expect(await store.residualSummary('residual')).toEqual([
        { path: 'PID-13', values: 3, messages: 2 },
        { path: 'ZPI-1', values: 1, messages: 1 },
      ]);
    });

    it('lists unmapped codes of deciding runs, those that hold messages first', async () => {
      const feed = 'unmapped';
      const known = { map: 'sex', system: 'urn:oid:2.999', position: { path: 'PID-8', offset: 70 } };
      const [x, y] = [
        { ...known, code: 'X', display: 'diverse' },
        { ...known, code: 'Y' },
      ];
      const kept = fresh({ feed, receivedAt: '2026-02-01T00:00:00.000Z' });
      await store.recordOutcome(kept, outcomeOf(kept, [], { unmapped: [y, y, { ...y, code: 'Y'.repeat(251) }] }));
      await store.recordOutcome(kept, outcomeOf(kept, [], { unmapped: [y] }));
      const held = [fresh({ feed }), fresh({ feed, receivedAt: '2026-02-02T00:00:00.000Z' })];
      const outcomes = held.map((each) => outcomeOf(each, [], { disposition: 'hold', unmapped: [x] }));
      for (const [at, each] of held.entries()) await store.recordOutcome(each, outcomes[at]!);
      const [first, second, ...others] = await store.worklist({ feed });
      expect(first).toEqual({
        ...{ feed, map: 'sex', system: 'urn:oid:2.999', code: 'X', displays: ['diverse'] },
        ...{ values: 2, messages: 2, held: 2 },
        ...{ firstSeen: '2026-01-31T08:00:00.000Z', lastSeen: '2026-02-02T00:00:00.000Z' },
        examples: [1, 0].map((at) => ({
          ...{ messageId: outcomes[at]!.messageId, disposition: 'hold', position: known.position },
        })),
      });
      expect(second).toMatchObject({ code: 'Y', displays: [], values: 2, messages: 1, held: 0 });
      expect(others).toEqual([]);
      expect(await store.worklist({ feed, offset: 1, limit: 1 })).toEqual([second]);
      expect(await store.worklist({ feed, map: 'other' })).toEqual([]);
      await store.recordOutcome(held[0]!, outcomeOf(held[0]!, [], { pins: pinsOf('1.1.0') }));
      expect(await store.worklist({ feed, limit: 1 })).toMatchObject([{ code: 'X', messages: 1, held: 1 }]);
    });

    it('tells of each message once, in order, until it is delivered', async () => {
      const [envelope, id] = [fresh({ feed: 'telling' }), newId()];
      await store.recordOutcome(envelope, outcomeOf(envelope, [weight(id, '1')]));
      const own = async () => (await store.pendingEvents(10_000)).filter(({ feed }) => feed === 'telling');
      const events = await own();
      expect(events).toMatchObject([
        {
          kind: 'message.published',
          payload: { disposition: 'publish', resources: [{ type: 'Observation', id, versionId: '1' }] },
        },
      ]);
      await store.markDelivered(events.map(({ eventId }) => eventId));
      expect(await own()).toEqual([]);
    });

    it('lists messages newest first, page by page', async () => {
      const envelopes = [1, 2, 3].map(() => fresh({ feed: 'paging' }));
      for (const envelope of envelopes) await store.recordOutcome(envelope, outcomeOf(envelope, []));
      const [newest, middle] = await store.messages({ feed: 'paging', limit: 2 });
      expect([newest?.payload, middle?.payload]).toEqual([envelopes[2]!.digest, envelopes[1]!.digest]);
      const rest = await store.messages({ feed: 'paging', before: middle!.runId });
      expect(rest).toMatchObject([{ payload: envelopes[0]!.digest, messageType: 'ORU^R01^ORU_R01' }]);
      expect(await store.messages({ feed: 'paging', disposition: 'hold' })).toEqual([]);
    });

    it('records one message once, however many bring it at the same moment', async () => {
      const [envelope, id] = [fresh({ feed: 'racing' }), newId()];
      const record = () => store.recordOutcome(envelope, outcomeOf(envelope, [weight(id, '1')]));
      const answers = await Promise.all(Array.from({ length: 8 }, record));
      expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
      expect(await store.history('Observation', id)).toHaveLength(1);
      const events = (await store.pendingEvents(10_000)).filter(({ feed }) => feed === 'racing');
      expect(events).toHaveLength(1);
    });

    it('records messages about the same resources at the same moment, whatever their order', async () => {
      const ids = Array.from({ length: 6 }, newId);
      const record = (turn: number) => {
        const envelope = fresh();
        const resources = ids.map((id) => weight(id, String(turn)));
        return store.recordOutcome(envelope, outcomeOf(envelope, turn % 2 ? resources : resources.reverse()));
      };
      await Promise.all(Array.from({ length: 24 }, (_, turn) => record(turn)));
      for (const id of ids) expect(await store.history('Observation', id)).toHaveLength(24);
    });

    it('keeps names and paths with characters that a database has no place for', async () => {
      const envelope = fresh({ feed: 'odd', name: 'a\0b\ud800' });
      const leaves = [leaf('status', '/a\0/\udc00')];
      const [id, residualPaths] = [newId(), ['/x\0y', '/x\0y']];
      const resource = { ...weight(id, '1'), note: [{ text: 'a\0b \ud800' }] };
      const outcome = outcomeOf(envelope, [resource], { leaves, residualPaths });
      await store.recordOutcome(envelope, outcome);
      expect((await store.lineage('Observation', id))?.leaves).toEqual(leaves);
      expect(JSON.parse((await store.readResource('Observation', id))!.text)).toMatchObject({ note: resource.note });
      expect((await store.message(outcome.messageId))?.runs[0]?.report).toEqual(outcome.report);
      expect(await store.residualSummary('odd')).toEqual([{ path: '/x\uFFFDy', values: 2, messages: 1 }]);
    });

    it('leaves no trace of a message that it could not record whole', async () => {
      const envelope = fresh();
      const broken = { ...outcomeOf(envelope, [weight(newId(), '1')]), messageId: 'CANARY' };
      const failure = await store.recordOutcome(envelope, broken).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(GatewayError);
      expect(String(failure)).not.toContain('CANARY');
      expect(await store.payload(envelope.digest)).toBeUndefined();
      const mended = outcomeOf(envelope, []);
      expect(await store.recordOutcome(envelope, mended)).toMatchObject({ duplicate: false });
    });

    it('says what it runs on and how durable that is', async () => {
      await store.ping();
      const { engine, version, place, durability } = store.describe();
      expect(engine).toMatch(/^(PostgreSQL|PGlite)$/);
      expect(version).toMatch(/^\d+/);
      expect(place).not.toBe('');
      expect(durability).not.toBe('');
    });
  });
}
