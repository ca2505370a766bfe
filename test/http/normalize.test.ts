import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMessage, sample, startService, type TestService } from './service.js';

interface Answer {
  readonly messageId: string;
  readonly disposition: string;
  readonly bundle?: {
    readonly type: string;
    readonly entry: readonly { readonly resource: { resourceType: string } }[];
  };
  readonly report: { readonly issues: readonly { code: string }[]; readonly decidedBy?: string };
  readonly stored?: readonly { readonly type: string; readonly versionId: string; readonly created: boolean }[];
  readonly duplicate?: boolean;
  readonly lineage?: readonly { readonly type: string; readonly leaves: readonly { rule: string }[] }[];
}

let service: TestService;
beforeAll(async () => void (service = await startService()));
afterAll(() => service.stop());

const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${service.url}/v1/normalize/${path}`, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers });
const answerOf = async (response: Response): Promise<Answer> => (await response.json()) as Answer;
const get = async (path: string): Promise<unknown> => (await fetch(service.url + path)).json();
const fhir = { Accept: 'application/fhir+json' };

describe('normalizing a message', () => {
  it('answers its Bundle and report, and stores the resources', async () => {
    const response = await post('hl7v2', newMessage('1'));
    const answer = await answerOf(response);
    expect(response.status).toBe(200);
    expect(answer.disposition).toMatch(/^publish/);
    expect(answer.bundle!.entry.at(-1)!.resource.resourceType).toBe('Provenance');
    expect(answer.stored!.length).toBe(answer.bundle!.entry.length);
    expect(answer.stored!.every(({ versionId, created }) => created || versionId !== '0')).toBe(true);
    expect(answer.lineage).toBeUndefined();
  });

  it('stores nothing new when the same payload comes again', async () => {
    const first = await answerOf(await post('hl7v2', newMessage('2')));
    const again = await answerOf(await post('hl7v2', newMessage('2')));
    expect(again).toMatchObject({ messageId: first.messageId, duplicate: true });
    expect(again.stored!.filter(({ created }) => created)).toEqual([]);
    expect(again.stored!.map(({ versionId }) => versionId)).toEqual(first.stored!.map(({ versionId }) => versionId));
  });

  it('answers the Bundle alone to who asks for FHIR', async () => {
    const response = await post('hl7v2', newMessage('3'), fhir);
    expect(response.headers.get('Content-Type')).toBe('application/fhir+json; charset=utf-8');
    expect(await response.json()).toMatchObject({ resourceType: 'Bundle', type: 'message' });
  });

  it('adds the lineage of every resource when asked', async () => {
    const { lineage } = await answerOf(await post('hl7v2?lineage=true', newMessage('4')));
    expect(lineage!.find(({ type }) => type === 'Patient')!.leaves[0]!.rule).toMatch(/^hl7v2\//);
  });

  it('stores nothing in a dry run', async () => {
    const { messageId, stored } = await answerOf(await post('hl7v2?dryRun=true', newMessage('5')));
    expect(stored).toBeUndefined();
    expect((await fetch(`${service.url}/v1/messages/${messageId}`)).status).toBe(404);
  });

  it('takes another mapping in a dry run only, and only one that is installed', async () => {
    expect((await post('hl7v2?mapping=hl7v2@1.0.0&dryRun=true', newMessage('6'))).status).toBe(200);
    expect((await post('hl7v2?mapping=hl7v2@1.0.0', newMessage('6'))).status).toBe(400);
    expect((await post('hl7v2?mapping=hl7v2@9.9.9&dryRun=true', newMessage('6'))).status).toBe(404);
  });
});

describe('a refused message', () => {
  it('answers 422 with its reason and is held', async () => {
    const response = await post('hl7v2', 'this is no message');
    const { messageId, ...answer } = await answerOf(response);
    expect(response.status).toBe(422);
    expect(answer).toMatchObject({ disposition: 'reject', report: { decidedBy: 'hl7v2.no-msh' } });
    expect(await get('/v1/quarantine')).toMatchObject({ quarantine: [{ messageId, decidedBy: 'hl7v2.no-msh' }] });
  });

  it('answers an OperationOutcome to who asks for FHIR', async () => {
    const response = await post('hl7v2', 'this is no message either', fhir);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'fatal', details: { coding: [{ code: 'hl7v2.no-msh' }] } }],
    });
  });

  it('may be empty', async () => {
    expect(await answerOf(await post('hl7v2', ''))).toMatchObject({ report: { decidedBy: 'read.empty' } });
  });
});

describe('a payload of several messages', () => {
  const batch = () => `${newMessage('21')}not a segment\r${newMessage('22')}`;

  it('is answered message by message', async () => {
    const answer = (await (await post('synthea-csv', sample('synthea-csv.csv'))).json()) as { items: Answer[] };
    expect(answer).toMatchObject({ summary: { messages: 2, publish: 2 } });
    expect(answer.items.map(({ disposition }) => disposition)).toEqual(['publish', 'publish']);
  });

  it('is a collection of Bundles to who asks for FHIR', async () => {
    const response = await post('hl7v2', batch(), fhir);
    const { entry } = (await response.json()) as { entry: { resource: { resourceType: string } }[] };
    expect(entry).toHaveLength(2);
    expect(entry.map(({ resource }) => resource.resourceType)).toContain('Bundle');
  });

  it('is answered later when the sender prefers so', async () => {
    const accepted = await post('synthea-csv', sample('synthea-csv.csv'), { Prefer: 'respond-async' });
    expect(accepted.status).toBe(202);
    const status = service.url + accepted.headers.get('Location')!;
    let done = await fetch(status);
    while (done.status === 202) done = await fetch(status);
    expect(await done.json()).toMatchObject({
      state: 'done',
      items: [{ disposition: 'publish' }, { disposition: 'publish' }],
    });
  });
});

describe('a request that cannot be', () => {
  it.each([
    ['an unknown feed', 'nofeed', 404],
    ['an unknown parameter', 'hl7v2?dryrun=true', 400],
    ['a parameter that is not of its type', 'hl7v2?dryRun=yes', 400],
    ['a parameter given twice', 'hl7v2?dryRun=true&dryRun=false', 400],
  ])('is refused for %s', async (_, path, status) => {
    const response = await post(path, newMessage('31'));
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
  });

  it('is refused for a payload larger than the feed allows', async () => {
    const tooLarge = Buffer.alloc(16 * 1024 * 1024 + 1, ' ');
    expect((await post('redox', tooLarge)).status).toBe(413);
  });

  it('is refused in FHIR to who asks for FHIR', async () => {
    expect(await (await post('nofeed', '', fhir)).json()).toMatchObject({ resourceType: 'OperationOutcome' });
  });

  it('is refused for a method that the path does not know', async () => {
    const response = await fetch(`${service.url}/v1/feeds`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET');
  });

  it('is refused for a path that is not there', async () => {
    expect((await fetch(`${service.url}/v2`)).status).toBe(404);
  });
});

describe('message content', () => {
  const canary = 'Kanarienvogel';

  it('reaches the answer and the store, but no log, no count and no refusal', async () => {
    await post('hl7v2?lineage=true', newMessage('41', canary));
    const held = await post('hl7v2', `MSH|^~\\&|${canary}\r${canary}`);
    const refused = await post(`hl7v2?${canary}=${canary}`, canary, { 'X-Request-Id': `${canary} ${canary}` });
    const lost = await fetch(`${service.url}/fhir/Patient/${canary}`);
    await fetch(`${service.url}/${canary}`);
    const told = [await refused.text(), await lost.text(), await (await fetch(`${service.url}/metrics`)).text()];
    expect([service.logged(), await held.text(), ...told].join('\n')).not.toContain(canary);
    expect(service.logged()).toContain('"route":"/v1/normalize/{feed}"');
  });
});

describe('the greeting', () => {
  it('says where, on what store and how durable, and has a line to try for every feed', () => {
    expect(service.greeting).toContain(`listens on ${service.url}`);
    expect(service.greeting).toMatch(/Store: PG|Store: Postgre/);
    for (const feed of ['hl7v2', 'redox', 'synthea-csv'])
      expect(service.greeting).toMatch(new RegExp(`curl .*docs/samples/${feed}\\.`));
  });
});
