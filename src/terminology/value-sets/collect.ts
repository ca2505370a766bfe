// The codes of a value set, listed: includes united, several value sets in one include intersected, excludes taken away
// (http://hl7.org/fhir/R4/valueset.html#compositions). Concepts are only referred to; nothing is made of them before paging.
import { canonicalOf, type Concept, type DefinedCodeSystem } from '../code-systems/code-system.js';
import { isInactive } from '../code-systems/concept-state.js';
import { TerminologyRefusal } from '../issue.js';
import type { UsedConcept } from '../languages/displays.js';
import { messages } from '../messages.js';
import { printCanonical, type Include, type IncludedConcept, type ValueSetResource } from '../resources.js';
import { statedParameter, type Scope } from '../scope.js';
import { knownVersions, resolveVersion, violatedCheck, type ResolvedVersion } from '../system-version.js';
import { compareVersions } from '../versions.js';
import { filterByText } from './text-filter.js';
import { importOf, nameOf, pinned } from './imports.js';
import { compileInclude, type CompiledInclude } from './include.js';
import { cautionOf } from './status-check.js';

/** A parameter of ValueSet.expansion that says what the expansion was made of. */
export interface Trace {
  readonly name: string;
  readonly value: string;
}

export interface Collected {
  readonly codes: readonly UsedConcept[];
  /** The codes are a page out of so many. */
  readonly outOf?: number;
  readonly traces: readonly Trace[];
  /** Systems of which several versions play a part: their codes must say which they are of. */
  readonly manyVersioned: ReadonlySet<string>;
  readonly versionsMerged: boolean;
  /** Made from a system whose codes can be put together to further ones: it cannot have all codes. */
  readonly isCompositional: boolean;
  /** Made from a grammar: the codes listed are some of those there can be. */
  readonly isEndless: boolean;
  /** It takes every code of a grammar: to count those listed would say nothing. */
  readonly isWholeGrammar: boolean;
  /** Why it may lack codes: fragments and grammars that it was made of. */
  readonly reasons: readonly string[];
}

/** No request may make the service look at more codes than this. */
const mostCodes = 2_000_000;

class Collector {
  readonly scope: Scope;
  readonly traces = new Map<string, Trace>();
  readonly reasons = new Set<string>();
  readonly statedVersions = new Map<string, Set<string>>();
  readonly root: ValueSetResource;
  /** Value sets may refer to each other in diamonds: each is listed once. */
  readonly imported = new Map<ValueSetResource, readonly UsedConcept[]>();
  versionsMerged = false;
  isCompositional = false;
  isEndless = false;
  isWholeGrammar = false;
  #looked = 0;

  constructor(scope: Scope, root: ValueSetResource) {
    this.scope = scope;
    this.root = root;
  }

  note(name: string, value: string): void {
    this.traces.set(`${name} ${value}`, { name, value });
  }

