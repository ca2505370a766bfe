// From a code that nobody mapped to messages published with its meaning: the work of two people on a running gateway.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concord } from '../cli/concord.js';
import { startService, type TestService } from '../http/service.js';
import { eastlabSite, result, testsSystem } from './eastlab.js';

const site = eastlabSite();
const folder = mkdtempSync(join(tmpdir(), 'concord-governance-'));
const start = () => startService({ SITE_DIR: site.folder, DATA_DIR: folder });

let service: TestService;
beforeAll(async () => {
  service = await start();
});
afterAll(async () => {
  await service.stop();
  site.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function call(method: string, path: string, body?: object | string): Promise<Answer> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(service.url + path, { method, ...(text !== undefined && { body: text }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const get = async (path: string) => (await call('GET', path)).body;
const post = (path: string, body?: object | string) => call('POST', path, body);

async function send(message: string): Promise<{ readonly messageId: string; readonly disposition: string }> {
  return (await post('/v1/normalize/eastlab', message)).body as { messageId: string; disposition: string };
}

async function until<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const answer = await ask();
    if (isDone(answer) || tries === 100) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const held = async () => (await get('/v1/quarantine?feed=eastlab'))['quarantine'] as object[];
const worklist = async () => (await get('/v1/codemaps/worklist?feed=eastlab'))['unmapped'] as object[];

describe('a code that nobody mapped', () => {
  let draftId: string;
  let messages: string[];

  it('holds its messages and comes on the worklist', async () => {
    const glucose = [await send(result('E1', 'GLU', 'Glucose')), await send(result('E2', 'GLU', 'Glucose'))];
    const others = [await send(result('E3', 'K', 'Potassium')), await send(result('E4', 'ZZ', 'Local thing'))];
    expect([...glucose, ...others].map(({ disposition }) => disposition)).toEqual([
      'hold',
      'hold',
      expect.stringMatching(/^publish/),
      'hold',
    ]);
    messages = glucose.map(({ messageId }) => messageId);
    expect(await worklist()).toMatchObject([
      {
        ...{ map: 'eastlab-tests', system: testsSystem, code: 'GLU', displays: ['Glucose'], messages: 2, held: 2 },
        examples: [
          { messageId: messages[1], disposition: 'hold', position: { path: 'OBX-3' } },
          { messageId: messages[0] },
        ],
      },
      { code: 'ZZ', held: 1 },
    ]);
  });

  it('comes with what it may mean, and why', async () => {
    expect(await worklist()).toMatchObject([
      {
        suggestions: [
          {
            target: { system: 'http://loinc.org', code: '2345-7', display: 'Glucose [Mass/volume] in Serum or Plasma' },
            reasons: [
              '"Glucose" is like "Glucose [Mass/volume] in Serum or Plasma"',
              '"Glucose" is like "Glucose"',
              'northlab-tests@1.0.0 of northlab translates the same code so',
              'in the dictionary as glucose',
            ],
          },
          {
            target: { system: 'http://loinc.org', code: '14749-6' },
            reasons: ['"Glucose" is like "Glucose"', 'in the dictionary as glucose'],
          },
        ],
      },
      { suggestions: [] },
    ]);
  });

  it('is mapped by one person, as a draft that changes nothing yet', async () => {
    const proposed = await post('/v1/codemaps/eastlab-tests/decisions', {
      ...{ feed: 'eastlab', author: 'Ada', comment: 'as the lab says' },
      decisions: [{ code: 'GLU', display: 'Glucose', relationship: 'equivalent', target: { code: '2345-7' } }],
    });
    expect(proposed).toMatchObject({
      status: 201,
      body: {
        ...{ feed: 'eastlab', map: 'eastlab-tests', state: 'proposed', author: 'Ada' },
        decisions: [{ system: testsSystem, code: 'GLU', target: { system: 'http://loinc.org', code: '2345-7' } }],
      },
    });
    draftId = proposed.body['draftId'] as string;
    expect(await get('/v1/codemaps/drafts?feed=eastlab&state=proposed')).toMatchObject({ drafts: [{ draftId }] });
    expect(await worklist()).toMatchObject([{ code: 'GLU', draft: draftId }, { code: 'ZZ' }]);
    expect(await held()).toHaveLength(3);
  });

  it('shows what the draft would change of the stored messages', async () => {
    const { status, body } = await post(`/v1/codemaps/drafts/${draftId}/preview`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ draftId, before: '1.0.0', after: '1.0.0+eastlab.1' },
      codeMaps: [{ map: 'eastlab-tests', rows: [{ code: 'GLU', change: 'added', after: 'http://loinc.org|2345-7' }] }],
      behaviour: {
        messages: 4,
        changed: 2,
        dispositions: [{ before: 'hold', after: expect.stringMatching(/^publish/) as string, messages: 2 }],
        causes: [{ cause: { name: 'code map eastlab-tests row GLU', change: 'added' }, messages: 2 }],
      },
    });
  });

  it('is not approved by who proposed it', async () => {
    const own = await post(`/v1/codemaps/drafts/${draftId}/approve`, { reviewer: ' ada ' });
    expect(own).toMatchObject({ status: 403, body: { title: 'Forbidden' } });
    expect(await get(`/v1/codemaps/drafts/${draftId}`)).toMatchObject({ state: 'proposed' });
  });

  it('once another approves, lets its messages go on by themselves, with the new version in their lineage', async () => {
    const approved = await post(`/v1/codemaps/drafts/${draftId}/approve`, { reviewer: 'Grace', comment: 'agreed' });
    expect(approved).toMatchObject({
      status: 200,
      body: { state: 'approved', reviewer: 'Grace', review: 'agreed', number: 1, version: '1.0.0+eastlab.1' },
    });
    expect(await until(held, (entries) => entries.length === 1)).toHaveLength(1);
    for (const messageId of messages) await expectPublished(messageId);
    expect(await worklist()).toMatchObject([{ code: 'ZZ' }]);
    const again = await post(`/v1/codemaps/drafts/${draftId}/refuse`, { reviewer: 'Grace' });
    expect(again.status).toBe(409);
  });

  async function expectPublished(messageId: string): Promise<void> {
    const message = await get(`/v1/messages/${messageId}`);
    expect(message).toMatchObject({
      disposition: expect.stringMatching(/^publish/) as string,
      runs: [
        { pins: { codeMaps: { 'eastlab-tests@1.0.0+eastlab.1': expect.any(String) as string } } },
        { disposition: 'hold' },
      ],
    });
    const { id } = (message['resources'] as { type: string; id: string }[]).find(({ type }) => type === 'Observation')!;
    expect(await get(`/fhir/Observation/${id}`)).toMatchObject({
      code: {
        coding: [
          { system: 'http://loinc.org', code: '2345-7' },
          { system: testsSystem, code: 'GLU' },
        ],
      },
    });
    const { leaves } = (await get(`/v1/lineage/Observation/${id}`)) as {
      leaves: { element: string; from: object[]; conversions?: { by: string }[] }[];
    };
    expect(leaves.find(({ element }) => element === 'code.coding[0].code')).toMatchObject({
      from: [{ path: 'OBX-3' }],
      conversions: [{ kind: 'translate', by: 'eastlab-tests@1.0.0+eastlab.1 group[0].element[1]' }],
    });
  }

  it('keeps its meaning when the gateway starts again, and does not run what still has none for nothing', async () => {
    await service.stop();
    service = await start();
    expect(await send(result('E5', 'GLU', 'Glucose'))).toMatchObject({
      disposition: expect.stringMatching(/^publish/) as string,
    });
    const [{ messageId }] = (await held()) as [{ messageId: string }];
    const { runs } = await get(`/v1/messages/${messageId}`);
    expect((runs as object[]).length).toBe(2);
  });
});

describe('a draft', () => {
  const propose = (decisions: object[], map = 'eastlab-tests') =>
    post(`/v1/codemaps/${map}/decisions`, { feed: 'eastlab', author: 'Ada', decisions });

  it.each([
    ['no target', [{ code: 'A', relationship: 'equivalent' }], /^decisions\[0\]\.target: is required/],
    [
      'a target where nothing corresponds',
      [{ code: 'A', relationship: 'no-map', target: { code: 'x' } }],
      /no-map has/,
    ],
    [
      'the same code twice',
      [1, 2].map(() => ({ code: 'A', relationship: 'no-map' })),
      /^decisions\[1\]\.code: an earlier/,
    ],
    ['no relationship', [{ code: 'A' }], /\.decisions\[0\]\.relationship/],
  ])('with %s is refused at its place', async (_, decisions, reason) => {
    expect(await propose(decisions)).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(reason) as string },
    });
  });

  it('gives an element no code that its value set lacks', async () => {
    const decisions = [{ code: 'X', relationship: 'equivalent', target: { code: 'divers' } }];
    const body = { feed: 'cityhospital', author: 'Ada', decisions };
    const { status, body: answer } = await post('/v1/codemaps/cityhospital-sex/decisions', body);
    expect(status).toBe(400);
    expect(answer['detail']).toBe(
      'decisions[0].target.code: is not in the value set that the element requires. ' +
        'decisions[0].target.code: is no code of the target system.',
    );
  });

  it('is for a map that the feed uses', async () => {
    expect((await propose([{ code: 'A', relationship: 'no-map' }], 'cityhospital-sex')).status).toBe(404);
    expect((await post('/v1/codemaps/drafts/none/preview')).status).toBe(404);
  });

  it('that is refused changes nothing, and stays refused', async () => {
    const proposed = await propose([{ code: 'ZZ', relationship: 'no-map' }]);
    const path = `/v1/codemaps/drafts/${proposed.body['draftId'] as string}`;
    const refused = await post(`${path}/refuse`, { reviewer: 'Grace', comment: 'ask the lab first' });
    expect(refused).toMatchObject({ status: 200, body: { state: 'refused', review: 'ask the lab first' } });
    expect((await post(`${path}/approve`, { reviewer: 'Grace' })).status).toBe(409);
    expect(await worklist()).toMatchObject([{ code: 'ZZ', held: 1 }]);
  });

  it('stands over those that were approved before it', async () => {
    const drafts = await Promise.all(['P', 'Q'].map((code) => propose([{ code, relationship: 'no-map' }])));
    for (const [at, { body }] of drafts.entries()) {
      const approved = await post(`/v1/codemaps/drafts/${body['draftId'] as string}/approve`, { reviewer: 'Grace' });
      expect(approved.body).toMatchObject({ number: at + 2, version: `1.0.0+eastlab.${at + 2}` });
    }
  });
});

