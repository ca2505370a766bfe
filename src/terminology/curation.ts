// What nobody may curate, beyond what FHIR itself forbids: content that could not be answered from.
import { issue, type Issue } from '../model/issue.js';
import { compileCodeSystem } from './code-systems/compile.js';
import type { Concept } from './code-systems/code-system.js';
import type { ConceptMapResource, MapElement } from './concept-maps/resource.js';
import type { TerminologyResource } from './entries.js';
import type { CodeSystemResource, ConceptElement, NamingSystemResource } from './resources.js';

export type CuratedResource = TerminologyResource | NamingSystemResource;

/** Why a resource that is valid FHIR cannot stand; each issue names its element. */
export function curationIssues(resource: CuratedResource): Issue[] {
  if (resource.resourceType === 'NamingSystem') return [];
  const nameless =
    resource.url === undefined ? [issue('terminology.no-url', {}, { expression: resource.resourceType })] : [];
  if (resource.resourceType === 'CodeSystem') return [...nameless, ...codeSystemIssues(resource)];
  return resource.resourceType === 'ConceptMap' ? [...nameless, ...rowIssues(resource)] : nameless;
}

function codeSystemIssues(resource: CodeSystemResource): Issue[] {
  const seen = new Set<string>();
  const twice = conceptsOf(resource.concept ?? [], 'CodeSystem').flatMap(({ code, expression }) => {
    if (seen.has(code)) return [issue('terminology.code-twice', {}, { expression })];
    seen.add(code);
    return [];
  });
  if (twice.length > 0) return twice;
  return hasCycle(compileCodeSystem(resource).concepts() ?? [])
    ? [issue('terminology.cycle', {}, { expression: 'CodeSystem' })]
    : [];
}

interface Placed {
  readonly code: string;
  readonly expression: string;
}

/** Iterative: a resource may nest as deep as it likes. */
function conceptsOf(elements: readonly ConceptElement[], path: string): Placed[] {
  const placed: Placed[] = [];
  const open = [{ elements, path }];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const [at, { code, concept }] of next.elements.entries()) {
      const expression = `${next.path}.concept[${at}]`;
      placed.push({ code, expression });
      if (concept !== undefined) open.push({ elements: concept, path: expression });
    }
  return placed;
}

/** Takes away concepts that have no parents left, until there are none: what remains goes in circles. */
function hasCycle(concepts: readonly Concept[]): boolean {
  const parents = new Map(concepts.map((concept) => [concept, concept.parents.length]));
  const free = concepts.filter((concept) => concept.parents.length === 0);
  let taken = 0;
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    taken += 1;
    for (const child of next.children) {
      const left = (parents.get(child) ?? 0) - 1;
      parents.set(child, left);
      if (left === 0) free.push(child);
    }
  }
  return taken < concepts.length;
}

/** A row is a source code and a target within a group; what it depends on tells rows apart. */
function rowIssues({ group = [] }: ConceptMapResource): Issue[] {
  const seen = new Set<string>();
  return group.flatMap(({ source, target, element = [] }, at) =>
    rowsOf(element, `ConceptMap.group[${at}]`).flatMap(({ key, expression }) => {
      const row = JSON.stringify([source, target, key]);
      if (seen.has(row)) return [issue('terminology.row-twice', {}, { expression })];
      seen.add(row);
      return [];
    }),
  );
}

const rowsOf = (elements: readonly MapElement[], path: string) =>
  elements.flatMap(({ code, target = [] }, at) =>
    target.map((to, index) => ({
      key: [code, to.code, to.dependsOn],
      expression: `${path}.element[${at}].target[${index}]`,
    })),
  );
