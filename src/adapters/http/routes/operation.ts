// GET /health/live, /health/ready, /metrics: for those who run the gateway.
import { json, type Answer } from '../answer.js';
import type { Route, Services } from '../route.js';

export const live = (): Route => ({
  method: 'get',
  path: '/health/live',
  tag: 'Operation',
  summary: 'The process runs',
  replies: { 200: { description: 'It does', content: { 'application/json': 'Health' } } },
  handle: () => json({ status: 'ok' }),
});

export const ready = (services: Services): Route => ({
  method: 'get',
  path: '/health/ready',
  tag: 'Operation',
  summary: 'The gateway can take messages: its store answers',
  replies: {
    200: { description: 'It can', content: { 'application/json': 'Health' } },
    503: { description: 'The store does not answer', content: { 'application/json': 'Health' } },
  },
  handle: () => readiness(services),
});

async function readiness({ store, gateway, log }: Services): Promise<Answer> {
  const { engine, version } = store.describe();
  const told = { store: `${engine} ${version}`, feeds: gateway.feeds.size };
  try {
    await store.ping();
    return json({ status: 'ok', ...told });
  } catch (error) {
    log.error('the store does not answer', error);
    return json({ status: 'unavailable', ...told }, 503);
  }
}

export const metrics = (services: Services): Route => ({
  method: 'get',
  path: '/metrics',
  tag: 'Operation',
  summary: 'Counts and times, for Prometheus',
  replies: { 200: { description: 'The exposition', content: { 'text/plain': 'Text' } } },
  handle: async () => ({ status: 200, type: services.metrics.contentType, text: await services.metrics.text() }),
});
