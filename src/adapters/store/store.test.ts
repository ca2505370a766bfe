import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issue } from '../../model/issue.js';
import { canonicalJson } from '../../canonical/json.js';
import { GatewayError } from '../../model/error.js';
import { Decimal, type JsonObject } from '../../model/json.js';
import { mergeTerms } from '../../pipeline/contracts/merge-terms.js';
import type { Contract } from '../../validation/contracts/contract.js';
import { accountFor } from './embedded/account.js';
import { findBinaries } from './embedded/binaries.js';
import { envelopeOf, leaf, outcomeOf, pinsOf, weight } from '../../../test/store/outcomes.js';
import { migrate } from './migrate.js';
import type { Pins } from '../../model/release.js';
import type { CodeDecision } from '../../terminology/concept-maps/decisions.js';
import { openStore } from './open-store.js';
import { openPglite } from './pglite-driver.js';
import { releaseOf } from './record.js';
import { storeOver, type Store } from './store.js';

// One contract, three engines. What cannot run here is skipped under a name that says why.

const serverUrl = process.env['TEST_DATABASE_URL'] ?? `postgresql://${userInfo().username}@127.0.0.1:5432/test`;

interface Engine {
  readonly name: string;
  readonly missing?: string | undefined;
  readonly open: () => Promise<{
    readonly store: Store;
    readonly dispose: () => Promise<void>;
    /** Another gateway's store on the same database, where several may share one. */
    readonly again?: () => Promise<Store>;
  }>;
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
  const again = () => openStore({ databaseUrl: databaseUrl.href, dataDir: '' });
  const store = await again();
  const dispose = async () => {
    await store.close();
    await administer(`DROP DATABASE ${name}`);
  };
  return { store, dispose, again };
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

/** What everybody may write, and these own. */
const ownedBy = (owner: readonly string[]) => {
  const elements = ['birthDate', 'deceasedBoolean', 'gender', 'multipleBirthInteger', 'name'];
  const entry = {
    type: 'Patient',
    elements,
    write: ['northlab'],
    owner,
    transform: [],
    deprecate: [],
    accountable: 'a',
  };
  return mergeTerms(['northlab'], [], [entry]);
};

const noStepBack: Contract = {
  apiVersion: 'v3.0.2',
  kind: 'DataContract',
  id: 'strict',
  version: '1.0.0',
  status: 'active',
  description: { purpose: 'p' },
  team: [],
  schema: [
    { name: 'Observation', statusTransitions: { order: [['preliminary'], ['final']], onViolation: 'quarantine' } },
  ],
};

const permutations = (all: readonly number[]): number[][] =>
  all.length === 0
    ? [[]]
    : all.flatMap((each) => permutations(all.filter((other) => other !== each)).map((rest) => [each, ...rest]));

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
    let again: (() => Promise<Store>) | undefined;
    let serial = 0;
    const fresh = (more = {}) => envelopeOf(`MSH|^~\\&|${++serial}`, more);
    const newId = () => `weight-${++serial}`;

    beforeAll(async () => {
      ({ store, dispose, again } = await open());
    });
    afterAll(() => dispose());

