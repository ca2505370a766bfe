// One received payload, as it came.

export interface Envelope {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly digest: string;
  readonly feed: string;
  /** When it arrived: an ISO 8601 instant in UTC, e.g. `2026-01-31T08:00:00.000Z`. The pipeline's only clock. */
  readonly receivedAt: string;
  /** The sender's name for it (file name, correlation id), where it gave one. */
  readonly name?: string;
}
