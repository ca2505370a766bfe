// Reads a payload again beside the gateway, to see what a mapping marks in it.
import { readCsv } from '../../src/formats/csv/read.js';
import type { Hl7v2Dictionary } from '../../src/formats/hl7v2/dictionary.js';
import { readHl7v2 } from '../../src/formats/hl7v2/read.js';
import { readJson } from '../../src/formats/json/read.js';
import type { Envelope } from '../../src/model/envelope.js';
import type { Result } from '../../src/model/result.js';
import type { Place, Residual, SourceMessage } from '../../src/model/source.js';
import type { Release } from '../../src/pipeline/release.js';

export function messagesOf(
  envelope: Envelope,
  { feed, program }: Release,
  dictionary: Hl7v2Dictionary,
): Iterable<Result<SourceMessage>> {
  const { limits } = feed;
  const { messageType, files } = program.package;
  if (feed.format === 'hl7v2') return readHl7v2(envelope, dictionary, limits).messages;
  return feed.format === 'json'
    ? readJson(envelope, { messageType, limits }).messages
    : readCsv(envelope, { files, limits }).messages;
}

export interface Accounts {
  /** Every populated value of the message, before anything read it. */
  readonly values: readonly Residual[];
  /** Paths of all places that a rule read, or an `ignore` with a reason passed over. */
  readonly marked: ReadonlySet<string>;
}

/** Maps a message and notes each mark. */
export function accountsOf(message: SourceMessage, { program, feed }: Release): Accounts {
  const values = message.residuals();
  const marked = new Set<string>();
  const note = (place: Place) => marked.add(message.positionOf(place).path);
  const mark = message.mark.bind(message);
  const markLike = message.markLike?.bind(message);
  message.mark = (place, use, extent) => {
    note(place);
    mark(place, use, extent);
  };
  if (markLike !== undefined)
    message.markLike = (place, other) => {
      note(place);
      markLike(place, other);
    };
  program.map(message, feed);
  return { values, marked };
}
