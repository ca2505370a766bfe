import express from 'express';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { messageClasses } from './message-classes.js';

const app = express();
const server = createServer(messageClasses(app), app);
afterAll(() => void server.close());

it('gives Express requests and responses that are its own already, with all that it adds', async () => {
  const seen: object[] = [];
  const note = (...messages: object[]) => seen.push(...messages.map((each) => Object.getPrototypeOf(each) as object));
  server.prependListener('request', note);
  app.get('/', (request, response) => {
    note(request, response);
    response.type('text').send(request.get('X-Name') ?? 'nobody');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const asked = get({ port, host: '127.0.0.1', headers: { 'X-Name': 'Ada' } });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  expect((await answer.toArray()).join('')).toBe('Ada');
  expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  const [request, response, ...later] = seen;
  expect([later[0] === request, later[1] === response]).toEqual([true, true]);
});
