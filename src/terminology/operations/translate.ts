// $translate: a code in the words of another code system (http://hl7.org/fhir/R4/conceptmap-operation-translate.html).
import type { Equivalence } from '../code-map.js';
import { equivalenceOf, isNegative } from '../concept-maps/equivalence.js';
import type {
  ConceptMapResource,
  MapDependency,
  MapElement,
  MapGroup,
  MapTargetElement,
} from '../concept-maps/resource.js';
import type { ConceptMapEntry, Content } from '../content.js';
import { parseCanonical, printCanonical, type Coding } from '../resources.js';

export interface TranslateOptions {
  /** Only into this code system. */
  readonly targetSystem?: string;
  /** Only out of it; for translating backwards. */
  readonly sourceSystem?: string;
  /** What else is known of the thing that is coded: dependsOn is held against it. */
  readonly dependencies: readonly MapDependency[];
  /** From target to source. */
  readonly isReverse: boolean;
}

export interface Match {
  readonly equivalence: Equivalence;
  readonly source: Coding;
  readonly target: Coding;
  readonly products: readonly MapDependency[];
  readonly comment?: string;
  /** Canonical of the map. */
  readonly map: string;
}

/** Chains of `other-map` longer than this are circles, or might as well be. */
const longestChain = 8;

const fitsSystem = (system: string | undefined, asked: string | undefined): boolean =>
  asked === undefined || system === undefined || system === asked;

const isSatisfied = ({ property, value }: MapDependency, known: readonly MapDependency[]): boolean =>
  known.some((each) => each.property === property && each.value === value);

const applies = ({ dependsOn = [] }: MapTargetElement, { dependencies }: TranslateOptions): boolean =>
  dependsOn.every((each) => isSatisfied(each, dependencies));

const codingOf = (system: string | undefined, version: string | undefined, code: string, display?: string): Coding => ({
  ...(system !== undefined && { system }),
  ...(version !== undefined && { version }),
  code,
  ...(display !== undefined && { display }),
});

function matchOf(group: MapGroup, element: MapElement, target: MapTargetElement, map: string): Match {
  return {
    equivalence: equivalenceOf(target),
    source: codingOf(group.source, group.sourceVersion, element.code ?? '', element.display),
    target: codingOf(group.target, group.targetVersion, target.code ?? '', target.display),
    products: target.product ?? [],
    ...(target.comment !== undefined && { comment: target.comment }),
    map,
  };
}

/** All matches of a code in the maps given, in their order. */
export function translate(
  coding: Coding,
  maps: readonly ConceptMapResource[],
  content: Content,
  options: TranslateOptions,
): readonly Match[] {
  return maps.flatMap((map) => inMap(coding, map, content, options, 0));
}

function inMap(
  coding: Coding,
  map: ConceptMapResource,
  content: Content,
  options: TranslateOptions,
  depth: number,
): readonly Match[] {
  const name = printCanonical(map.url ?? '', map.version);
  return (map.group ?? []).flatMap((group) => {
    if (!fitsGroup(coding, group, options)) return [];
    if (options.isReverse) return backwards(coding, group, name, options);
    return forwards(coding, group, name, content, options, depth);
  });
}

function fitsGroup({ system }: Coding, { source, target }: MapGroup, options: TranslateOptions): boolean {
  const [from, to] = options.isReverse ? [target, source] : [source, target];
  return (
    fitsSystem(from, system) &&
    fitsSystem(target, options.targetSystem) &&
    fitsSystem(source, options.sourceSystem) &&
    to !== undefined
  );
}

function backwards({ code }: Coding, group: MapGroup, name: string, options: TranslateOptions): readonly Match[] {
  return (group.element ?? []).flatMap((element) =>
    (element.target ?? [])
      .filter((target) => target.code === code && applies(target, options))
      .map((target) => matchOf(group, element, target, name)),
  );
}

function forwards(
  coding: Coding,
  group: MapGroup,
  name: string,
  content: Content,
  options: TranslateOptions,
  depth: number,
): readonly Match[] {
  const elements = (group.element ?? []).filter(({ code }) => code === coding.code);
  if (elements.length === 0) return unmapped(coding, group, name, content, options, depth);
  return elements.flatMap((element) =>
    (element.target ?? [])
      .filter((target) => applies(target, options))
      .map((target) => matchOf(group, element, target, name)),
  );
}

/** What a group says of codes it has no row for. */
function unmapped(
  coding: Coding,
  group: MapGroup,
  name: string,
  content: Content,
  options: TranslateOptions,
  depth: number,
): readonly Match[] {
  const { mode, code = '', display, url } = group.unmapped ?? {};
  const element = { code: coding.code ?? '' };
  if (mode === 'provided') return [matchOf(group, element, { code: element.code, equivalence: 'equal' }, name)];
  if (mode === 'fixed')
    return [matchOf(group, element, { code, ...(display !== undefined && { display }), equivalence: 'inexact' }, name)];
  if (mode !== 'other-map' || url === undefined || depth >= longestChain) return [];
  return entriesNamed(url, content).flatMap((other) => inMap(coding, other.resource(), content, options, depth + 1));
}

/** The maps of a canonical. */
export function entriesNamed(canonical: string, content: Content): readonly ConceptMapEntry[] {
  const { url, version } = parseCanonical(canonical);
  const named = content.conceptMaps(url);
  return version === undefined ? named.slice(-1) : named.filter((entry) => entry.version === version);
}

/** Something corresponds. */
export const isTranslated = (matches: readonly Match[]): boolean =>
  matches.some(({ equivalence }) => !isNegative(equivalence));
