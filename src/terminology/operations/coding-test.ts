// Membership in one value set, for callers that ask about the same codes again and again: made ready once, answers kept. What
// would leave an answer open (a value set or code system that is not here) is told beforehand.
import { codeSystemEntry } from '../entries.js';
import { codingPath } from '../coding-path.js';
import { contentOf, findSystem, overlay, systemVersions, type Content } from '../content.js';
import { isError } from '../issue.js';
import { checkCoding } from './validate-coding.js';
import {
  parseCanonical,
  printCanonical,
  type Coding,
  type ContainedCode,
  type Include,
  type ValueSetResource,
} from '../resources.js';
import { plainOptions, scopeOf, type Scope } from '../scope.js';
import { compileInclude } from '../value-sets/include.js';
import { checkDefinition, importOf } from '../value-sets/imports.js';

/** Is the coding in the value set? A code without a system is looked for in every system of the set. */
export type CodingTest = (coding: Coding) => boolean;

export type CompiledTest =
  { readonly ok: true; readonly test: CodingTest } | { readonly ok: false; readonly fault: string };

const refused = (fault: string): CompiledTest => ({ ok: false, fault });

/**
 * The test of a value set at a version, `url|version`: that version and no other. A fault says what is not here: the value set,
 * the version, or what its answers would depend on.
 *
 * Throws a refusal for a value set that cannot be computed with: a circle, or a filter that is not understood.
 */
export function compileCodingTest(content: Content, canonical: string): CompiledTest {
  const { url, version } = parseCanonical(canonical);
  const versions = content.valueSets(url);
  const entry = versions.find((each) => each.version === version);
  if (entry === undefined) return refused(absent(canonical, versions));
  const valueSet = entry.resource();
  const installed = scopeOf(content, plainOptions, valueSet);
  checkDefinition(valueSet, installed);
  const valueSets = reached(valueSet, installed);
  const scope = { ...installed, content: withListedSystems(content, valueSets) };
  const [fault] = valueSets.flatMap((each) => openParts(each, scope, content));
  if (fault !== undefined) return refused(`${canonical} ${fault}`);
  const systems = [...new Set(valueSets.flatMap(systemsOf))];
  return { ok: true, test: keptTest(valueSet, systems, scope) };
}

function absent(canonical: string, versions: readonly { readonly version?: string }[]): string {
  if (versions.length === 0) return `${canonical} is not installed`;
  return `${canonical} is not installed; ${versions.map(({ version }) => version ?? 'one without a version').join(', ')} is`;
}

/** The value set and all that it refers to. */
function reached(valueSet: ValueSetResource, scope: Scope): readonly ValueSetResource[] {
  const found = new Set([valueSet]);
  // A set is walked in the order of its growth.
  for (const owner of found)
    for (const reference of partsOf(owner).flatMap((part) => part.valueSet ?? [])) {
      const imported = importOf(owner, reference, scope);
      if (imported !== undefined) found.add(imported);
    }
  return [...found];
}

const partsOf = ({ compose }: ValueSetResource): readonly Include[] => [
  ...(compose?.include ?? []),
  ...(compose?.exclude ?? []),
];

/** Those that its codes are of; imports aside. */
function systemsOf({ compose, expansion }: ValueSetResource): readonly string[] {
  const contained = (codes: readonly ContainedCode[] = []): readonly string[] =>
    codes.flatMap(({ system, contains }) => [...(system === undefined ? [] : [system]), ...contained(contains)]);
  return compose === undefined
    ? contained(expansion?.contains)
    : (compose.include ?? []).flatMap(({ system }) => system ?? []);
}

const isList = ({ concept, filter }: Include): boolean => concept !== undefined && filter === undefined;

/**
 * What value sets list of a code system that is not installed is known all the same: the lists stand in for the system, as
 * a fragment of it (http://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.content).
 */
function withListedSystems(content: Content, valueSets: readonly ValueSetResource[]): Content {
  const lists = valueSets
    .flatMap(partsOf)
    .filter((part) => isList(part) && systemVersions(content, part.system ?? '').length === 0);
  if (lists.length === 0) return content;
  const canonicals = new Map(lists.map((part) => [printCanonical(part.system ?? '', part.version), part]));
  const codeSystems = [...canonicals.values()].map(({ system: url = '', version }) => {
    const concept = lists.filter(({ system }) => system === url).flatMap((part) => part.concept ?? []);
    return codeSystemEntry({
      ...{ resourceType: 'CodeSystem', url, content: 'fragment', ...(version !== undefined && { version }) },
      concept: concept.map(({ code }) => ({ code })),
    });
  });
  return overlay(contentOf({ codeSystems, valueSets: [], conceptMaps: [] }), content);
}

/** What an answer would hang on and is not here. Filters are compiled on the way: one that cannot be is refused now. */
function openParts(owner: ValueSetResource, scope: Scope, installed: Content): readonly string[] {
  if (owner.compose === undefined && owner.expansion === undefined) return ['does not say which codes it has'];
  return partsOf(owner).flatMap((part) => [
    ...openSystem(part, isList(part) ? scope.content : installed),
    ...(part.valueSet ?? [])
      .filter((reference) => importOf(owner, reference, scope) === undefined)
      .map((reference) => `refers to ${reference}, which is not installed`),
  ]);
}

function openSystem(part: Include, content: Content): readonly string[] {
  const { system: url, version } = part;
  if (url === undefined) return [];
  const system = findSystem(content, url, version)?.defined();
  if (system === undefined) return [`takes codes of ${printCanonical(url, version)}, which is not installed`];
  compileInclude(part, system);
  return [];
}

/** More codes than a hospital uses; what comes beyond starts anew. */
const mostKept = 50_000;

function keptTest(valueSet: ValueSetResource, systems: readonly string[], scope: Scope): CodingTest {
  const kept = new Map<string, boolean>();
  return ({ system, version = '', code = '' }) => {
    // Lengths keep what senders write apart: a version may hold anything.
    const key = `${system?.length ?? -1} ${version.length} ${system ?? ''}${version}${code}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= mostKept) kept.clear();
    const asked = system === undefined ? systems : [system];
    const answer = asked.some((each) => isMember({ system: each, version, code }, valueSet, scope));
    kept.set(key, answer);
    return answer;
  };
}

const check = { abstractAllowed: true, lenientDisplay: true, membershipOnly: true, isOneOfSeveral: false } as const;

/** A version of the code's system that is not here says nothing: senders write all kinds of it. */
function isMember(
  { version, ...code }: Required<Omit<Coding, 'display' | 'extension'>>,
  valueSet: ValueSetResource,
  scope: Scope,
): boolean {
  const isKnown = version !== '' && findSystem(scope.content, code.system, version) !== undefined;
  const coding = isKnown ? { ...code, version } : code;
  const { outcome, issues } = checkCoding(coding, codingPath, scope, { ...check, valueSet });
  return outcome === 'in' && !issues.some(isError);
}
