import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../model/error.js';
import { openStore } from './open-store.js';

const failure = async (databaseUrl: string): Promise<GatewayError> =>
  openStore({ databaseUrl, dataDir: '' }).then(
    () => expect.unreachable('the store opened'),
    (error: unknown) => error as GatewayError,
  );

/** A port of this machine where nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('DATABASE_URL', () => {
  it('says where nobody answered, and not with which password', async () => {
    const error = await failure(`postgresql://gateway:secret@127.0.0.1:${await freePort()}/clinic`);
    expect(error).toBeInstanceOf(GatewayError);
    expect(error.category).toBe('unavailable');
    expect(error.message).toMatch(/gateway@127\.0\.0\.1:\d+\/clinic/);
    expect(error.message).not.toContain('secret');
  });

  it.each(['clinic', 'http://127.0.0.1/clinic', 'postgresql//x'])(
    'is refused when it is no such URL: %s',
    async (url) => {
      expect(await failure(url)).toMatchObject({ category: 'incorrect' });
    },
  );
});