    it('stores each resource of a published message as its first version', async () => {
      const [envelope, id] = [fresh({ name: 'a.hl7' }), newId()];
      const recorded = await store.recordOutcome(envelope, outcomeOf(envelope, [weight(id, '70.50')]));
      expect(recorded).toMatchObject({
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
      expect(recorded).toMatchObject({
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
      expect(await store.recordOutcome(envelope, held)).toMatchObject({ duplicate: false, stored: [] });
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
        others: [],
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

    it('keeps a draft with its decisions, and decides about it once and in order', async () => {
      const [feed, map] = ['drafts', 'sex'];
      const target = { system: 'urn:oid:2.999.2', code: 'other', display: 'Other' };
      const decisions: CodeDecision[] = [
        { system: 'urn:oid:2.999', code: 'X', display: 'diverse', relationship: 'wider', target, comment: 'asked' },
        { system: '', code: '?', relationship: 'no-map' },
      ];
      const proposal = { feed, map, author: 'Ada', comment: 'two codes', decisions };
      const [first, second] = [await store.propose(proposal), await store.propose(proposal)];
      expect(first).toMatchObject({ ...proposal, state: 'proposed' });
      expect(await store.draft(first.draftId)).toEqual(first);
      expect(await store.drafts({ feed, state: 'approved' })).toEqual([]);
      const approval = { state: 'approved', reviewer: 'Grace', number: 1, version: '1+drafts.1' } as const;
      expect(await store.decideDraft(first.draftId, { ...approval, number: 2 })).toBe(false);
      expect(await store.decideDraft(first.draftId, approval)).toBe(true);
      expect(await store.decideDraft(first.draftId, { state: 'refused', reviewer: 'Grace' })).toBe(false);
      expect(await store.decideDraft(second.draftId, approval)).toBe(false);
      expect(await store.decideDraft(second.draftId, { state: 'refused', reviewer: 'Grace', review: 'no' })).toBe(true);
      expect(await store.approvedDrafts(feed)).toMatchObject([{ draftId: first.draftId, version: '1+drafts.1' }]);
      expect(await store.approvals()).toContainEqual({ feed, drafts: 1 });
      expect((await store.drafts({ feed, map })).map(({ state }) => state).sort()).toEqual(['approved', 'refused']);
      expect(await store.draft('none')).toBeUndefined();
    });

    it('finds the held messages that never ran on a release', async () => {
      const feed = 'waiting';
      const [envelope, other] = [fresh({ feed }), fresh({ feed })];
      const hold = (pins: Pins) => outcomeOf(envelope, [], { disposition: 'hold', pins });
      await store.recordOutcome(envelope, hold(pinsOf('1')));
      await store.recordOutcome(other, outcomeOf(other, []));
      const ran = releaseOf(pinsOf('1')).digest;
      const next = releaseOf(pinsOf('2')).digest;
      const message = { payload: envelope.digest, index: 0, receivedAt: envelope.receivedAt };
      expect(await store.waitingMessages(feed, ran, 10)).toEqual([]);
      expect(await store.waitingMessages(feed, next, 10)).toEqual([message]);
      await store.recordOutcome(envelope, hold(pinsOf('2')));
      expect(await store.waitingMessages(feed, next, 10)).toEqual([]);
      expect(await store.waitingMessages(feed, ran, 10)).toEqual([]);
    });

    it('finds the messages that met a code first, then the newest of the feed', async () => {
      const feed = 'touched';
      const code = { map: 'sex', system: '', code: 'X', position: { path: 'PID-8' } };
      const [held, met, old, recent] = [fresh({ feed }), fresh({ feed }), fresh({ feed }), fresh({ feed })];
      await store.recordOutcome(held, outcomeOf(held, [], { disposition: 'hold', unmapped: [code] }));
      await store.recordOutcome(met, outcomeOf(met, [], { unmapped: [code] }));
      await store.recordOutcome(old, outcomeOf(old, [], { unmapped: [{ ...code, map: 'other' }] }));
      await store.recordOutcome(recent, outcomeOf(recent, []));
      const found = async (limit: number) =>
        (await store.touchedMessages(feed, { map: 'sex', codes: ['X', 'Y'] }, limit)).map(({ payload }) => payload);
      expect(await found(10)).toEqual([held, met, recent, old].map(({ digest }) => digest));
      expect(await found(3)).toEqual([held, met, recent].map(({ digest }) => digest));
      expect(await found(1)).toEqual([held.digest]);
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

    const adt = { terms: ownedBy(['northlab/ADT']), by: ['northlab', 'northlab/ADT'] };
    const oru = { terms: ownedBy(['northlab/ADT']), by: ['northlab', 'northlab/ORU'] };
    const patient = (id: string, more: JsonObject): JsonObject => ({ resourceType: 'Patient', id, ...more });
    const at = (hours: number) => new Date(Date.UTC(2026, 0, 1, hours)).toISOString();
    /** A message of its own that says this, at this hour. */
    const say = (resources: readonly JsonObject[], hour: number, { terms, by }: typeof adt, more: object = {}) => {
      const envelope = fresh();
      const outcome = outcomeOf(envelope, resources, { at: at(hour), terms, ...more });
      return { envelope, outcome: { ...outcome, origin: { ...outcome.origin, sources: by } } };
    };
    const record = ({ envelope, outcome }: ReturnType<typeof say>) => store.recordOutcome(envelope, outcome);
    const standing = async (id: string, type = 'Patient') => {
      const { meta: _, ...said } = JSON.parse((await store.readResource(type, id))!.text) as JsonObject;
      return said;
    };

    it('merges what messages say of a thing, and tells of each element whose word it is', async () => {
      const id = newId();
      const first = say([patient(id, { gender: 'female', birthDate: '1980' })], 1, adt, {
        leaves: [leaf('gender', 'PID-8'), leaf('birthDate', 'PID-7')],
      });
      const second = say([patient(id, { birthDate: '1981', active: true })], 2, oru, {
        leaves: [leaf('birthDate', 'PID-7'), leaf('active', 'ZPI-1')],
      });
      await record(first);
      expect(await record(second)).toMatchObject({ stored: [{ versionId: '2', created: true }] });
      expect(await standing(id)).toEqual(patient(id, { gender: 'female', birthDate: '1980', active: true }));
      const lineage = await store.lineage('Patient', id);
      expect(lineage?.messageId).toBe(second.outcome.messageId);
      expect(lineage?.leaves.map(({ element, messageId }) => [element, messageId])).toEqual([
        ['gender', first.outcome.messageId],
        ['birthDate', first.outcome.messageId],
        ['active', undefined],
      ]);
      expect(lineage?.others).toEqual([
        { messageId: first.outcome.messageId, feed: 'northlab', payload: first.envelope.digest },
      ]);
    });

    it('makes no version of what says nothing new, and remembers who said it last', async () => {
      const id = newId();
      await record(say([patient(id, { gender: 'female' })], 1, adt));
      expect(await record(say([patient(id, { gender: 'female' })], 9, adt))).toMatchObject({
        stored: [{ versionId: '1', created: false }],
      });
      await record(say([patient(id, { gender: 'male' })], 5, adt));
      expect(await standing(id)).toEqual(patient(id, { gender: 'female' }));
    });

    it('records where messages contradict one another until one of them comes round', async () => {
      const id = newId();
      const owner = say([patient(id, { birthDate: '1980' })], 1, adt, { leaves: [leaf('birthDate', 'PID-7', 9)] });
      const other = say([patient(id, { birthDate: '1981' })], 2, oru, { leaves: [leaf('birthDate', 'PID-7', 5)] });
      await record(owner);
      const { outcome } = await record(other);
      expect(outcome).toMatchObject({
        disposition: 'publish-with-warnings',
        report: { decidedBy: 'contract.not-owner' },
      });
      const [entry] = await store.reconciliation({ id });
      expect(entry).toMatchObject({
        state: 'open',
        messageId: other.outcome.messageId,
        type: 'Patient',
        element: 'birthDate',
        reason: 'owner',
        decidedBy: 'ownership Patient.birthDate',
        refused: true,
        kept: { messageId: owner.outcome.messageId, at: at(1), value: '1980', position: { path: 'PID-7', offset: 9 } },
        other: { messageId: other.outcome.messageId, at: at(2), value: '1981', position: { path: 'PID-7', offset: 5 } },
      });
      for (const { messageId } of [owner.outcome, other.outcome])
        expect((await store.message(messageId))?.reconciliation).toEqual([entry]);
      await record(say([patient(id, { birthDate: '1980' })], 3, oru));
      expect(await store.reconciliation({ id, state: 'open' })).toEqual([]);
      expect(await store.reconciliation({ id })).toMatchObject([
        { state: 'settled', settledAt: expect.any(String) as string },
      ]);
    });

    it('reads what stands where it is not what is told, and merges it', async () => {
      const id = newId();
      await record(say([patient(id, { gender: 'female', active: true })], 1, adt));
      const { envelope } = say([], 2, adt);
      // Two messages of one commit: the first says what stands, the second something else.
      const outcomes = [{ gender: 'female', active: true }, { gender: 'male' }].map((said, index) =>
        outcomeOf(envelope, [patient(id, said)], { index, at: at(2 + index) }),
      );
      const recorded = await store.recordPayload({ envelope, issues: [], outcomes });
      expect(recorded.map(({ stored }) => stored[0])).toMatchObject([
        { versionId: '1', created: false },
        { versionId: '2', created: true },
      ]);
      expect(await standing(id)).toEqual(patient(id, { gender: 'male', active: true }));
    });

    it('lists mismatches by feed, resource and state, page by page', async () => {
      const ids = [newId(), newId(), newId()];
      const told = (birthDate: string) => ids.map((id) => patient(id, { birthDate }));
      await record(say(told('1980'), 1, adt));
      await record(say(told('1981'), 2, oru));
      const [newest, middle] = await store.reconciliation({ feed: 'northlab', state: 'open', limit: 2 });
      expect([newest?.id, middle?.id]).toEqual([ids[2], ids[1]]);
      const [oldest] = await store.reconciliation({ feed: 'northlab', before: middle!.reconciliationId, limit: 1 });
      expect(oldest?.id).toBe(ids[0]);
      expect(await store.reconciliation({ feed: 'other' })).toEqual([]);
      expect(await store.reconciliation({ type: 'Encounter', id: ids[0]! })).toEqual([]);
      expect(await store.reconciliation({ before: 'none' })).toEqual([]);
    });

    describe('of a mismatch that a person closes', () => {
      const closing = { reviewer: 'Grace\0', resolution: 'accepted', comment: 'two calendars' } as const;

      async function closed() {
        const id = newId();
        await record(say([patient(id, { birthDate: '1980' })], 1, adt));
        const other = say([patient(id, { birthDate: '1981' })], 2, oru);
        await record(other);
        const [open] = await store.reconciliation({ id });
        expect(await store.closeMismatch(open!.reconciliationId, closing)).toBe(true);
        return { id, other, number: open!.reconciliationId };
      }

      it('remembers who, when, why and what was decided', async () => {
        const { id, number } = await closed();
        expect(await store.mismatch(number)).toMatchObject({
          ...{ id, state: 'closed' },
          closing: { reviewer: 'Grace\uFFFD', resolution: 'accepted', comment: 'two calendars' },
        });
        expect(await store.reconciliation({ id, state: 'open' })).toEqual([]);
        expect(await store.reconciliation({ id, state: 'closed' })).toHaveLength(1);
        expect(await standing(id)).toEqual(patient(id, { birthDate: '1980' }));
      });

      it('closes it once, and knows nothing of others', async () => {
        const { number } = await closed();
        expect(await store.closeMismatch(number, closing)).toBe(false);
        for (const none of ['0', '999999999', 'one', `${'9'.repeat(30)}`]) {
          expect(await store.closeMismatch(none, closing)).toBe(false);
          expect(await store.mismatch(none)).toBeUndefined();
        }
      });

      it('does not record the same contradiction again, and records another', async () => {
        const { id } = await closed();
        await record(say([patient(id, { birthDate: '1981' })], 3, oru));
        expect(await store.reconciliation({ id })).toHaveLength(1);
        await record(say([patient(id, { birthDate: '1982' })], 4, oru));
        expect(await store.reconciliation({ id, state: 'open' })).toMatchObject([{ other: { value: '1982' } }]);
      });

      it('keeps what was made of it when a message ends it, and when the same message runs anew', async () => {
        const { id, other, number } = await closed();
        const pins = { ...other.outcome.pins, contract: 'anew' };
        await record({ ...other, outcome: { ...other.outcome, pins } });
        expect(await store.mismatch(number)).toMatchObject({ state: 'closed', closing: { resolution: 'accepted' } });
        await record(say([patient(id, { birthDate: '1980' })], 5, oru));
        expect(await store.mismatch(number)).toMatchObject({ state: 'settled', closing: { resolution: 'accepted' } });
        expect(await store.closeMismatch(number, closing)).toBe(false);
      });

      it('is open again when the same message tells something else on another release', async () => {
        const { id, other, number } = await closed();
        const anew = outcomeOf(other.envelope, [patient(id, { birthDate: '1983' })], {
          terms: oru.terms,
          ...{ at: other.outcome.origin.at, pins: { ...other.outcome.pins, contract: 'anew' } },
        });
        const origin = { ...anew.origin, sources: oru.by };
        await record({ envelope: other.envelope, outcome: { ...anew, origin } });
        const entry = await store.mismatch(number);
        expect(entry).toMatchObject({ state: 'open', other: { value: '1983' } });
        expect(entry).not.toHaveProperty('closing');
      });
    });

    it('keeps what contradicts character by character', async () => {
      const id = newId();
      const odd = (text: string, value: string) =>
        patient(id, { name: [{ text }], multipleBirthInteger: new Decimal(value) });
      await record(say([odd('a\0 \ud800', '1.0')], 1, adt));
      await record(say([odd('b\0', '2.50')], 2, oru));
      const found = await store.reconciliation({ id });
      expect(found.map(({ other }) => other.value)).toEqual([2.5, [{ text: 'b\0' }]]);
      await record(say([odd('b\0', '2.50')], 3, adt));
      expect(await store.reconciliation({ id, state: 'open' })).toEqual([]);
    });

    it('holds what a contract does not let follow, writes none of it, and says why', async () => {
      const [id, untold] = [newId(), newId()];
      const status = (code: string) => ({ resourceType: 'Observation', id, status: code });
      const strict = { ...adt, terms: mergeTerms(['northlab'], [noStepBack], []) };
      await record(say([status('final')], 1, strict));
      const back = say([status('preliminary'), patient(untold, {})], 2, strict);
      expect(await record(back)).toMatchObject({ stored: [], outcome: { disposition: 'quarantine' } });
      expect(await standing(id, 'Observation')).toEqual(status('final'));
      expect(await store.readResource('Patient', untold)).toBeUndefined();
      expect((await store.quarantined({ limit: 1 }))[0]).toMatchObject({
        messageId: back.outcome.messageId,
        decidedBy: 'contract.status-transition',
      });
      expect(await store.reconciliation({ id })).toMatchObject([{ reason: 'status', decidedBy: 'strict@1.0.0' }]);
      expect(await record(back)).toMatchObject({ duplicate: true, outcome: { disposition: 'quarantine' } });
      expect(await record(say([patient(untold, {})], 3, strict))).toMatchObject({ stored: [{ versionId: '1' }] });
    });

    it('answers a repeat as it was recorded, whatever stands since', async () => {
      const id = newId();
      const first = say([patient(id, { birthDate: '1981' })], 1, oru);
      await record(first);
      await record(say([patient(id, { birthDate: '1980' })], 2, adt));
      expect(await record(first)).toMatchObject({
        duplicate: true,
        stored: [{ versionId: '2', created: false }],
        outcome: { disposition: 'publish' },
      });
      expect(await store.reconciliation({ id })).toHaveLength(1);
    });

    it('leaves the same, whatever the order in which messages arrive', async () => {
      const events = (id: string) => [
        say([patient(id, { birthDate: '1980', gender: 'female' })], 1, adt),
        say([patient(id, { birthDate: '1981', active: true })], 2, oru),
        say([patient(id, { gender: 'male', deceasedBoolean: false })], 3, adt),
        say([patient(id, { deceasedDateTime: '2026', active: false })], 4, oru),
      ];
      const left = new Set<string>();
      for (const order of permutations([0, 1, 2, 3])) {
        const id = newId();
        const messages = events(id);
        for (const each of order) await record(messages[each]!);
        const { id: _, ...said } = await standing(id);
        left.add(canonicalJson(said));
      }
      expect([...left]).toEqual([
        canonicalJson({
          resourceType: 'Patient',
          ...{ active: false, birthDate: '1980', deceasedBoolean: false, gender: 'male' },
        }),
      ]);
    });

    it('loses nothing that many gateways publish at one moment, and none waits for ever', async () => {
      const gateways = await Promise.all([1, 2, 3].map(async () => (again === undefined ? store : await again())));
      const ids = [newId(), newId(), newId()];
      const slots = ['active', 'address', 'birthDate', 'communication', 'contact', 'gender', 'link', 'name', 'photo'];
      const told = (slot: string, turn: number) => {
        const shuffled = [...ids.slice(turn % 3), ...ids.slice(0, turn % 3)];
        return shuffled.map((id) => patient(id, { [slot]: slot }));
      };
      const publish = (slot: string, turn: number) => {
        const gateway = gateways[turn % 3]!;
        const { envelope, outcome } = say(told(slot, turn), turn, adt);
        if (turn % 2 === 0) return gateway.recordOutcome(envelope, outcome);
        // Each message of a payload speaks of one patient: the payload as a whole of all, in an order of its own.
        const outcomes = told(slot, turn).map((each, index) => outcomeOf(envelope, [each], { index }));
        return gateway.recordPayload({ envelope, issues: [], outcomes });
      };
      await Promise.all(slots.map(publish));
      for (const id of ids) {
        expect(Object.keys(await standing(id)).sort()).toEqual([...slots, 'id', 'resourceType'].sort());
        expect(await store.readResource('Patient', id)).toMatchObject({ versionId: String(slots.length) });
      }
      if (again !== undefined) await Promise.all(gateways.map((gateway) => gateway.close()));
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