describe('a map in a file', () => {
  const path = '/v1/codemaps/cityhospital-sex';
  const imported = (text: string, format: string, headers: Record<string, string> = {}) =>
    fetch(`${service.url}${path}/import?feed=cityhospital&author=Ada&format=${format}`, {
      ...{ method: 'POST', body: text, headers },
    });

  it('goes out as it is now, and says nothing new when it comes back', async () => {
    const response = await fetch(`${service.url}${path}?feed=cityhospital`);
    expect(response.headers.get('Content-Type')).toBe('application/fhir+json; charset=utf-8');
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ resourceType: 'ConceptMap', name: 'cityhospital-sex', version: '1.0.0' });
    expect((await imported(text, 'fhir')).status).toBe(409);
    const csv = await fetch(`${service.url}${path}?feed=cityhospital&format=csv`);
    expect(csv.headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present');
    expect((await imported(await csv.text(), 'csv')).status).toBe(409);
    expect((await get(path))['status']).toBe(400);
  });

  it('becomes a draft of the rows that differ', async () => {
    const response = await imported('code,relationship,target_code\nX,equivalent,other\nM,equivalent,male\n', 'csv');
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      decisions: [
        {
          ...{ system: 'http://cityhospital.example.org/sex', code: 'X' },
          target: { system: 'http://hl7.org/fhir/administrative-gender', code: 'other', display: 'Other' },
        },
      ],
    });
  });

  it('is refused at its place, to who speaks FHIR as an OperationOutcome', async () => {
    const row = { code: 'X', target: [{ code: 'other', equivalence: 'equivalent' }] };
    const group = [{ target: 'http://hl7.org/fhir/administrative-gender', element: [row, row] }];
    const response = await imported(JSON.stringify({ resourceType: 'ConceptMap', group }), 'fhir', {
      Accept: 'application/fhir+json',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ diagnostics: 'ConceptMap: group[0].element[1]: is the second row for the code X.' }],
    });
    const broken = await imported('code,relationship\n"X,no-map', 'csv');
    expect(await broken.json()).toMatchObject({
      detail: expect.stringMatching(/^line 2: is not well-formed/) as string,
    });
  });
});

