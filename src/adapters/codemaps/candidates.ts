// The codes that a map may translate to: those of its target systems that are installed, and those that maps translate to
// already or the dictionary has, which is all there is of a system that is not.
import type { Concept, DefinedCodeSystem } from '../../terminology/code-systems/code-system.js';
import type { CodeMap } from '../../terminology/code-map.js';
import { findSystem, type Content } from '../../terminology/content.js';
import type { Dictionary } from '../../terminology/dictionary/dictionary.js';
import { NameIndex, type Candidate, type NameMatch } from '../../terminology/suggestions/name-index.js';

export interface Candidates {
  /** Those that a name may mean, likeliest first. */
  named(name: string): readonly NameMatch[];
  /** The candidate with the code, in whatever case. */
  withCode(code: string): readonly Candidate[];
}

export interface CandidateSources {
  readonly terminology: Content;
  readonly dictionary: Dictionary;
}

/** How many of one source are looked at for one name. */
const most = 20;

/** @param maps all that are in use, the map itself among them. */
export function candidatesFor(
  map: CodeMap,
  maps: readonly CodeMap[],
  { terminology: content, dictionary }: CandidateSources,
): readonly Candidates[] {
  const systems = [...targetSystems(map)];
  return systems.flatMap((system) => {
    const installed = findSystem(content, system)?.defined();
    return [
      ...(installed === undefined ? [] : [ofSystem(installed)]),
      ofMaps(system, maps),
      ofDictionary(system, dictionary),
    ];
  });
}

export const targetSystems = (map: CodeMap): ReadonlySet<string> =>
  new Set(map.entries().flatMap(({ target }) => target ?? []));

/** How many concepts of a large system are ranked for one name. */
const mostRanked = 2_000;

/** More than this is not indexed here: such a system finds its concepts by their words itself. */
const mostIndexed = 20_000;

const ofSystem = (system: DefinedCodeSystem): Candidates => ({
  named: (name) => indexOf(system, name).find(name, most),
  withCode: (code) => {
    const found = system.find(code);
    return found === undefined ? [] : [candidateOf(system, found)];
  },
});

const indexes = new WeakMap<DefinedCodeSystem, NameIndex>();
const nothing = new NameIndex([]);

/** The index of a system, or of its concepts that the name may mean where it is large. */
function indexOf(system: DefinedCodeSystem, name: string): NameIndex {
  const known = indexes.get(system);
  if (known !== undefined) return known;
  if (system.matching !== undefined) return indexed(system, system.matching(name, mostRanked));
  const concepts = system.concepts();
  if (concepts === undefined || concepts.length > mostIndexed) return nothing;
  const made = indexed(system, concepts);
  indexes.set(system, made);
  return made;
}

const indexed = (system: DefinedCodeSystem, concepts: readonly Concept[]): NameIndex =>
  new NameIndex(concepts.map((concept) => candidateOf(system, concept)));

const candidateOf = ({ url }: DefinedCodeSystem, { code, display, designations }: Concept): Candidate => ({
  system: url,
  code,
  names: [...new Set([...(display === undefined ? [] : [display]), ...designations.map(({ value }) => value)])],
});

function ofMaps(system: string, maps: readonly CodeMap[]): Candidates {
  const names = new Map<string, Set<string>>();
  for (const target of maps.flatMap((map) => map.targets())) {
    if (target.system !== system) continue;
    const known = names.get(target.code) ?? new Set<string>();
    names.set(target.code, target.display === undefined ? known : known.add(target.display));
  }
  return listed([...names].map(([code, own]): Candidate => ({ system, code, names: [...own] })));
}

/** The codes of active concepts, by the names of these. */
const ofDictionary = (system: string, { concepts }: Dictionary): Candidates =>
  listed(
    concepts
      .filter(({ status }) => status === 'active')
      .flatMap(({ name, codes }) =>
        codes
          .filter((each) => each.system === system)
          .map(({ code }): Candidate => ({ system, code, names: [name], isNamedElsewhere: true })),
      ),
  );

function listed(candidates: readonly Candidate[]): Candidates {
  const index = new NameIndex(candidates);
  return {
    named: (name) => index.find(name, most),
    withCode: (code) => candidates.filter((each) => each.code.toLowerCase() === code.toLowerCase()),
  };
}