  look(count: number): void {
    this.#looked += count;
    if (this.#looked > mostCodes)
      throw new TerminologyRefusal(422, 'too-costly', messages.tooCostly(nameOf(this.root), mostCodes));
  }
}

/** A part of the codes. */
export interface Page {
  readonly offset: number;
  readonly count: number;
  /** Those that a text means, likeliest first. */
  readonly text?: string;
}

/**
 * Throws a refusal where something the value set needs is not here or cannot be listed.
 *
 * @param page what is wanted of it; where a page can be made without the rest, only it is made.
 */
export function collect(valueSet: ValueSetResource, scope: Scope, page?: Page): Collected {
  const collector = new Collector(scope, valueSet);
  const activeOnly = scope.options.activeOnly === true;
  const paged = page && pageOf(valueSet, page, collector, activeOnly);
  const codes = paged?.codes ?? codesOf(valueSet, collector, activeOnly);
  const many = [...collector.statedVersions].filter(([, versions]) => versions.size > 1);
  return {
    codes,
    ...(paged !== undefined && { outOf: paged.outOf }),
    traces: [...collector.traces.values()],
    manyVersioned: new Set(many.map(([system]) => system)),
    versionsMerged: collector.versionsMerged,
    isCompositional: collector.isCompositional,
    isEndless: collector.isEndless,
    isWholeGrammar: collector.isWholeGrammar,
    reasons: [...collector.reasons],
  };
}

/** Of one include that takes all of a system, or what one filter takes. Undefined: the codes have to be listed. */
function pageOf(
  valueSet: ValueSetResource,
  { offset, count, text }: Page,
  collector: Collector,
  activeOnly: boolean,
): { readonly codes: readonly UsedConcept[]; readonly outOf: number } | undefined {
  const include = plainInclude(valueSet);
  if (include === undefined) return undefined;
  noteCaution(valueSet, collector);
  const system = systemOf(include, valueSet, collector);
  const { selection } = compileInclude(include, system);
  const all = (include.filter ?? []).length === 0 ? system.paged?.() : selection?.paged;
  if (all === undefined) return undefined;
  if (system.isCompositional === true) collector.isCompositional = true;
  const wanted = all.narrowed({ activeOnly: activeOnly || valueSet.compose?.inactive === false, text });
  const used = (concept: Concept): UsedConcept => ({ system, concept });
  if (text === undefined) return { codes: wanted.page(offset, count).map(used), outOf: wanted.size };
  const ranked = filterByText(wanted.page(0, wanted.size).map(used), text, true);
  return { codes: ranked.slice(offset, offset + count), outOf: ranked.length };
}

/** The include of a value set that has no other part than this one, with one filter at most. */
function plainInclude(valueSet: ValueSetResource): Include | undefined {
  const { include = [], exclude = [] } = valueSet.compose ?? {};
  const [only, ...others] = include;
  if (only === undefined || others.length > 0 || exclude.length > 0) return undefined;
  const { system, concept, filter = [], valueSet: imports } = only;
  const isPlain = system !== undefined && concept === undefined && imports === undefined && filter.length < 2;
  return isPlain && statedParameter(valueSet, 'versionsMatch') === undefined ? only : undefined;
}

function noteCaution(valueSet: ValueSetResource, collector: Collector): void {
  const caution = cautionOf(valueSet, { ...valueSet, experimental: true, status: 'draft' });
  if (caution !== undefined) collector.note(`warning-${caution}`, nameOf(valueSet));
}

function codesOf(valueSet: ValueSetResource, collector: Collector, activeOnly: boolean): readonly UsedConcept[] {
  noteCaution(valueSet, collector);
  const { include = [], exclude = [], inactive } = valueSet.compose ?? {};
  const onlyActive = activeOnly || inactive === false;
  const merging = statedParameter(valueSet, 'versionsMatch');
  const included = newestFirst(include).flatMap((each) => includeCodes(each, valueSet, collector, onlyActive));
  const excluded = exclude.flatMap((each) => includeCodes(each, valueSet, collector, false));
  const kept = without(included, excluded, merging !== 'false', collector);
  if (merging === 'true') return mergeVersions(kept, collector);
  return include.length === 1 && isDistinct(include[0]!) ? kept : distinctCodes(kept);
}

/** A system has each code once; a list is as somebody wrote it. */
const isDistinct = ({ concept, valueSet }: Include): boolean => concept === undefined && valueSet === undefined;

/** Of includes that name different versions of one system, those of the newer versions come first. */
function newestFirst(includes: readonly Include[]): readonly Include[] {
  const sorted = new Map<string, Include[]>();
  for (const include of includes) {
    const same = sorted.get(include.system ?? '');
    if (same === undefined) sorted.set(include.system ?? '', [include]);
    else same.push(include);
  }
  for (const same of sorted.values()) same.sort((a, b) => compareVersions(b.version ?? '', a.version ?? ''));
  return includes.map(({ system = '' }) => sorted.get(system)!.shift()!);
}

const keyOf = ({ system, concept }: UsedConcept): string => `${canonicalOf(system)} ${concept.code}`;
const versionlessKey = ({ system, concept }: UsedConcept): string => `${system.url} ${concept.code}`;

function distinctCodes(codes: readonly UsedConcept[]): readonly UsedConcept[] {
  const seen = new Map<string, UsedConcept>();
  for (const code of codes) if (!seen.has(keyOf(code))) seen.set(keyOf(code), code);
  return [...seen.values()];
}

/** One code for all its versions, the newest. */
function mergeVersions(codes: readonly UsedConcept[], collector: Collector): readonly UsedConcept[] {
  const newest = new Map<string, UsedConcept>();
  for (const code of codes) {
    const other = newest.get(versionlessKey(code));
    const isNewer = other === undefined || compareVersions(other.system.version ?? '', code.system.version ?? '') < 0;
    if (isNewer) newest.set(versionlessKey(code), code);
  }
  collector.versionsMerged = true;
  return [...newest.values()];
}

/** Takes the excluded codes away: of whatever version, unless the value set says that versions count. */
function without(
  included: readonly UsedConcept[],
  excluded: readonly UsedConcept[],
  mergesVersions: boolean,
  collector: Collector,
): readonly UsedConcept[] {
  if (excluded.length === 0) return included;
  const key = mergesVersions ? versionlessKey : keyOf;
  const out = new Set(excluded.map(key));
  const exact = new Set(excluded.map(keyOf));
  const kept = included.filter((each) => !out.has(key(each)));
  if (included.some((each) => out.has(key(each)) && !exact.has(keyOf(each)))) collector.versionsMerged = true;
  return kept;
}

function includeCodes(
  include: Include,
  owner: ValueSetResource,
  collector: Collector,
  activeOnly: boolean,
): readonly UsedConcept[] {
  const own = include.system === undefined ? undefined : ownCodes(include, owner, collector, activeOnly);
  const imported = (include.valueSet ?? []).map((each) => importedCodes(each, owner, collector, activeOnly));
  const [first = [], ...others] = [...(own === undefined ? [] : [own]), ...imported];
  return others.reduce(intersection, first);
}

function intersection(a: readonly UsedConcept[], b: readonly UsedConcept[]): readonly UsedConcept[] {
  const keys = new Set(b.map(keyOf));
  return a.filter((each) => keys.has(keyOf(each)));
}

function importedCodes(
  reference: string,
  owner: ValueSetResource,
  collector: Collector,
  activeOnly: boolean,
): readonly UsedConcept[] {
  const imported = importOf(owner, reference, collector.scope);
  if (imported === undefined) throw unknownImport(reference, collector.scope);
  if (!reference.startsWith('#')) collector.note('used-valueset', nameOf(imported));
  const codes = collector.imported.get(imported) ?? codesOf(imported, collector, false);
  collector.imported.set(imported, codes);
  return activeOnly ? codes.filter(({ system, concept }) => !isInactive(system, concept)) : codes;
}

function unknownImport(reference: string, scope: Scope): TerminologyRefusal {
  const { url, version } = reference.startsWith('#') ? { url: reference } : pinned(reference, scope);
  const message = version === undefined ? messages.unknownImport(url) : messages.unknownImportVersion(url, version);
  return new TerminologyRefusal(404, 'not-found', message, { detail: 'not-found' });
}

function ownCodes(
  include: Include,
  owner: ValueSetResource,
  collector: Collector,
  activeOnly: boolean,
): readonly UsedConcept[] {
  const system = systemOf(include, owner, collector);
  const compiled = compileInclude(include, system);
  const candidates = candidatesOf(include, compiled, system, owner, collector);
  if (system.isCompositional === true && compiled.listed === undefined) collector.isCompositional = true;
  collector.look(candidates.length);
  return candidates
    .filter((concept) => compiled.takes(concept) && !(activeOnly && isInactive(system, concept)))
    .map((concept) => ({ system, concept, listed: compiled.listed?.get(concept.code) }));
}

/** Every concept that the include may take. */
function candidatesOf(
  include: Include,
  compiled: CompiledInclude,
  system: DefinedCodeSystem,
  owner: ValueSetResource,
  collector: Collector,
): readonly Concept[] {
  if (include.concept !== undefined) return listedConcepts(include.concept, system);
  if (system.grammar !== undefined) return exampleConcepts(include, system, owner, collector);
  return compiled.selection?.concepts() ?? listable(system, owner);
}

/** Listed codes that the system does not have are left out. */
const listedConcepts = (listed: readonly IncludedConcept[], system: DefinedCodeSystem): readonly Concept[] =>
  listed.flatMap(({ code }) => system.find(code) ?? []);

/** Of a grammar: the codes of its base value set. Where no filter chooses among them, all codes there can be are meant. */
function exampleConcepts(
  include: Include,
  system: DefinedCodeSystem,
  owner: ValueSetResource,
  collector: Collector,
): readonly Concept[] {
  const base = system.grammar?.base();
  if (base === undefined)
    throw new TerminologyRefusal(422, 'too-costly', messages.notEnumerable(nameOf(owner), canonicalOf(system)));
  collector.reasons.add(messages.grammarBased(system.url, base.url ?? '').text);
  collector.isEndless = true;
  if ((include.filter ?? []).length === 0) {
    collector.isWholeGrammar = true;
    const caution = cautionOf(base, owner);
    if (caution !== undefined) collector.note(`warning-${caution}`, nameOf(base));
  }
  const listed = (base.compose?.include ?? []).flatMap((each) =>
    each.system === system.url ? (each.concept ?? []) : [],
  );
  return [...new Map(listedConcepts(listed, system).map((concept) => [concept.code, concept])).values()];
}

function listable(system: DefinedCodeSystem, owner: ValueSetResource): readonly Concept[] {
  if (system.content !== 'complete' && system.content !== 'fragment')
    throw new TerminologyRefusal(422, 'not-found', messages.contentNotHere(canonicalOf(system), system.content));
  const concepts = system.concepts();
  if (concepts !== undefined) return concepts;
  throw new TerminologyRefusal(422, 'too-costly', messages.notEnumerable(nameOf(owner), canonicalOf(system)));
}

function systemOf(include: Include, owner: ValueSetResource, collector: Collector): DefinedCodeSystem {
  const { scope } = collector;
  const url = include.system ?? '';
  const resolved = resolveVersion(scope, url, include.version);
  const { system } = resolved;
  if (system === undefined) throw unknownSystem(scope, url, resolved);
  const required = violatedCheck(scope, system);
  if (required !== undefined) throw notAllowed(system, required);
  noteSystem(system, resolved, include, owner, collector);
  return system;
}

function unknownSystem(scope: Scope, url: string, { asked }: ResolvedVersion): TerminologyRefusal {
  const message =
    asked === undefined
      ? messages.unknownSystemToExpand(url)
      : messages.unknownVersionToExpand(url, asked, knownVersions(scope, url));
  return new TerminologyRefusal(422, 'not-found', message, { detail: 'not-found' });
}

const notAllowed = ({ url, version }: DefinedCodeSystem, required: string): TerminologyRefusal =>
  new TerminologyRefusal(422, 'exception', messages.versionNotAllowed(url, version ?? '', required), {
    detail: 'version-error',
  });

const ruleNames = { default: 'system-version', check: 'check-system-version', force: 'force-system-version' } as const;

function noteSystem(
  system: DefinedCodeSystem,
  { rule, asked }: ResolvedVersion,
  { version }: Include,
  owner: ValueSetResource,
  collector: Collector,
): void {
  const canonical = canonicalOf(system);
  collector.note('used-codesystem', canonical);
  const unasked = collector.scope.languagePacks.map(({ url, version: own }) => printCanonical(url, own));
  for (const supplement of system.supplements)
    if (!unasked.includes(supplement)) collector.note('used-supplement', supplement);
  if (rule !== undefined) collector.note(ruleNames[rule], printCanonical(system.url, asked));
  const caution = cautionOf(system.header, owner);
  if (caution !== undefined) collector.note(`warning-${caution}`, canonical);
  if (system.content === 'fragment') {
    collector.note('used-fragment', canonical);
    collector.reasons.add(messages.fragmentBased(system.url).text);
  }
  const stated = collector.statedVersions.get(system.url) ?? new Set<string>();
  collector.statedVersions.set(system.url, stated.add(version ?? ''));
}
