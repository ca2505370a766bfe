import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Express } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, expressPath } from '../../src/adapters/http/app.js';
import type { Services } from '../../src/adapters/http/route.js';
import { routesOf } from '../../src/adapters/http/routes/index.js';
import { newMessage, startService, type TestService } from './service.js';

let service: TestService;
let patient: string;
let messageId: string;
beforeAll(async () => {
  service = await startService();
  const answer = (await (await normalize('Lindqvist')).json()) as {
    messageId: string;
    stored: { type: string; id: string }[];
  };
  patient = `Patient/${answer.stored.find(({ type }) => type === 'Patient')!.id}`;
  messageId = answer.messageId;
});
afterAll(() => service.stop());

const normalize = (family: string) =>
  fetch(`${service.url}/v1/normalize/hl7v2`, { method: 'POST', body: newMessage('7', family) });
const get = (path: string, headers: Record<string, string> = {}) => fetch(service.url + path, { headers });
const jsonOf = async (path: string): Promise<unknown> => (await get(path)).json();

describe('reading a canonical resource', () => {
  it('answers its current version with ETag, Last-Modified and meta.versionId', async () => {
    const response = await get(`/fhir/${patient}`);
    expect(response.headers.get('Content-Type')).toBe('application/fhir+json; charset=utf-8');
    expect(response.headers.get('ETag')).toBe('W/"1"');
    expect(Date.parse(response.headers.get('Last-Modified')!)).not.toBeNaN();
    expect(await response.json()).toMatchObject({ resourceType: 'Patient', meta: { versionId: '1' } });
  });

  it('answers 304 to who has that version', async () => {
    const response = await get(`/fhir/${patient}`, { 'If-None-Match': 'W/"1"' });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
  });

  it('keeps every version once its content changed', async () => {
    await normalize('Berg');
    expect(await jsonOf(`/fhir/${patient}`)).toMatchObject({ meta: { versionId: '2' }, name: [{ family: 'Berg' }] });
    expect(await jsonOf(`/fhir/${patient}/_history/1`)).toMatchObject({ name: [{ family: 'Lindqvist' }] });
    expect(await jsonOf(`/fhir/${patient}/_history`)).toMatchObject({
      type: 'history',
      total: 2,
      entry: [
        { response: { status: '200', etag: 'W/"2"' }, resource: { meta: { versionId: '2' } } },
        { response: { status: '201', etag: 'W/"1"' }, resource: { meta: { versionId: '1' } } },
      ],
    });
  });

  it.each(['/fhir/Patient/none', '/fhir/Patient/none/_history', '/fhir/Patient/none/_history/1', '/fhir/Nothing/x'])(
    'answers an OperationOutcome where there is nothing: %s',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'not-found' }] });
    },
  );

  it('says in the CapabilityStatement what it can do', async () => {
    const statement = (await jsonOf('/fhir/metadata')) as {
      fhirVersion: string;
      rest: { resource: { type: string; supportedProfile?: string[] }[] }[];
    };
    expect(statement.fhirVersion).toBe('4.0.1');
    const types = statement.rest[0]!.resource;
    expect(types.find(({ type }) => type === 'Patient')?.supportedProfile).toEqual([
      'http://concord.example.org/fhir/StructureDefinition/canonical-patient',
    ]);
    expect(types.find(({ type }) => type === 'Basic')).not.toHaveProperty('supportedProfile');
  });

  it('answers the profiles that resources claim', async () => {
    expect(await jsonOf('/fhir/StructureDefinition/canonical-patient')).toMatchObject({
      resourceType: 'StructureDefinition',
      publisher: 'Patient administration stewards',
    });
    expect((await get('/fhir/StructureDefinition/canonical-nothing')).status).toBe(404);
  });
});

