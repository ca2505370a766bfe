// What stewards do with code maps, over what the store keeps and the feeds run on.
import { canonicalJson } from '../../canonical/json.js';
import { sha256Hex } from '../../canonical/digest.js';
import { checkDecisions, type GivenDecision } from '../../governance/check-decisions.js';
import { assertReviewable, feedMap, type Draft } from '../../governance/draft.js';
import { mapsUsed } from '../../mappings/language/ir.js';
import { GatewayError } from '../../model/error.js';
import type { JsonObject } from '../../model/json.js';
import type { CodeMap, CodeMaps } from '../../terminology/code-map.js';
import type { Dictionary } from '../../terminology/dictionary/dictionary.js';
import { compileConceptMap } from '../../terminology/concept-map.js';
import type { WorklistEntry, WorklistQuery } from '../store/records.js';
import type { Store } from '../store/store.js';
import { importedDecisions, type ExchangeFormat } from './exchange.js';
import { groundOf, type GroundParts } from './ground.js';
import { noMaps, type MapsOfFeeds } from './maps-of-feeds.js';
import { previewOf, type Preview } from './preview.js';
import { suggestionsFor } from './suggestions.js';
import type { Suggestion } from '../../terminology/suggestions/suggest.js';

export interface StewardshipParts extends GroundParts {
  readonly store: Store;
  readonly mapsOfFeeds: MapsOfFeeds;
  /** What it has is suggested first. */
  readonly dictionary: Dictionary;
}

export interface SuggestedEntry extends WorklistEntry {
  /** Those for which most speaks first. */
  readonly suggestions: readonly Suggestion[];
}

export interface GivenProposal {
  readonly feed: string;
  readonly map: string;
  readonly author: string;
  readonly comment?: string | undefined;
  readonly decisions: readonly GivenDecision[];
}

export interface GivenImport extends Omit<GivenProposal, 'decisions'> {
  readonly format: ExchangeFormat;
  readonly bytes: Uint8Array;
}

export interface Review {
  readonly reviewer: string;
  readonly comment?: string | undefined;
}

export class Stewardship {
  readonly #parts: StewardshipParts;
  /** By feed, how many approved drafts its maps are made of. */
  readonly #loaded = new Map<string, number>();

  constructor(parts: StewardshipParts) {
    this.#parts = parts;
  }

