// The source paths that changed rules and changed `ignore`s name: for values that no lineage tells of, being left over.
import type { Cause, Causes } from './cause.js';
import type { RuleDiff } from './rule-diff.js';

export interface ChangedPath {
  readonly path: string;
  readonly module: string;
  readonly cause: Cause;
}

/** Aspects that hold source paths. */
const holding: ReadonlySet<string> = new Set(['source', 'reads', 'arguments']);

export const changedPaths = ({ rules }: RuleDiff, causes: Causes): ChangedPath[] =>
  rules.flatMap(({ rule, aspects }) => {
    const cause = causes.get(rule);
    if (cause === undefined) return [];
    const module = rule.replace(/(#| ignore | identity$).*$/, '');
    const texts = aspects.filter(({ aspect }) => holding.has(aspect)).flatMap(({ before, after }) => [before, after]);
    const paths = new Set(texts.flatMap((text) => text?.split(', ') ?? []));
    return [...paths].map((path) => ({ path, module, cause }));
  });

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
