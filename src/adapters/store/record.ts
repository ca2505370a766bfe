// Writing down what became of a message (DESIGN section 1: store and outbox in one transaction).
import { LRUCache } from 'lru-cache';
import { canonicalJson } from '../../canonical/json.js';
import { sha256Hex } from '../../canonical/digest.js';
import type { Envelope } from '../../model/envelope.js';
import { GatewayError } from '../../model/error.js';
import type { Issue } from '../../model/issue.js';
import type { Pins } from '../../model/release.js';
import { isPublished } from '../../pipeline/disposition.js';
import type { Outcome, PayloadOutcome } from '../../pipeline/outcome.js';
import type { Db, Session } from './db.js';
import { gathering } from './gathering.js';
import { settle, unpublished, type SettledMessage } from './publishing.js';
import { note } from './reconciliation.js';
import { messageValues, refusalValues, type Release } from './record-values.js';
import { recordMessage, recordUnreadable } from './record-statement.js';
import type { Recorded, RecordedRefusal, RecordOptions } from './records.js';

interface Recorder {
  recordOutcome(envelope: Envelope, outcome: Outcome, options?: RecordOptions): Promise<Recorded>;
  recordRefusal(envelope: Envelope, issues: readonly Issue[]): Promise<RecordedRefusal>;
  recordPayload(payload: PayloadOutcome, options?: RecordOptions): Promise<readonly Recorded[]>;
}

/** Payloads and releases already in the database need not travel again with every message. */
type Sent = LRUCache<string, true>;

// One commit for this many messages: each is still whole or absent, and the disk is waited for once.
const messagesPerCommit = 50;

export function recorder(db: Db): Recorder {
  const sent: Sent = new LRUCache({ max: 4096 });
  const commit = (messages: readonly Message[]) =>
    retrying(() => settling(sent, (news) => writeTogether(db, news, messages)));
  const record = gathering(commit, { together: messagesPerCommit, atOnce: 2 });
  const recordRefusal: Recorder['recordRefusal'] = (envelope, issues) => writeRefusal(db, envelope, issues);
  return {
    recordRefusal,
    recordOutcome: async (envelope, outcome, options) => {
      const [recorded] = await record([{ envelope, issues: [], outcome, options }]);
      return recorded!;
    },
    recordPayload: async ({ envelope, issues, outcomes }, options) => {
      if (outcomes.length === 0) await recordRefusal(envelope, issues);
      const recorded: Recorded[] = [];
      for (let from = 0; from < outcomes.length; from += messagesPerCommit) {
        const part = outcomes.slice(from, from + messagesPerCommit);
        recorded.push(...(await record(part.map((outcome) => ({ envelope, issues, outcome, options })))));
      }
      return recorded;
    },
  };
}

/** What is not published meets nothing that stands: one statement, which needs no transaction around it. */
function writeTogether(db: Db, news: News, messages: readonly Message[]): Promise<Recorded[]> {
  const [only] = messages;
  if (messages.length === 1 && only !== undefined && !isPublished(only.outcome.disposition))
    return write(db, news, only, unpublished(only.outcome)).then((recorded) => [recorded]);
  return db.tx((session) => publish(session, news, messages));
}

/** All are merged first, then sent without waiting for one another's answers: they are carried out in their order. */
async function publish(session: Session, news: News, messages: readonly Message[]): Promise<Recorded[]> {
  const outcomes = messages.map(({ outcome }) => outcome);
  const settled = await settle(session, outcomes, ({ pins }) => releaseOf(pins).digest);
  return Promise.all(settled.map((each, at) => write(session, news, messages[at]!, each)));
}

interface Message {
  readonly envelope: Envelope;
  readonly issues: readonly Issue[];
  readonly outcome: Outcome;
  readonly options: RecordOptions | undefined;
}

async function write(session: Session, news: News, message: Message, settled: SettledMessage): Promise<Recorded> {
  const { outcome, resources, stored, mismatches } = settled;
  const release = releaseOf(outcome.pins);
  const values = messageValues({
    ...message,
    outcome,
    resources,
    release,
    withBytes: news.isNew(message.envelope.digest),
    withPins: news.isNew(release.digest),
  });
  const [rows] = await Promise.all([
    session.query<{ duplicate: boolean }>(recordMessage, values),
    note(session, mismatches, settled.settled),
  ]);
  return { outcome, stored, duplicate: rows[0]!.duplicate };
}

async function writeRefusal(db: Db, envelope: Envelope, issues: readonly Issue[]): Promise<RecordedRefusal> {
  const values = refusalValues(envelope, issues);
  const [row] = await retrying(() => db.query<{ id: string; times: number }>(recordUnreadable, values));
  return { quarantineId: row!.id, duplicate: row!.times > 1 };
}

/** Releases are known by the digest of their pins. */
export function releaseOf(pins: Pins): Release {
  const json = canonicalJson({ ...pins });
  return { digest: sha256Hex(json), json };
}

interface News {
  /** True the first time: what is new travels with the message. */
  isNew(digest: string): boolean;
}

// What is new counts as sent only when the work is committed.
async function settling<T>(sent: Sent, work: (news: News) => Promise<T>): Promise<T> {
  const sending = new Set<string>();
  const isNew = (digest: string) => !sent.has(digest) && !sending.has(digest) && sending.add(digest).has(digest);
  const answer = await work({ isNew });
  for (const digest of sending) sent.set(digest, true);
  return answer;
}

// Two gateways may meet in a deadlock or a serialization failure, over what is not a resource; one of them goes again.
async function retrying<T>(work: () => Promise<T>, attempts = 4): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (attempts === 1 || !(error instanceof GatewayError) || error.category !== 'busy') throw error;
    return retrying(work, attempts - 1);
  }
}
