// A draft of a feed's code map: what one person proposes for source codes, and what another made of it.
import { GatewayError } from '../model/error.js';
import type { CodeMap } from '../terminology/code-map.js';
import { withDecisions, type CodeDecision } from '../terminology/concept-maps/decisions.js';
import type { ConceptMapResource } from '../terminology/concept-maps/resource.js';

export interface Proposal {
  readonly feed: string;
  /** The code map's name. */
  readonly map: string;
  readonly author: string;
  readonly comment?: string;
  /** No code twice. */
  readonly decisions: readonly CodeDecision[];
}

export interface Draft extends Proposal {
  readonly draftId: string;
  readonly state: 'proposed' | 'approved' | 'refused';
  /** ISO 8601, UTC. */
  readonly proposedAt: string;
  readonly reviewer?: string;
  /** The reviewer's comment. */
  readonly review?: string;
  readonly decidedAt?: string;
  /** Of an approved one: its number among those of the feed's map, from 1, and the version it made. */
  readonly number?: number;
  readonly version?: string;
}

/**
 * The map a feed runs on with the drafts, in their order, over the map of its package. The version is the package's with
 * the feed and how many drafts stand over it: `1.0.0+eastlab.3`.
 */
export const feedMap = (base: CodeMap, feed: string, drafts: readonly Pick<Draft, 'decisions'>[]): ConceptMapResource =>
  withDecisions(
    base.resource,
    drafts.flatMap(({ decisions }) => decisions),
    `${base.version}+${feed}.${drafts.length}`,
  );

/**
 * Four eyes: nobody decides about a draft of their own, and nobody decides twice.
 *
 * @throws GatewayError `forbidden` or `conflict`.
 */
export function assertReviewable({ state, author }: Draft, reviewer: string): void {
  if (isSamePerson(author, reviewer))
    throw new GatewayError('forbidden', 'Another person than the author must decide about a draft.');
  if (state !== 'proposed') throw new GatewayError('conflict', `The draft is ${state} already.`);
}

const isSamePerson = (a: string, b: string): boolean => plain(a) === plain(b);

const plain = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