  /** Brings what feeds run on up to what is approved, by this gateway or another on the same store. */
  async refresh(): Promise<void> {
    for (const { feed, drafts } of await this.#parts.store.approvals())
      if (this.#loaded.get(feed) !== drafts) await this.#load(feed);
  }

  async #load(feed: string): Promise<void> {
    const { store, gateway, mapsOfFeeds } = this.#parts;
    // What was decided for a feed that is gone waits until it comes back.
    if (!gateway.feeds.has(feed)) return;
    const approved = await store.approvedDrafts(feed);
    // Another look may have come back first, with more.
    if (approved.length <= (this.#loaded.get(feed) ?? 0)) return;
    mapsOfFeeds.set(feed, this.#compiled(feed, approved));
    this.#loaded.set(feed, approved.length);
  }

  /** The maps of a feed that the drafts, in their order, give. */
  #compiled(feed: string, drafts: readonly Draft[]): CodeMaps {
    const names = [...new Set(drafts.map(({ map }) => map))];
    return new Map(
      names.flatMap((name) => {
        const base = this.#baseMaps(feed).get(name);
        const own = drafts.filter(({ map }) => map === name);
        return base === undefined ? [] : [[name, compiledMap(base, feed, own)] as const];
      }),
    );
  }

  #baseMaps(feed: string): CodeMaps {
    return this.#parts.gateway.release(feed, { codeMaps: noMaps }).codeMaps;
  }

  /**
   * A feed's map as it is now.
   *
   * @throws GatewayError `not-found` for a feed that is not registered, or a map that its package does not use.
   */
  mapOf(feed: string, name: string): CodeMap {
    const { program, codeMaps } = this.#parts.gateway.release(feed);
    const map = mapsUsed(program.package).includes(name) ? codeMaps.get(name) : undefined;
    if (map === undefined)
      throw new GatewayError(
        'not-found',
        'The feed’s mapping uses no code map of that name; GET /v1/codemaps lists them.',
      );
    return map;
  }

  /** What waits to be mapped, each code with what it may mean. */
  async worklist(query: WorklistQuery): Promise<readonly SuggestedEntry[]> {
    const entries = await this.#parts.store.worklist(query);
    const suggestions = await suggestionsFor(entries, this.#parts);
    return entries.map((entry, at) => ({ ...entry, suggestions: suggestions[at]! }));
  }

  async propose({ comment, decisions, ...proposal }: GivenProposal): Promise<Draft> {
    const map = this.mapOf(proposal.feed, proposal.map);
    const checked = checkDecisions(decisions, groundOf(proposal.feed, map, this.#parts));
    return this.#parts.store.propose({ ...proposal, ...(comment !== undefined && { comment }), decisions: checked });
  }

  /** Proposes what an imported map decides otherwise than the feed's; `conflict` where that is nothing. */
  async import({ format, bytes, ...proposal }: GivenImport): Promise<Draft> {
    const decisions = importedDecisions(bytes, format, this.mapOf(proposal.feed, proposal.map));
    if (decisions.length === 0) throw new GatewayError('conflict', 'The feed’s map says all of it already.');
    return this.propose({ ...proposal, decisions });
  }

  /** @throws GatewayError `not-found` */
  async draft(draftId: string): Promise<Draft> {
    const draft = await this.#parts.store.draft(draftId);
    if (draft === undefined) throw new GatewayError('not-found', 'No draft has that id.');
    return draft;
  }

  /** What the draft would change, over at most so many stored messages of the feed. Any state will do. */
  async preview(draftId: string, messages: number): Promise<Preview> {
    const draft = await this.draft(draftId);
    const { map } = await this.#versionWith(draft);
    return previewOf(draft, map, { ...this.#parts, messages });
  }

  /** The map that the draft makes when it is approved now, and its number among the feed's versions. */
  async #versionWith(draft: Draft): Promise<{ readonly map: CodeMap; readonly number: number }> {
    const { feed, map: name } = draft;
    this.mapOf(feed, name);
    const approved = await this.#parts.store.approvedDrafts(feed);
    const others = approved.filter(({ map, draftId }) => map === name && draftId !== draft.draftId);
    const map = compiledMap(this.#baseMaps(feed).get(name)!, feed, [...others, draft]);
    return { map, number: others.length + 1 };
  }

  /**
   * Makes the draft the feed's map: its messages are translated by it from here on.
   *
   * @throws GatewayError `forbidden` for the author, `conflict` when it was decided about already.
   */
  async approve(draftId: string, { reviewer, comment }: Review): Promise<Draft> {
    const draft = await this.draft(draftId);
    assertReviewable(draft, reviewer);
    const { map, number } = await this.#versionWith(draft);
    await this.#decide(draftId, {
      ...{ state: 'approved', reviewer, number, version: map.version },
      ...(comment !== undefined && { review: comment }),
    });
    await this.refresh();
    return this.draft(draftId);
  }

  /** Nothing changes; the decision stays, with its reason. Throws as approve does. */
  async refuse(draftId: string, { reviewer, comment }: Review): Promise<Draft> {
    assertReviewable(await this.draft(draftId), reviewer);
    await this.#decide(draftId, { state: 'refused', reviewer, ...(comment !== undefined && { review: comment }) });
    return this.draft(draftId);
  }

  async #decide(draftId: string, verdict: Parameters<Store['decideDraft']>[1]): Promise<void> {
    if (await this.#parts.store.decideDraft(draftId, verdict)) return;
    throw new GatewayError(
      'conflict',
      'The draft was decided about meanwhile, or another version of the map was approved: look at it again.',
    );
  }
}

function compiledMap(base: CodeMap, feed: string, drafts: readonly Draft[]): CodeMap {
  const resource = feedMap(base, feed, drafts) as unknown as JsonObject;
  const digest = sha256Hex(canonicalJson(resource));
  return compileConceptMap(resource, { name: base.name, place: `${base.name} of ${feed}`, digest });
}
