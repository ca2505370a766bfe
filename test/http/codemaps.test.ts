// The stewards' work on code maps, over HTTP and on the command line.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/adapters/definitions/artifacts.js';
import { concord } from '../cli/concord.js';
import { startService, type TestService } from './service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService({ SITE_DIR: join(packageRoot, 'examples/site') });
});
afterAll(() => service.stop());

const admission = (control: string, sex: string): string =>
  [
    `MSH|^~\\&|KIS|KIS|CONCORD|HIE|20260701080000||ADT^A01^ADT_A01|${control}|P|2.4`,
    'EVN|A01|20260701080000',
    `PID|1||${control}^^^KIS^MR||Amsel||19790311|${sex}`,
    'PV1|1|I|3B^12^1',
  ].join('\r');

const send = async (message: string): Promise<unknown> => {
  const response = await fetch(`${service.url}/v1/normalize/cityhospital`, { method: 'POST', body: message });
  return response.json();
};
const get = (path: string) => fetch(service.url + path);

describe('the worklist', () => {
  it('lists a code that holds messages, with the places where it stands', async () => {
    const sent = [await send(admission('W1', 'X')), await send(admission('W2', 'X')), await send(admission('W3', 'M'))];
    const published = expect.stringMatching(/^publish/) as string;
    expect(sent).toMatchObject([{ disposition: 'hold' }, { disposition: 'hold' }, { disposition: published }]);
    const answer = await get('/v1/codemaps/worklist?feed=cityhospital&limit=1');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      unmapped: [
        {
          ...{ map: 'cityhospital-sex', system: 'http://cityhospital.example.org/sex', code: 'X', displays: [] },
          ...{ values: 2, messages: 2, held: 2 },
          examples: [{ disposition: 'hold', position: { path: 'PID-8' } }, { position: { path: 'PID-8' } }],
        },
      ],
      next: 1,
    });
    expect((await get('/v1/codemaps/worklist?limit=0')).status).toBe(400);
  });

  it('is told on the command line', async () => {
    const { code, stdout } = await concord(['codemap', 'worklist', '--feed', 'cityhospital', '--url', service.url]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^X {2}of http:\/\/cityhospital\.example\.org\/sex\n.*: 2 messages, 2 of them held/);
    const alone = await concord(['codemap', 'worklist', '--url', 'http://127.0.0.1:1']);
    expect([alone.code, alone.stderr]).toEqual([1, expect.stringContaining('No gateway answers')]);
  });
});