describe('what happened', () => {
  it('is told of each message, with its runs and resources', async () => {
    expect(await jsonOf('/v1/messages?feed=hl7v2&limit=1')).toMatchObject({ messages: [{ feed: 'hl7v2' }] });
    expect(await jsonOf(`/v1/messages/${messageId}`)).toMatchObject({ messageId, runs: [{ repeat: false }] });
  });

  it('is told of each element: source, rule and version', async () => {
    const { leaves } = (await jsonOf(`/v1/lineage/${patient}`)) as { leaves: { element: string; from: unknown[] }[] };
    expect(leaves.find(({ element }) => element === 'birthDate')).toMatchObject({ from: [{ path: 'PID-7' }] });
  });

  it('lists feeds, mappings and code maps', async () => {
    expect(await jsonOf('/v1/feeds')).toMatchObject({
      feeds: [{ name: 'hl7v2' }, { name: 'redox' }, { name: 'synthea-csv' }],
    });
    expect(((await jsonOf('/v1/mappings')) as { mappings: { name: string }[] }).mappings[0]).toMatchObject({
      name: 'hl7v2',
    });
    expect(((await jsonOf('/v1/codemaps')) as { codeMaps: unknown[] }).codeMaps.length).toBeGreaterThan(0);
    const { contracts, ownership } = (await jsonOf('/v1/contracts')) as Record<string, { id?: string }[]>;
    expect(contracts?.map(({ id }) => id)).toContain('blood-pressure');
    expect(ownership?.length).toBeGreaterThan(0);
  });
});

describe('operation', () => {
  it('is alive and ready', async () => {
    expect(await jsonOf('/health/live')).toEqual({ status: 'ok' });
    expect(await jsonOf('/health/ready')).toMatchObject({ status: 'ok', feeds: 3 });
  });

  it('counts', async () => {
    expect(await (await get('/metrics')).text()).toMatch(/concord_messages_total\{feed="hl7v2",disposition="publish/);
  });

  it('sends the headers that keep a page to itself', async () => {
    const { headers } = await get('/docs');
    expect(headers.get('Content-Security-Policy')).toContain("script-src 'self'");
    expect(headers.get('X-Powered-By')).toBeNull();
  });
});

interface Document {
  readonly paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>>;
  readonly components: { readonly schemas: Record<string, object> };
}

describe('the OpenAPI document', () => {
  const documented = async () => (await jsonOf('/openapi.json')) as Document;

  /** Method and path of every route that Express answers, 405s aside. */
  function servedRoutes(app: Express): string[] {
    const layers = app.router.stack.flatMap(({ route }) => (route === undefined ? [] : [route]));
    return layers.flatMap((route) =>
      route.stack
        .map(({ method }) => method)
        .filter((method, i, all) => (method as string | undefined) !== undefined && all.indexOf(method) === i)
        .map((method) => `${method} ${route.path}`),
    );
  }

  it('tells of every route that is served, and of no other', async () => {
    const services = { now: () => '' } as Services;
    const served = servedRoutes(createApp(routesOf(services), services));
    const { paths } = await documented();
    const told = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${expressPath(path)}`),
    );
    expect(new Set(told)).toEqual(new Set(served));
  });

  it('names only schemas that it has', async () => {
    const { components, ...rest } = await documented();
    const named = [...JSON.stringify({ rest, components }).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
      ([, name]) => name!,
    );
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining([...new Set(named)]));
  });

  it('has schemas that the answers fit', async () => {
    const { components } = await documented();
    const ajv = new Ajv2020({ strict: false }).addSchema({ $id: 'openapi', components }, 'openapi');
    const check = async (schema: string, path: string, request: RequestInit = {}) => {
      const answer: unknown = await (await fetch(service.url + path, request)).json();
      const valid = ajv.compile({ $ref: `openapi#/components/schemas/${schema}` });
      expect(valid(answer), `${path}: ${ajv.errorsText(valid.errors)}`).toBe(true);
    };
    await check('Feeds', '/v1/feeds');
    await check('Mappings', '/v1/mappings');
    await check('CodeMaps', '/v1/codemaps');
    await check('Contracts', '/v1/contracts');
    await check('Messages', '/v1/messages');
    await check('Message', `/v1/messages/${messageId}`);
    await check('Quarantine', '/v1/quarantine');
    await check('Reconciliation', '/v1/reconciliation');
    await check('Lineage', `/v1/lineage/${patient}`);
    await check('Health', '/health/ready');
    await check('Problem', '/nowhere');
    await check('CapabilityStatement', '/fhir/metadata');
    await check('NormalizeAnswer', '/v1/normalize/hl7v2?lineage=true', { method: 'POST', body: newMessage('8') });
    await check('NormalizeAnswer', '/v1/normalize/hl7v2', { method: 'POST', body: 'no message' });
  });

  it('is shown as a page that needs nothing from elsewhere', async () => {
    const page = await (await get('/docs')).text();
    for (const path of Object.keys((await documented()).paths)) expect(page).toContain(path);
    expect(page).not.toMatch(/src=|https?:\/\//);
  });
});
