import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from './service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const validate = (body: string, query = '') =>
  fetch(`${service.url}/fhir/Patient/$validate${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json' },
    body,
  });

interface Outcome {
  readonly resourceType: string;
  readonly issue: readonly { readonly severity: string; readonly expression?: readonly string[] }[];
}

describe('POST /fhir/{type}/$validate', () => {
  it('answers an OperationOutcome, valid or not', async () => {
    const valid = await validate('{"resourceType":"Patient","active":true}');
    expect(valid.status).toBe(200);
    expect(await valid.json()).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'information' }],
    });
    const invalid = (await (await validate('{"resourceType":"Patient","active":"yes"}')).json()) as Outcome;
    expect(invalid.issue[0]).toMatchObject({ severity: 'error', expression: ['Patient.active'] });
  });

  it('validates against the profile that the query names', async () => {
    const answer = (await (await validate('{"resourceType":"Patient"}', '?profile=urn:x')).json()) as Outcome;
    expect(answer.issue[0]).toMatchObject({ severity: 'error' });
  });

  it('answers what is no JSON, and no body at all', async () => {
    expect((await (await validate('{"resourceType":')).json()) as Outcome).toMatchObject({
      issue: [{ severity: 'fatal' }],
    });
    expect((await validate('')).status).toBe(400);
  });
});
