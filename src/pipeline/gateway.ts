// The whole way of a payload on a feed's release: read, then normalize each message. The one door of the core.
import { readCsv } from '../formats/csv/read.js';
import type { Hl7v2Dictionary } from '../formats/hl7v2/dictionary.js';
import { readHl7v2 } from '../formats/hl7v2/read.js';
import { readJson } from '../formats/json/read.js';
import type { Envelope } from '../model/envelope.js';
import { GatewayError } from '../model/error.js';
import type { Feed } from '../model/feed.js';
import type { Issue } from '../model/issue.js';
import { refusal, type Result } from '../model/result.js';
import type { SourceMessage } from '../model/source.js';
import type { CodeMaps } from '../terminology/code-map.js';
import { normalizeMessage } from './normalize.js';
import type { Outcome, PayloadOutcome } from './outcome.js';
import type { Release } from './release.js';

export interface ReleaseOptions {
  /** `package@version` instead of the feed's pin: for a dry run. */
  readonly mapping?: string;
  /** Code maps over those of the package, instead of the feed's own: for a dry run. */
  readonly codeMaps?: CodeMaps;
}

export interface NormalizeOptions extends ReleaseOptions {
  /** The positions in the payload of the messages wanted; absent: all of them. */
  readonly only?: ReadonlySet<number>;
}

export interface Gateway {
  readonly feeds: ReadonlyMap<string, Feed>;
  /** The release a feed runs on. Throws `not-found` for a feed or mapping that is not there. */
  release(feed: string, options?: ReleaseOptions): Release;
  normalize(envelope: Envelope, options?: NormalizeOptions): PayloadOutcome;
  /** The same, one outcome at a time: a big file is never whole in memory. */
  normalizeEach(
    envelope: Envelope,
    options?: NormalizeOptions,
  ): { readonly issues: readonly Issue[]; readonly outcomes: Iterable<Outcome> };
}

export interface GatewayParts {
  readonly feeds: ReadonlyMap<string, Feed>;
  readonly dictionary: Hl7v2Dictionary;
  readonly release: (feed: Feed, options: ReleaseOptions) => Release;
}

export function createGateway({ feeds, dictionary, release }: GatewayParts): Gateway {
  const releaseOf = (name: string, options: ReleaseOptions = {}): Release => {
    const feed = feeds.get(name);
    if (feed === undefined) throw new GatewayError('not-found', `No feed "${name}" is registered.`);
    return release(feed, options);
  };
  const normalizeEach: Gateway['normalizeEach'] = (envelope, options = {}) => {
    const pinned = releaseOf(envelope.feed, options);
    const { issues, messages } = read(envelope, pinned, dictionary);
    return { issues, outcomes: outcomesOf({ issues, messages }, envelope, pinned, options.only) };
  };
  return {
    feeds,
    release: releaseOf,
    normalizeEach,
    normalize(envelope, options) {
      const { issues, outcomes } = normalizeEach(envelope, options);
      return { envelope, issues, outcomes: [...outcomes] };
    },
  };
}

interface Payload {
  readonly issues: readonly Issue[];
  readonly messages: Iterable<Result<SourceMessage>>;
}

function read(envelope: Envelope, { feed, program }: Release, dictionary: Hl7v2Dictionary): Payload {
  switch (feed.format) {
    case 'hl7v2':
      return readHl7v2(envelope, dictionary, feed.limits);
    case 'json':
      return readJson(envelope, { ...jsonReading(program.package), limits: feed.limits });
    case 'csv':
      return readCsv(envelope, { files: program.package.files, limits: feed.limits });
  }
}

const jsonReading = ({ messageType, messageTime }: Release['program']['package']) => ({ messageType, messageTime });

/** A payload that holds no message is answered too: as one refusal. */
function* outcomesOf(
  { messages, issues }: Payload,
  envelope: Envelope,
  release: Release,
  only: ReadonlySet<number> | undefined,
): Generator<Outcome> {
  let index = 0;
  for (const message of messages) {
    if (only === undefined || only.has(index)) yield normalizeMessage(message, { envelope, index, release });
    index += 1;
  }
  if (index === 0) yield normalizeMessage(refusal(...issues), { envelope, index, release });
}
