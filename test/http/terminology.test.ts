// The terminology operations as clients ask them: GET and POST, batches, refusals, the installed content.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from './service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

interface Parameter {
  readonly name: string;
  readonly resource?: unknown;
  readonly part?: readonly Parameter[];
  readonly [value: string]: unknown;
}
interface Told {
  readonly status: number;
  readonly body: {
    readonly resourceType: string;
    readonly parameter?: readonly Parameter[];
    readonly [name: string]: unknown;
  };
}

async function told(response: Response): Promise<Told> {
  expect(response.headers.get('Content-Type')).toBe('application/fhir+json; charset=utf-8');
  return { status: response.status, body: (await response.json()) as Told['body'] };
}

const get = async (path: string, headers = {}) => told(await fetch(`${service.url}/fhir/${path}`, { headers }));
const send = async (path: string, body: string) =>
  told(
    await fetch(`${service.url}/fhir${path}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/fhir+json' },
    }),
  );
const post = (path: string, ...parameter: readonly Parameter[]) =>
  send(`/${path}`, JSON.stringify({ resourceType: 'Parameters', parameter }));
const valueOf = ({ body }: Told, name: string): unknown => {
  const found = body.parameter?.find((each) => each.name === name);
  return found && Object.entries(found).find(([key]) => key.startsWith('value'))?.[1];
};

const gender = 'http://hl7.org/fhir/administrative-gender';
const genders = 'http://hl7.org/fhir/ValueSet/administrative-gender';
const query = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString();

const berries = {
  resourceType: 'CodeSystem',
  url: 'urn:example:berries',
  status: 'active',
  content: 'complete',
  concept: [{ code: 'red', display: 'Red berry', concept: [{ code: 'lingon', display: 'Lingonberry' }] }],
};
const given: Parameter = { name: 'tx-resource', resource: berries };

describe('what is installed', () => {
  it('is validated by GET', async () => {
    const answer = await get(
      `ValueSet/$validate-code?${query({ url: genders, system: gender, code: 'female', display: 'Female' })}`,
    );
    expect([answer.status, valueOf(answer, 'result')]).toEqual([200, true]);
  });

  it('is looked up, expanded and compared along its hierarchy', async () => {
    expect(valueOf(await get(`CodeSystem/$lookup?${query({ system: gender, code: 'male' })}`), 'display')).toBe('Male');
    const { body } = await get(`ValueSet/$expand?${query({ url: genders, filter: 'fem' })}`);
    expect(body['expansion']).toMatchObject({
      total: 1,
      contains: [{ system: gender, code: 'female', display: 'Female' }],
    });
    const roles = { system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', codeA: 'FAMMEMB', codeB: 'CHILD' };
    expect(valueOf(await get(`CodeSystem/$subsumes?${query(roles)}`), 'outcome')).toBe('subsumes');
  });

  it('is searched by canonical and read by id', async () => {
    const { body } = await get(`ValueSet?${query({ url: genders })}`);
    expect(body).toMatchObject({ type: 'searchset', total: 1, entry: [{ resource: { url: genders } }] });
    expect((await get('ValueSet/administrative-gender')).body).toMatchObject({
      resourceType: 'ValueSet',
      url: genders,
    });
  });

  it('is asked as a resource', async () => {
    const { body } = await get('ValueSet/administrative-gender/$expand?count=1');
    expect(body).toMatchObject({ url: genders, expansion: { total: 4 } });
    expect(valueOf(await get('CodeSystem/administrative-gender/$lookup?code=other'), 'display')).toBe('Other');
    expect(valueOf(await get('CodeSystem/administrative-gender/$validate-code?code=none'), 'result')).toBe(false);
    expect((await get('ValueSet/nowhere/$expand')).status).toBe(404);
  });

  it('is told of in the capabilities', async () => {
    expect((await get('metadata')).body).toMatchObject({
      instantiates: ['http://hl7.org/fhir/CapabilityStatement/terminology-server'],
    });
    expect((await get('metadata?mode=terminology')).body).toMatchObject({
      resourceType: 'TerminologyCapabilities',
      codeSystem: expect.arrayContaining([expect.objectContaining({ uri: gender })]) as unknown,
    });
    expect(valueOf(await get('$versions'), 'default')).toBe('4.0');
  });
});

describe('what comes with the request', () => {
  it('is seen by that request alone', async () => {
    const asked = [
      { name: 'url', valueUri: berries.url },
      { name: 'code', valueCode: 'lingon' },
    ];
    expect(valueOf(await post('CodeSystem/$validate-code', ...asked, given), 'display')).toBe('Lingonberry');
    expect(valueOf(await post('CodeSystem/$validate-code', ...asked), 'result')).toBe(false);
  });

  it('is not confused with another of the same name', async () => {
    const renamed = { ...berries, concept: [{ code: 'lingon', display: 'Cowberry' }] };
    const asked = [
      { name: 'system', valueUri: berries.url },
      { name: 'code', valueCode: 'lingon' },
    ];
    const displays = [given, { name: 'tx-resource', resource: renamed }, given].map(async (each) =>
      valueOf(await post('CodeSystem/$lookup', ...asked, each), 'display'),
    );
    expect(await Promise.all(displays)).toEqual(['Lingonberry', 'Cowberry', 'Lingonberry']);
  });

  it('is expanded with R5 elements as extensions', async () => {
    const valueSet = { resourceType: 'ValueSet', status: 'active', compose: { include: [{ system: berries.url }] } };
    const answer = await post(
      'ValueSet/$expand',
      { name: 'valueSet', resource: valueSet },
      { name: 'property', valueCode: 'definition' },
      given,
    );
    expect(answer.body['expansion']).toMatchObject({
      total: 2,
      parameter: [{ name: 'used-codesystem', valueUri: berries.url }],
      contains: [{ code: 'red', contains: [{ code: 'lingon' }] }],
    });
  });

  it('keeps a closure table', async () => {
    const name = { name: 'name', valueString: 'basket' };
    const concept = (code: string) => ({ name: 'concept', valueCoding: { system: berries.url, code } });
    expect((await post('$closure', name, concept('red'), given)).status).toBe(404);
    expect((await post('$closure', name)).body).toMatchObject({ resourceType: 'ConceptMap', version: '0' });
    expect((await post('$closure', name, concept('red'), concept('lingon'), given)).body).toMatchObject({
      group: [{ element: [{ code: 'lingon', target: [{ code: 'red', equivalence: 'subsumes' }] }] }],
    });
    expect((await fetch(`${service.url}/fhir/$closure?name=basket`)).status).toBe(405);
  });
});

describe('many at once', () => {
  it('are validated in one request, each for itself', async () => {
    const validation = (...parameter: readonly Parameter[]) => ({
      name: 'validation',
      resource: { resourceType: 'Parameters', parameter },
    });
    const { body } = await post(
      'ValueSet/$batch-validate-code',
      { name: 'url', valueUri: genders },
      validation({ name: 'coding', valueCoding: { system: gender, code: 'male' } }),
      validation({ name: 'nothing', valueString: 'of use' }),
    );
    expect(body.parameter?.map(({ resource }) => (resource as Told['body']).resourceType)).toEqual([
      'Parameters',
      'OperationOutcome',
    ]);
  });

  it('come as a batch, answered in its order', async () => {
    const entry = [
      { request: { method: 'GET', url: `CodeSystem/$lookup?${query({ system: gender, code: 'male' })}` } },
      { request: { method: 'GET', url: `CodeSystem/$lookup?${query({ system: gender, code: 'none' })}` } },
      { request: { method: 'GET', url: 'Patient/1' } },
    ];
    const { body } = await send('', JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry }));
    expect(body['entry']).toMatchObject([
      { response: { status: '200' } },
      { response: { status: '404' } },
      { response: { status: '404' } },
    ]);
  });
});

describe('what cannot be answered', () => {
  it.each([
    ['no parameters', '/ValueSet/$expand', '{"resourceType":"Parameters"}', 400, 'PARAMETER_MISSING'],
    ['no JSON', '/ValueSet/$expand', '{', 400, 'PARAMETER_INVALID'],
    ['no Parameters', '/ValueSet/$expand', '{"resourceType":"Patient"}', 400, 'PARAMETER_INVALID'],
    [
      'no value set',
      '/ValueSet/$expand',
      '{"resourceType":"Parameters","parameter":[{"name":"valueSet","resource":{"resourceType":"ValueSet","compose":{"include":"x"}}}]}',
      400,
      'PARAMETER_INVALID',
    ],
    [
      'no coding',
      '/CodeSystem/$validate-code',
      '{"resourceType":"Parameters","parameter":[{"name":"coding","valueCoding":{"system":5}}]}',
      400,
      'PARAMETER_INVALID',
    ],
    ['no batch', '', '{"resourceType":"Bundle","type":"transaction"}', 400, 'PARAMETER_INVALID'],
  ])('%s', async (_, path, body, status, id) => {
    const answer = await send(path, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ issue: [{ severity: 'error', extension: [{ valueString: id }] }] });
  });

  it.each([
    [`ValueSet/$expand?${query({ url: 'urn:example:none' })}`, 404],
    [`ValueSet/$expand?${query({ url: genders, count: 'many' })}`, 400],
    [`ValueSet/$expand?${query({ url: genders, displayLanguage: '-' })}`, 400],
    [`CodeSystem/$lookup?${query({ code: 'male' })}`, 400],
  ])('is refused: %s', async (path, expected) => {
    const { status, body } = await get(path);
    expect([status, body.resourceType]).toEqual([expected, 'OperationOutcome']);
  });
});
