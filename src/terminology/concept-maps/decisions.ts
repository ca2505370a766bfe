// What people decided on source codes, written into a ConceptMap (http://hl7.org/fhir/R4/conceptmap.html) as its rows.
import type { Equivalence } from '../code-map.js';
import type { ConceptMapResource, MapElement, MapGroup } from './resource.js';

/** What a target is to the source code; `no-map` says that nothing corresponds. */
export const relationships = ['equivalent', 'wider', 'narrower', 'not-related', 'no-map'] as const;

export type Relationship = (typeof relationships)[number];

export interface DecidedTarget {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export interface CodeDecision {
  /** URI of the code's system; '' where none is known. */
  readonly system: string;
  readonly code: string;
  readonly display?: string;
  readonly relationship: Relationship;
  /** Absent with `no-map` alone. */
  readonly target?: DecidedTarget;
  readonly comment?: string;
}

/** R4's words for them (http://hl7.org/fhir/R4/valueset-concept-map-equivalence.html). */
export const equivalenceBy: Readonly<Record<Relationship, Equivalence>> = {
  equivalent: 'equivalent',
  wider: 'wider',
  narrower: 'narrower',
  'not-related': 'disjoint',
  'no-map': 'unmatched',
};

export const relationshipBy: ReadonlyMap<Equivalence, Relationship> = new Map(
  relationships.map((word) => [equivalenceBy[word], word]),
);

/**
 * The map with the decisions as rows, a later one in the place of an earlier. Mapping rules ask by the code alone, so a
 * decision stands for all that the map said of the code. Rows that were there keep their place, unless a row before them
 * in their group went.
 */
export function withDecisions(
  map: ConceptMapResource,
  decisions: readonly CodeDecision[],
  version: string,
): ConceptMapResource {
  const groups = decisions.reduce(withDecision, map.group ?? []);
  return { ...map, version, group: groups.filter(({ element = [] }) => element.length > 0) };
}

function withDecision(groups: readonly MapGroup[], decision: CodeDecision): readonly MapGroup[] {
  const at = groups.findIndex((group) => takes(group, decision));
  const rewritten = groups.map((group, index) => ({
    ...group,
    element: rowsWith(group.element ?? [], decision, index === at),
  }));
  return at === -1 ? [...rewritten, newGroup(decision)] : rewritten;
}

const takes = ({ source, target }: MapGroup, decision: CodeDecision): boolean =>
  (source === undefined || decision.system === '' || source === decision.system) &&
  (decision.target === undefined || target === decision.target.system);

/** The group's rows with that of the decision in the place of the code's own, or at the end; elsewhere without either. */
function rowsWith(rows: readonly MapElement[], decision: CodeDecision, isHere: boolean): readonly MapElement[] {
  const row = rowOf(decision);
  const known = rows.findIndex(({ code }) => code === decision.code);
  if (!isHere) return known === -1 ? rows : rows.filter(({ code }) => code !== decision.code);
  return known === -1 ? [...rows, row] : rows.map((each, index) => (index === known ? row : each));
}

function rowOf({ code, display, relationship, target, comment }: CodeDecision): MapElement {
  const equivalence = equivalenceBy[relationship];
  return {
    code,
    ...(display !== undefined && { display }),
    target: [
      {
        ...(target !== undefined && { code: target.code }),
        ...(target?.display !== undefined && { display: target.display }),
        equivalence,
        ...(comment !== undefined && { comment }),
      },
    ],
  };
}

const newGroup = (decision: CodeDecision): MapGroup => ({
  ...(decision.system !== '' && { source: decision.system }),
  ...(decision.target !== undefined && { target: decision.target.system }),
  element: [rowOf(decision)],
});
