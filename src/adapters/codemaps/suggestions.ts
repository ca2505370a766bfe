// What the codes of the worklist may mean: by their names, by the dictionary, by other maps, by what people decided before.
import type { Ground } from '../../governance/check-decisions.js';
import { mapsUsed } from '../../mappings/language/ir.js';
import type { CodeMap } from '../../terminology/code-map.js';
import { codeKey, type Dictionary, type DictionaryConcept } from '../../terminology/dictionary/dictionary.js';
import {
  nameEvidence,
  suggest,
  targetOf,
  type Evidence,
  type Suggestion,
} from '../../terminology/suggestions/suggest.js';
import type { PastDecision, WorklistEntry } from '../store/records.js';
import type { Store } from '../store/store.js';
import { candidatesFor, targetSystems, type Candidates } from './candidates.js';
import { groundOf, type GroundParts } from './ground.js';

interface SuggestionParts extends GroundParts {
  readonly dictionary: Dictionary;
  readonly store: Store;
}

/** How many a steward is shown. */
const most = 5;

/** The suggestions for each entry of a page, in its order; none for a map that its feed uses no more. */
export async function suggestionsFor(
  entries: readonly WorklistEntry[],
  parts: SuggestionParts,
): Promise<readonly (readonly Suggestion[])[]> {
  const names = entries.flatMap(({ displays }) => displays);
  const past = await parts.store.pastDecisions(
    entries.map(({ code }) => code),
    names,
  );
  const maps = mapsInUse(parts);
  const conceptOf = activeConcepts(parts.dictionary);
  const sources = new Map<string, Source | undefined>();
  return entries.map((entry) => {
    const key = `${entry.feed} ${entry.map}`;
    if (!sources.has(key)) sources.set(key, sourceOf(entry, maps, parts));
    const source = sources.get(key);
    return source === undefined ? [] : suggest(withDictionary(evidenceFor(entry, source, past), conceptOf), most);
  });
}

/** A code map with what is known of the feeds that run on it. */
interface UsedMap {
  readonly map: CodeMap;
  readonly feeds: readonly string[];
}

/** Where the suggestions for a map's codes come from. */
interface Source {
  readonly ground: Ground;
  readonly systems: ReadonlySet<string>;
  readonly candidates: readonly Candidates[];
  readonly others: readonly UsedMap[];
}

function mapsInUse({ gateway }: SuggestionParts): readonly UsedMap[] {
  const feeds = new Map<CodeMap, string[]>();
  for (const feed of gateway.feeds.keys()) {
    const { program, codeMaps } = gateway.release(feed);
    for (const map of mapsUsed(program.package).flatMap((name) => codeMaps.get(name) ?? []))
      feeds.set(map, [...(feeds.get(map) ?? []), feed]);
  }
  return [...feeds].map(([map, users]) => ({ map, feeds: users }));
}

function sourceOf({ feed, map: name }: WorklistEntry, maps: readonly UsedMap[], parts: SuggestionParts) {
  const own = maps.find(({ map, feeds }) => map.name === name && feeds.includes(feed))?.map;
  if (own === undefined) return undefined;
  return {
    ground: groundOf(feed, own, parts),
    systems: targetSystems(own),
    candidates: candidatesFor(
      own,
      maps.map(({ map }) => map),
      parts,
    ),
    others: maps.filter(({ map }) => map !== own),
  } satisfies Source;
}

function evidenceFor(entry: WorklistEntry, source: Source, past: readonly PastDecision[]): readonly Evidence[] {
  const found = [
    ...ofNames(entry, source),
    ...ofCode(entry, source),
    ...ofOthers(entry, source),
    ...ofPast(entry, past),
  ];
  return found.filter(({ target }) => source.systems.has(target.system) && source.ground.allows(target.code));
}

/** By code, the active concept that it is written by. */
function activeConcepts({ concepts }: Dictionary): ReadonlyMap<string, DictionaryConcept> {
  const active = concepts.filter(({ status }) => status === 'active');
  return new Map(active.flatMap((concept) => concept.codes.map((code) => [codeKey(code), concept] as const)));
}

/** That the dictionary has a code speaks for it where something else does: alone it says nothing of what was sent. */
function withDictionary(
  evidence: readonly Evidence[],
  conceptOf: ReadonlyMap<string, DictionaryConcept>,
): readonly Evidence[] {
  const targets = new Map(evidence.map(({ target }) => [codeKey(target), target]));
  const known = [...targets].flatMap(([key, target]): Evidence[] => {
    const concept = conceptOf.get(key);
    if (concept === undefined) return [];
    return [{ kind: 'dictionary', target, concept: concept.id }];
  });
  return [...evidence, ...known];
}

/** A code without a name may be the beginning of one: GLU. */
const ofNames = ({ code, displays }: WorklistEntry, { candidates }: Source): Evidence[] =>
  (displays.length === 0 ? [code] : displays).flatMap((name) =>
    candidates.flatMap((each) => each.named(name).map((match) => nameEvidence(name, match))),
  );

const ofCode = ({ system, code }: WorklistEntry, { candidates }: Source): Evidence[] =>
  candidates
    .flatMap((each) => each.withCode(code))
    .map((same) => ({ kind: 'same-code', target: targetOf(same), sameSystem: same.system === system }));

function ofOthers({ system, code }: WorklistEntry, { others }: Source): Evidence[] {
  return others.flatMap(({ map, feeds }): Evidence[] =>
    map
      .entries()
      .filter((row) => row.code === code)
      .flatMap(({ source = '', targets }) =>
        targets.map(({ system: targetSystem, code: targetCode, display }) => ({
          kind: 'elsewhere',
          target: { system: targetSystem, code: targetCode, ...(display !== undefined && { display }) },
          map: `${map.name}@${map.version} of ${feeds.join(', ')}`,
          sameSystem: source === system,
        })),
      ),
  );
}

function ofPast(entry: WorklistEntry, past: readonly PastDecision[]): Evidence[] {
  const names = new Set(entry.displays.map((display) => display.toLowerCase()));
  return past.flatMap(({ feed, map, state, decision: { code, display = '', relationship, target } }): Evidence[] => {
    const sameCode = code === entry.code && map === entry.map;
    if (target === undefined || !(sameCode || names.has(display.toLowerCase()))) return [];
    const accepted = state === 'approved' && relationship !== 'not-related';
    return [{ kind: 'decision', target, feed, about: sameCode ? 'code' : 'name', accepted }];
  });
}
