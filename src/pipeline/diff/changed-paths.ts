// The source paths that changed rules and changed `ignore`s name: for values that no lineage tells of, being left over.
import type { Cause, Causes } from './cause.js';
import { ignoreAspects, ignoreName } from './module-aspects.js';
import type { RuleIndex } from './rule-index.js';

export interface ChangedPath {
  readonly path: string;
  readonly module: string;
  readonly cause: Cause;
}

/** All that changed rules read, in either version, and all that is or was passed over otherwise. */
export const changedPaths = (causes: Causes, before: RuleIndex, after: RuleIndex): ChangedPath[] =>
  [before, after].flatMap((index) => [...readPaths(index, causes), ...ignoredPaths(index, causes)]);

const readPaths = ({ rules }: RuleIndex, causes: Causes): ChangedPath[] =>
  [...rules.values()].flatMap(({ name, module, rule }) => {
    const cause = causes.get(name);
    if (cause === undefined) return [];
    const given = 'with' in rule.does ? rule.does.with : [];
    const inputs = given.flatMap((each) => ('path' in each ? [each.path] : []));
    const paths = [rule.source.path ?? '.', ...rule.reads, ...inputs].filter((path) => path !== '.');
    return paths.map((path) => ({ path, module: module.name, cause }));
  });

const ignoredPaths = ({ modules }: RuleIndex, causes: Causes): ChangedPath[] =>
  [...modules.values()].flatMap((module) =>
    [...ignoreAspects(module)].flatMap(([name, { source }]) => {
      const cause = causes.get(ignoreName(module.name, name)) ?? causes.get(module.name);
      return cause === undefined || source === undefined ? [] : [{ path: source, module: module.name, cause }];
    }),
  );

/** The longest path that is the place, or that it lies below; a path within a value counts where its module read there. */
export function coveringPath(
  paths: readonly ChangedPath[],
  place: string,
  modules: ReadonlySet<string>,
): Cause | undefined {
  const covering = paths.filter(
    ({ path, module }) => lies(place, path) || (modules.has(module) && liesWithin(place, path)),
  );
  return covering.sort((a, b) => b.path.length - a.path.length)[0]?.cause;
}

/** `PID-13.4` below `PID-13`; the same place counts. */
const lies = (place: string, path: string): boolean =>
  place === path || (place.startsWith(path) && /^[./[-]/.test(place.slice(path.length)));

/** `PID-13.4` for `XTN.4` in a module for a data type, `/Order/Notes` for `Notes` or `/Notes` in one for an object. */
function liesWithin(place: string, path: string): boolean {
  const component = /^[A-Z][A-Z0-9]{1,2}(\.\d+(?:\.\d+)?)$/.exec(path)?.[1];
  if (component !== undefined) return place.endsWith(component);
  return path.startsWith('/') && place.endsWith(path);
}
