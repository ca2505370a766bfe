// One comparison: which versions, on which feed, over how many payloads, and what differs.
import { envelop } from '../../../adapters/intake.js';
import type { Definitions } from '../../../model/definitions.js';
import { GatewayError } from '../../../model/error.js';
import type { Feed } from '../../../model/feed.js';
import type { Gateway } from '../../../pipeline/gateway.js';
import type { Outcome } from '../../../pipeline/outcome.js';
import { semanticDiff, type ComparedPayload, type SemanticDiff } from '../../../pipeline/semantic-diff.js';
import type { Payload } from './payloads.js';
import { siteOfVersions, type Version } from './versions.js';

export interface VersionName {
  /** As on the command line. */
  readonly called: string;
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the IR. */
  readonly digest: string;
}

export interface Comparison extends SemanticDiff {
  readonly before: VersionName;
  readonly after: VersionName;
  readonly feed: string;
  readonly payloads: number;
}

export interface ComparisonOptions {
  readonly feed?: string;
  readonly examples: number;
  readonly showValues: boolean;
  readonly definitions: Definitions;
  /** Told of every payload that is done. */
  readonly progress: (payloads: number) => void;
}

/** Two versions with the gateways they run on. */
export interface Contest {
  readonly before: Version;
  readonly after: Version;
  readonly feed: Feed;
  readonly gateways: { readonly before: Gateway; readonly after: Gateway };
}

export function contest(before: Version, after: Version, wanted: string | undefined): Contest {
  const site = siteOfVersions(before, after);
  const gateways = { before: before.gateway(site), after: after.gateway(site) };
  const { feeds } = gateways.after;
  const names = wanted === undefined ? [after.ir.name, before.ir.name] : [wanted];
  const feed = names.map((name) => feeds.get(name)).find((each) => each !== undefined);
  if (feed === undefined)
    throw new GatewayError('not-found', `No feed "${names[0] ?? ''}" is registered: name one with --feed.`);
  for (const { ir, called } of [before, after])
    if (ir.format !== feed.format) throw new GatewayError('incorrect', `${called} is no package for ${feed.format}.`);
  return { before, after, feed, gateways };
}

export function compareOn(
  { before, after, feed, gateways }: Contest,
  payloads: readonly Payload[],
  { definitions, examples, showValues, progress }: ComparisonOptions,
): Comparison {
  const compared = function* (): Generator<ComparedPayload> {
    for (const [at, payload] of payloads.entries()) {
      const bytes = payload.read();
      const run = (gateway: Gateway, version: Version) => outcomesOf(gateway, version, feed, payload.name, bytes);
      yield { name: payload.name, before: run(gateways.before, before), after: run(gateways.after, after) };
      progress(at + 1);
    }
  };
  const diff = semanticDiff(before, after, compared(), { definitions, examples, showValues });
  return { before: nameOf(before), after: nameOf(after), feed: feed.name, payloads: payloads.length, ...diff };
}

/** Both versions get the same moment: what is received when is not what is compared. */
const receivedAt = new Date(0).toISOString();

const outcomesOf = (
  gateway: Gateway,
  { ir }: Version,
  feed: Feed,
  name: string,
  bytes: Uint8Array,
): Iterable<Outcome> =>
  gateway.normalizeEach(envelop(bytes, { feed: feed.name, receivedAt, name }), { mapping: `${ir.name}@${ir.version}` })
    .outcomes;

const nameOf = ({ called, compiled: { ir, digest } }: Version): VersionName => ({
  called,
  name: ir.name,
  version: ir.version,
  digest,
});
