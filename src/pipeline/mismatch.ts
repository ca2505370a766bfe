// A mismatch: two messages that do not say the same of an element. It names both, where each said so, and what decided.
import { agrees, slotOf, type Disagreement, type Merge, type Origin, type Reason } from '../canonical/merge.js';
import { equal, isUnder } from '../canonical/unite.js';
import { issue, type Issue, type Position } from '../model/issue.js';
import type { JsonValue } from '../model/json.js';
import type { LeafLineage } from '../model/lineage.js';
import type { ReconcileTerms } from './contracts/merge-terms.js';

/** What one message says of the element; without `value` it deletes it. */
export interface MismatchSide {
  readonly messageId: string;
  readonly feed: string;
  /** What an owner could call it by, `hl7v2/ADT`. */
  readonly sources: readonly string[];
  /** The message's own time, ISO 8601 in UTC. */
  readonly at: string;
  readonly value?: JsonValue;
  /** Where in that message it stands, and the mapping rule that read it. */
  readonly position?: Position;
  readonly rule?: string;
}

/** One for each element of a resource that a message contradicts, until it is settled. */
export interface Mismatch {
  /** The message whose merge met it. */
  readonly messageId: string;
  readonly type: string;
  readonly id: string;
  /** A member of the resource. */
  readonly element: string;
  readonly reason: Reason;
  /** What decided: `ownership Patient.birthDate`, `results@1.0.0`, `message time`. */
  readonly decidedBy: string;
  /** True when that message was passed over, false when it replaced what stood. */
  readonly refused: boolean;
  readonly kept: MismatchSide;
  readonly other: MismatchSide;
}

/** There is one mismatch of a message, resource and element. */
export const mismatchKey = ({ messageId, type, id, element }: Mismatch): string =>
  `${messageId} ${type}/${id} ${element}`;

/** The same contradiction of the same two senders, in another message: it is known, and recorded once. */
export const isAgain = (mismatch: Mismatch, known: Mismatch): boolean =>
  mismatch.messageId !== known.messageId &&
  mismatch.element === known.element &&
  mismatch.reason === known.reason &&
  saysTheSame(mismatch.kept, known.kept) &&
  saysTheSame(mismatch.other, known.other);

const saysTheSame = (side: MismatchSide, known: MismatchSide): boolean =>
  isSameSender(side, known) && equal(side.value, known.value);

/** Where the two accounts of a resource came from. */
export interface Accounts {
  readonly type: string;
  readonly id: string;
  readonly mine: Witness;
  readonly held: Witness;
}

/** Finds the lineage of an element. */
export type Witness = (element: string) => Pick<MismatchSide, 'position' | 'rule'>;

export const witnessOf =
  (leaves: () => readonly LeafLineage[]): Witness =>
  (element) => {
    const leaf = leaves().find((each) => isUnder(each.element, element) || isUnder(each.element, `_${element}`));
    if (leaf === undefined) return {};
    const [position] = leaf.from;
    return { ...(position && { position }), rule: leaf.rule };
  };

export function mismatchOf(disagreement: Disagreement, terms: ReconcileTerms, accounts: Accounts): Mismatch {
  const { element, reason, refused, kept, other } = disagreement;
  const { type, id, mine, held } = accounts;
  const [keeper, loser] = refused ? [held, mine] : [mine, held];
  return {
    messageId: (refused ? other : kept).origin.messageId,
    type,
    id,
    element,
    reason,
    decidedBy: terms.ruleFor(reason, type, element, lateness(disagreement)),
    refused,
    kept: side(kept, keeper(element)),
    other: side(other, loser(element)),
  };
}

function side({ origin, value }: Disagreement['kept'], witness: ReturnType<Witness>): MismatchSide {
  const { messageId, feed, sources, at } = origin;
  return { messageId, feed, sources, at, ...(value !== undefined && { value }), ...witness };
}

/** Milliseconds by which what was passed over is older than what stands. */
const lateness = ({ kept, other }: Pick<Disagreement, 'kept' | 'other'>): number =>
  Date.parse(kept.origin.at) - Date.parse(other.origin.at);

/** What is said to the sender of a message that was passed over. */
export function issueOf(disagreement: Disagreement, type: string, terms: ReconcileTerms): Issue {
  const { element, reason } = disagreement;
  const expression = `${type}.${element}`;
  switch (reason) {
    case 'owner':
      return issue('contract.not-owner', { element: expression }, { expression });
    case 'delete':
      return issue('contract.delete-not-owner', { element: expression }, { expression });
    case 'status':
      return terms.back(type);
    case 'time':
      return terms.late(type, element, lateness(disagreement));
  }
}

/**
 * The mismatches of a resource that a merge settles: what was passed over is now said by what stands, or the sender that
 * was passed over tells the element anew and is not contradicted.
 */
export function settledBy(open: readonly Mismatch[], merged: Merge, spoken: ReadonlySet<string>, origin: Origin) {
  const disputed = new Set(merged.disagreements.map(({ element }) => element));
  return open.filter(({ type, element, other }) => {
    if (disputed.has(element) || !spoken.has(slotOf(type, element))) return false;
    return holds(merged.content[element], other.value) || isSameSender(other, origin);
  });
}

const holds = (standing: JsonValue | undefined, value: JsonValue | undefined): boolean =>
  value === undefined || standing === undefined ? standing === value : agrees(value, standing);

const isSameSender = (side: MismatchSide, origin: Pick<Origin, 'feed' | 'sources'>): boolean =>
  side.feed === origin.feed && side.sources.join() === origin.sources.join();
