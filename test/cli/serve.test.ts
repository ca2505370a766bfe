import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { sample } from '../http/service.js';

const folder = mkdtempSync(join(tmpdir(), 'concord-serve-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const main = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

// Not the whole environment: the test runner has a BASE_URL of its own.
const { PATH, PG_BIN } = process.env;
const serve = (environment: Record<string, string>) =>
  spawn(process.execPath, [main], { env: { PATH, PG_BIN, PORT: '0', DATA_DIR: folder, ...environment } });

async function started(gateway: ReturnType<typeof serve>): Promise<string> {
  let said = '';
  for await (const text of gateway.stdout) {
    said += String(text);
    const url = /listens on (\S+)/.exec(said)?.[1];
    if (url !== undefined && said.includes('/docs')) return url;
  }
  throw new Error(`The gateway ended: ${said}`);
}

async function stopped(gateway: ReturnType<typeof serve>): Promise<number | null> {
  gateway.kill('SIGTERM');
  const [code] = (await once(gateway, 'exit')) as [number | null];
  return code;
}

describe('the gateway as a process', () => {
  it('serves, stops in order when told to, and remembers when it is started again', async () => {
    const first = serve({});
    const url = await started(first);
    const response = await fetch(`${url}/v1/normalize/hl7v2`, {
      method: 'POST',
      body: new Uint8Array(sample('hl7v2.hl7')),
    });
    const { messageId } = (await response.json()) as { messageId: string };
    expect(await stopped(first)).toBe(0);

    const second = serve({});
    const again = await fetch(`${await started(second)}/v1/messages/${messageId}`);
    expect(await again.json()).toMatchObject({ messageId });
    expect(await stopped(second)).toBe(0);
  });

  it.each([
    ['an unknown setting', { CONCORD_PROT: '1' }, 'CONCORD_PROT is not a setting'],
    ['a listener that it does not have', { MLLP_PORT: '2575' }, 'no MLLP listener'],
  ])('refuses to start with %s', async (_, environment, text) => {
    const gateway = serve(environment);
    let said = '';
    gateway.stderr.on('data', (chunk) => (said += String(chunk)));
    const [code] = (await once(gateway, 'close')) as [number];
    expect(said).toContain(text);
    expect(code).toBe(1);
  });
});
