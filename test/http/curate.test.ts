// Terminology that people curate, over HTTP: what is created is answered from at once, with every version kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from './service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, never>;
}

async function ask(method: string, path: string, body?: object | string, headers = {}): Promise<Told> {
  const response = await fetch(`${service.url}/fhir/${path}`, {
    method,
    headers: { 'Content-Type': 'application/fhir+json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as Told['body'],
  };
}

const codeSystem = (url: string, ...codes: readonly string[]) => ({
  resourceType: 'CodeSystem',
  url,
  version: '1.0',
  name: 'EastLab',
  status: 'active',
  content: 'complete',
  concept: codes.map((code) => ({ code, display: `The ${code}` })),
});

const issuesOf = ({ body }: Told) =>
  (body['issue'] as unknown as { details: { coding?: { code: string }[] }; expression?: string[] }[]).map((each) => [
    each.details.coding?.[0]?.code,
    each.expression?.[0],
  ]);

const isCode = async (url: string, code: string): Promise<unknown> => {
  const { body } = await ask('GET', `CodeSystem/$validate-code?url=${encodeURIComponent(url)}&code=${code}`);
  const parameters = body['parameter'] as unknown as { name: string; valueBoolean?: boolean }[] | undefined;
  return parameters?.find(({ name }) => name === 'result')?.valueBoolean;
};

describe('a code system that somebody curates', () => {
  const url = 'http://eastlab.test/codes';

  it('is answered from as soon as it is created, changed or deleted', async () => {
    expect(await isCode(url, 'GLU')).not.toBe(true);
    const created = await ask('POST', 'CodeSystem', codeSystem(url, 'GLU'));
    expect(created.status).toBe(201);
    expect(created.headers.get('ETag')).toBe('W/"1"');
    const id = String(created.body['id']);
    expect(created.headers.get('Location')).toMatch(new RegExp(`/fhir/CodeSystem/${id}/_history/1$`));
    expect(await isCode(url, 'GLU')).toBe(true);
    expect(await isCode(url, 'HBA')).toBe(false);

    const changed = await ask('PUT', `CodeSystem/${id}`, { ...codeSystem(url, 'GLU', 'HBA'), id });
    expect([changed.status, changed.headers.get('ETag')]).toEqual([200, 'W/"2"']);
    expect(await isCode(url, 'HBA')).toBe(true);

    expect((await ask('DELETE', `CodeSystem/${id}`)).status).toBe(204);
    expect((await ask('DELETE', `CodeSystem/${id}`)).status).toBe(204);
    expect(await isCode(url, 'GLU')).not.toBe(true);
    expect((await ask('GET', `CodeSystem/${id}`)).status).toBe(410);
    expect((await ask('GET', `CodeSystem/${id}/_history/1`)).body['concept']).toHaveLength(1);
    const history = (await ask('GET', `CodeSystem/${id}/_history`)).body['entry'] as unknown as {
      request: { method: string };
    }[];
    expect(history.map(({ request }) => request.method)).toEqual(['DELETE', 'PUT', 'PUT']);
  });

  it('gets no new version from what it says already', async () => {
    const resource = { ...codeSystem('http://eastlab.test/same', 'A'), id: 'same' };
    expect((await ask('PUT', 'CodeSystem/same', resource)).status).toBe(201);
    const { body } = await ask('GET', 'CodeSystem/same');
    const again = await ask('PUT', 'CodeSystem/same', body);
    expect([again.status, again.headers.get('ETag')]).toEqual([200, 'W/"1"']);
  });

  it('is not written over by who saw another version', async () => {
    const resource = { ...codeSystem('http://eastlab.test/match', 'A'), id: 'match' };
    expect((await ask('PUT', 'CodeSystem/match', resource, { 'If-Match': 'W/"1"' })).status).toBe(412);
    expect((await ask('PUT', 'CodeSystem/match', resource)).status).toBe(201);
    const changed = { ...resource, title: 'Changed' };
    expect((await ask('PUT', 'CodeSystem/match', changed, { 'If-Match': 'W/"1"' })).status).toBe(200);
    expect((await ask('PUT', 'CodeSystem/match', resource, { 'If-Match': 'W/"1"' })).status).toBe(412);
    expect((await ask('DELETE', 'CodeSystem/match', undefined, { 'If-Match': 'W/"1"' })).status).toBe(412);
    expect((await ask('DELETE', 'CodeSystem/match', undefined, { 'If-Match': 'W/"2"' })).status).toBe(204);
  });

  it('has its URL and version to itself', async () => {
    const resource = codeSystem('http://eastlab.test/own', 'A');
    const answers = await Promise.all([1, 2, 3].map(() => ask('POST', 'CodeSystem', resource)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await ask('POST', 'CodeSystem', { ...resource, version: '1.1' })).status).toBe(201);
  });

  it('keeps the digits of its decimals', async () => {
    const text = JSON.stringify({
      ...codeSystem('http://eastlab.test/decimals', 'A'),
      property: [{ code: 'factor', type: 'decimal' }],
      concept: [{ code: 'A', property: [{ code: 'factor', valueDecimal: 0 }] }],
    }).replace('"valueDecimal":0', '"valueDecimal":1.50');
    const { headers } = await ask('POST', 'CodeSystem', text);
    const path = new URL(headers.get('Location')!).pathname;
    expect(await (await fetch(service.url + path)).text()).toContain('"valueDecimal":1.50');
  });
});

describe('value sets, maps and naming systems', () => {
  it('are searched by what people know of them, in pages', async () => {
    for (const number of [1, 2, 3])
      await ask('POST', 'ValueSet', {
        resourceType: 'ValueSet',
        url: `http://eastlab.test/vs/${number}`,
        name: `PagedSet${number}`,
        status: 'active',
        compose: { include: [{ system: 'http://loinc.org', concept: [{ code: '718-7' }] }] },
      });
    const page = await ask('GET', 'ValueSet?name=pagedset&reference=http://loinc.org&_count=2');
    expect(page.body['total']).toBe(3);
    const links = page.body['link'] as unknown as { relation: string; url: string }[];
    expect(links.map(({ relation }) => relation)).toEqual(['self', 'next']);
    const next = new URL(links[1]!.url);
    const rest = await ask('GET', `ValueSet${next.search}`);
    expect(rest.body['entry']).toHaveLength(1);
  });

  it('a map translates as soon as it is there', async () => {
    const map = {
      resourceType: 'ConceptMap',
      url: 'http://eastlab.test/map',
      status: 'active',
      group: [
        {
          source: 'http://eastlab.test/codes',
          target: 'http://loinc.org',
          element: [{ code: 'GLU', target: [{ code: '2345-7', equivalence: 'equivalent' }] }],
        },
      ],
    };
    expect((await ask('POST', 'ConceptMap', map)).status).toBe(201);
    const { body } = await ask(
      'GET',
      'ConceptMap/$translate?url=http://eastlab.test/map&system=http://eastlab.test/codes&code=GLU',
    );
    expect(JSON.stringify(body)).toContain('2345-7');
  });

  it('a naming system is found by what it names', async () => {
    const created = await ask('POST', 'NamingSystem', {
      resourceType: 'NamingSystem',
      name: 'EastLabPatients',
      status: 'active',
      kind: 'identifier',
      date: '2026-01-01',
      uniqueId: [{ type: 'oid', value: '2.999.77.1' }],
    });
    expect(created.status).toBe(201);
    const found = await ask('GET', 'NamingSystem?value=2.999.77.1');
    expect(found.body['total']).toBe(1);
    expect((await ask('GET', 'NamingSystem?value=2.999.77.2')).body['total']).toBe(0);
  });
});

describe('what cannot be kept is refused, and says why', () => {
  it('a resource that FHIR does not allow', async () => {
    const { status: _, ...resource } = codeSystem('http://eastlab.test/bad', 'A');
    const refused = await ask('POST', 'CodeSystem', resource);
    expect(refused.status).toBe(422);
    expect(issuesOf(refused)).toContainEqual([expect.any(String), 'CodeSystem']);
  });

  it('a code that stands twice, and two equal rows', async () => {
    const twice = await ask('POST', 'CodeSystem', codeSystem('http://eastlab.test/twice', 'A', 'A'));
    expect(twice.status).toBe(422);
    const rows = await ask('POST', 'ConceptMap', {
      resourceType: 'ConceptMap',
      url: 'http://eastlab.test/rows',
      status: 'active',
      group: [
        {
          source: 'http://eastlab.test/codes',
          target: 'http://loinc.org',
          element: [1, 2].map(() => ({ code: 'GLU', target: [{ code: '2345-7', equivalence: 'equivalent' }] })),
        },
      ],
    });
    expect(rows.status).toBe(422);
    expect(issuesOf(rows)).toContainEqual(['terminology.row-twice', 'ConceptMap.group[0].element[1].target[0]']);
  });

  it('another type, another id, no JSON', async () => {
    const resource = codeSystem('http://eastlab.test/other', 'A');
    expect((await ask('POST', 'ValueSet', resource)).status).toBe(400);
    expect((await ask('PUT', 'CodeSystem/one', { ...resource, id: 'two' })).status).toBe(400);
    expect((await ask('POST', 'CodeSystem', '{"resourceType":')).status).toBe(400);
    expect((await ask('POST', 'CodeSystem', '')).status).toBe(400);
  });

  it('a resource that messages bring', async () => {
    const refused = await ask('PUT', 'Patient/one', { resourceType: 'Patient', id: 'one' });
    expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'GET']);
  });

  it('what is installed', async () => {
    const installed = await ask('GET', 'CodeSystem?url=http://terminology.hl7.org/CodeSystem/v2-0001');
    const [entry] = installed.body['entry'] as unknown as { resource: { id: string } }[];
    const { id } = entry!.resource;
    expect((await ask('PUT', `CodeSystem/${id}`, entry!.resource)).status).toBe(409);
    expect((await ask('DELETE', `CodeSystem/${id}`)).status).toBe(409);
  });
});
