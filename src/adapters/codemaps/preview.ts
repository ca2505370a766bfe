// What a draft of a code map would do, shown on stored messages: each runs on the feed's release and on the release with
// the draft (docs/adr/0010: behaviour diff).
import type { Draft } from '../../governance/draft.js';
import type { Definitions } from '../../model/definitions.js';
import type { Gateway } from '../../pipeline/gateway.js';
import {
  compareVersions,
  type BehaviourDiff,
  type CodeMapChange,
  type PackageVersion,
} from '../../pipeline/semantic-diff.js';
import type { CodeMap, CodeMaps } from '../../terminology/code-map.js';
import type { Store } from '../store/store.js';
import type { MapsOfFeeds } from './maps-of-feeds.js';
import { receivedAgain } from './received-again.js';

export interface Preview {
  readonly draftId: string;
  readonly feed: string;
  readonly map: string;
  /** Versions of the map. */
  readonly before: string;
  readonly after: string;
  /** The rows that differ. */
  readonly codeMaps: readonly CodeMapChange[];
  /** What comes of it; the inputs of examples are message ids. */
  readonly behaviour: BehaviourDiff;
}

interface PreviewParts {
  readonly gateway: Gateway;
  readonly store: Store;
  readonly mapsOfFeeds: MapsOfFeeds;
  readonly definitions: Definitions;
  /** At most so many are run. */
  readonly messages: number;
}

/** @param map the feed's map with the draft. */
export async function previewOf(draft: Draft, map: CodeMap, parts: PreviewParts): Promise<Preview> {
  const { feed, draftId } = draft;
  const { gateway, store, mapsOfFeeds, definitions, messages } = parts;
  const withDraft = new Map([...mapsOfFeeds.of(feed), [map.name, map]]);
  const [before, after] = [versionOf(gateway, feed), versionOf(gateway, feed, withDraft)];
  const comparing = compareVersions(before, after, { definitions });
  const codes = { map: map.name, codes: draft.decisions.map(({ code }) => code) };
  const touched = await store.touchedMessages(feed, codes, messages);
  for await (const { envelope, only } of receivedAgain(store, feed, touched)) {
    const was = gateway.normalize(envelope, { only }).outcomes;
    const is = gateway.normalize(envelope, { only, codeMaps: withDraft }).outcomes;
    for (const [at, outcome] of was.entries())
      comparing.add({ name: outcome.messageId, before: [outcome], after: is.slice(at, at + 1) });
  }
  const { rules, behaviour } = comparing.result();
  const version = before.codeMaps.get(map.name)!.version;
  return { draftId, feed, map: map.name, before: version, after: map.version, codeMaps: rules.codeMaps, behaviour };
}

function versionOf(gateway: Gateway, feed: string, codeMaps?: CodeMaps): PackageVersion {
  const release = gateway.release(feed, codeMaps === undefined ? {} : { codeMaps });
  return { ir: release.program.package, codeMaps: release.codeMaps };
}
