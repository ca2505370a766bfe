// The pure heart of the gateway, composed: everything that happens to a payload between its arrival and the store.
import type { Envelope } from '../model/envelope.js';
import type { Feed } from '../model/feed.js';
import type { Issue } from '../model/issue.js';
import type { SourceFormat } from '../model/source.js';
import type { Outcome, PayloadOutcome } from './outcome.js';

export interface NormalizeOptions {
  /** `package@version` instead of the feed's pin. */
  readonly mapping?: string;
}

export interface MappingSummary {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the compiled package. */
  readonly digest: string;
  readonly format: SourceFormat;
  readonly owner: string;
  readonly description: string;
}

export interface CodeMapSummary {
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly digest: string;
  readonly rows: number;
}

export interface Gateway {
  feeds(): readonly Feed[];
  mappings(): readonly MappingSummary[];
  codeMaps(): readonly CodeMapSummary[];
  /** Throws a GatewayError: `not-found` for a feed or a mapping that is not registered. */
  normalize(envelope: Envelope, options?: NormalizeOptions): PayloadOutcome;
  /** The same, one message at a time; returns the issues of the payload as a whole. */
  normalizeEach(envelope: Envelope, options?: NormalizeOptions): Generator<Outcome, readonly Issue[], void>;
}
