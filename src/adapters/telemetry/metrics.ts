// What is counted (Prometheus). Labels are names of the configuration and of the catalogue, never message content.
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Outcome } from '../../pipeline/outcome.js';

export interface Metrics {
  /** Counts one message: its disposition, issues, residuals and resources. */
  message(feed: string, outcome: Outcome): void;
  normalized(feed: string, seconds: number): void;
  request(method: string, route: string, status: number, seconds: number): void;
  readonly contentType: string;
  /** The exposition text. */
  text(): Promise<string>;
}

/** A registry of its own, so that two gateways of one process do not count together. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, labelNames: T[]) =>
    new Counter({ name, help, labelNames, registers });
  const messages = counter('concord_messages_total', 'Messages by what became of them.', ['feed', 'disposition']);
  const issues = counter('concord_issues_total', 'Issues by code of the catalogue.', ['feed', 'code', 'severity']);
  const residuals = counter('concord_residual_values_total', 'Source values nobody mapped or ignored.', ['feed']);
  const resources = counter('concord_resources_total', 'Canonical resources made.', ['feed']);
  const normalizing = new Histogram({
    name: 'concord_normalize_seconds',
    help: 'Time to normalize one message.',
    labelNames: ['feed'],
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
    registers,
  });
  const requests = new Histogram({
    name: 'concord_http_request_seconds',
    help: 'Time to answer an HTTP request.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  return {
    message: (feed, { disposition, report }) => {
      messages.inc({ feed, disposition });
      residuals.inc({ feed }, report.counts.residual);
      resources.inc({ feed }, report.counts.resources);
      for (const { code, severity } of report.issues) issues.inc({ feed, code, severity });
    },
    normalized: (feed, seconds) => normalizing.observe({ feed }, seconds),
    request: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
