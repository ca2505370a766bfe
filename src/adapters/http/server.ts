// Listening, and stopping without cutting anybody off.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayError } from '../../model/error.js';
import { createApp } from './app.js';
import { messageClasses } from './message-classes.js';
import type { Services } from './route.js';
import { routesOf } from './routes/index.js';

export interface HttpServer {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  /** Takes no more requests, lets those under way end (for some seconds at most), and stops. */
  close(): Promise<void>;
}

/** Throws a GatewayError (`unavailable`) when host and port cannot be had. */
export async function listen(services: Services): Promise<HttpServer> {
  const { HOST, PORT } = services.config;
  const app = createApp(routesOf(services), services);
  const server = createServer(messageClasses(app), app);
  await listening(server, HOST, PORT);
  const { address, port, family } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return { url: `http://${host}:${port}`, close: () => closed(server) };
}

const listening = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException) => reject(cannotListen(host, port, cause));
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve();
    });
  });

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): GatewayError {
  const reason =
    cause.code === 'EADDRINUSE' ? 'the port is in use: set PORT to another' : (cause.code ?? 'unknown reason');
  return new GatewayError('unavailable', `Cannot listen on ${host}:${port}: ${reason}.`, { cause });
}

const patience = 5000;

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), patience).unref();
    server.close(() => {
      clearTimeout(impatient);
      resolve();
    });
    server.closeIdleConnections();
  });