describe('the same on the command line', () => {
  const codemap = (...args: string[]) => concord(['codemap', ...args, '--url', service.url]);
  const lastDraft = async (): Promise<string> => {
    const { drafts } = await get('/v1/codemaps/drafts?feed=eastlab&state=proposed&limit=1');
    return (drafts as { draftId: string }[])[0]!.draftId;
  };

  it('proposes, previews, approves and refuses', async () => {
    const what = ['--feed', 'eastlab', '--map', 'eastlab-tests', '--code', 'ZZ', '--as', 'no-map'];
    const proposed = await codemap('propose', ...what, '--author', 'Ada', '--comment', 'out of use');
    expect(proposed).toMatchObject({ code: 0, stderr: '' });
    const draftId = await lastDraft();
    expect(proposed.stdout).toBe(
      `${draftId}  proposed\n  feed eastlab, map eastlab-tests, by Ada: out of use\n  ZZ  no-map\n`,
    );
    expect((await codemap('drafts', '--feed', 'eastlab', '--state', 'proposed')).stdout).toContain(proposed.stdout);
    const { stdout } = await codemap('preview', draftId);
    expect(stdout).toMatch(
      /^eastlab-tests@1\.0\.0\+eastlab\.3 against eastlab-tests@1\.0\.0\+eastlab\.4, on feed eastlab\n/,
    );
    expect(stdout).toMatch(/added {4}code map eastlab-tests {2}ZZ: no row -> no code/);
    expect(stdout).toMatch(/hold -> publish/);
    const own = await codemap('refuse', draftId, '--reviewer', 'Ada');
    expect(own).toMatchObject({ code: 1, stderr: expect.stringContaining('Another person than the author') as string });
    const approved = await codemap('approve', draftId, '--reviewer', 'Grace');
    expect(approved.stdout).toContain(`${draftId}  approved as eastlab-tests@1.0.0+eastlab.4\n`);
    expect(await until(held, (entries) => entries.length === 0)).toEqual([]);
    expect((await codemap('worklist', '--feed', 'eastlab')).stdout).toBe('No code is without a row.\n');
  });

  it('takes a map out and in', async () => {
    const what = ['--feed', 'eastlab', '--map', 'eastlab-tests'];
    const { stdout } = await codemap('export', ...what, '--format', 'csv');
    expect(stdout).toContain(`${testsSystem},GLU,Glucose,equivalent,http://loinc.org,2345-7,`);
    const file = join(folder, 'eastlab-tests.csv');
    writeFileSync(file, `${stdout}${testsSystem},NA,Sodium,equivalent,http://loinc.org,2951-2,,\r\n`);
    const imported = await codemap('import', file, ...what, '--author', 'Ada');
    expect(imported.stdout).toMatch(/ {2}NA {2}equivalent {2}http:\/\/loinc\.org\|2951-2\n$/);
  });
});
