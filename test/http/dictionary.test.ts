import { afterAll, beforeAll, expect, it } from 'vitest';
import { startService, type TestService } from './service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const get = async (path: string) => {
  const response = await fetch(service.url + path);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

it('GET /v1/dictionary lists the concepts, all or those of a status', async () => {
  const { status, body } = await get('/v1/dictionary');
  expect(status).toBe(200);
  expect(body['digest']).toMatch(/^sha256 [0-9a-f]{64}$/);
  expect(body['concepts']).toContainEqual(
    expect.objectContaining({
      id: 'heart-rate',
      owner: 'Clinical data stewards',
      unit: { canonical: '/min', allowed: ['{beats}/min'] },
    }),
  );
  expect((await get('/v1/dictionary?status=retired')).body['concepts']).toEqual([]);
  expect((await get('/v1/dictionary?status=lively')).status).toBe(400);
});

it('GET /v1/dictionary/{id} answers one concept, and 404 for what is none', async () => {
  const { status, body } = await get('/v1/dictionary/blood-pressure.systolic');
  expect(status).toBe(200);
  expect(body).toMatchObject({ kind: 'measurement', codes: [{ system: 'http://loinc.org', code: '8480-6' }] });
  expect(await get('/v1/dictionary/unheard-of')).toMatchObject({ status: 404, body: { status: 404 } });
});

it('the dictionary is documented, and part of the release that runs on it', async () => {
  const { body } = await get('/openapi.json');
  expect(Object.keys(body['paths'] as object)).toEqual(
    expect.arrayContaining(['/v1/dictionary', '/v1/dictionary/{id}']),
  );
  const { body: contracts } = await get('/v1/contracts');
  expect(Object.keys(contracts)).toEqual(['contracts', 'extensions', 'ownership']);
});
