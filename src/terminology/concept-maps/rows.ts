// A ConceptMap row by row: one source code with its targets, wherever its group stands.
import type { Equivalence } from '../code-map.js';
import { relationshipBy, relationships, type CodeDecision, type Relationship } from './decisions.js';
import { equivalenceOf, isNegative } from './equivalence.js';
import type { ConceptMapResource, MapTargetElement } from './resource.js';

export interface RowTarget {
  readonly system: string;
  /** Absent: nothing corresponds. */
  readonly code?: string;
  readonly display?: string;
  readonly equivalence: Equivalence;
  readonly comment?: string;
}

export interface MapRow {
  /** `group[0].element[3]` */
  readonly place: string;
  readonly system: string;
  readonly code: string;
  readonly display?: string;
  readonly targets: readonly RowTarget[];
}

export const rowsOf = ({ group: groups = [] }: ConceptMapResource): readonly MapRow[] =>
  groups.flatMap(({ source = '', target = '', element: elements = [] }, at) =>
    elements.map(({ code = '', display, target: targets = [] }, index) => ({
      place: `group[${at}].element[${index}]`,
      system: source,
      code,
      ...(display !== undefined && { display }),
      targets: targets.map((each) => rowTarget(target, each)),
    })),
  );

const rowTarget = (system: string, target: MapTargetElement): RowTarget => ({
  system,
  equivalence: equivalenceOf(target),
  ...(target.code !== undefined && { code: target.code }),
  ...(target.display !== undefined && { display: target.display }),
  ...(target.comment !== undefined && { comment: target.comment }),
});

/** The rows that say something else than the map does of their code; what the map says besides is left as it is. */
export function changedRows(rows: readonly MapRow[], map: ConceptMapResource): readonly MapRow[] {
  const [said, known] = [meanings(rows), meanings(rowsOf(map))];
  return rows.filter(({ code }) => said.get(code) !== known.get(code));
}

/** What is said of each code, in one spelling. Displays and comments explain; they change no message. */
function meanings(rows: readonly MapRow[]): ReadonlyMap<string, string> {
  const said = new Map<string, string[]>();
  for (const { code, targets } of rows) said.set(code, [...(said.get(code) ?? []), ...targets.map(meaningOf)]);
  return new Map([...said].map(([code, all]) => [code, all.sort().join(', ')]));
}

const meaningOf = ({ system, code, equivalence }: RowTarget): string =>
  code === undefined ? equivalence : `${system}|${code} ${equivalence}`;

/** The row as a decision, or why it cannot be one. */
export function decisionOf({ system, code, display, targets }: MapRow): CodeDecision | string {
  const [target, ...others] = targets;
  if (others.length > 0) return 'has several targets; a decision names one.';
  const relationship = target === undefined ? 'no-map' : relationshipOf(target);
  if (relationship === undefined)
    return `has the equivalence ${target?.equivalence ?? ''}; a decision is one of ${relationships.join(', ')}.`;
  return {
    ...{ system, code, relationship },
    ...(display !== undefined && { display }),
    ...(target?.code !== undefined && relationship !== 'no-map' && { target: decided(target, target.code) }),
    ...(target?.comment !== undefined && { comment: target.comment }),
  };
}

const decided = ({ system, display }: RowTarget, code: string) => ({
  system,
  code,
  ...(display !== undefined && { display }),
});

/** The word of decisions for a target; undefined where they have none. `equal` is `equivalent`, only stronger. */
function relationshipOf({ equivalence, code }: RowTarget): Relationship | undefined {
  if (isNegative(equivalence)) return code === undefined ? 'no-map' : 'not-related';
  return relationshipBy.get(equivalence === 'equal' ? 'equivalent' : equivalence);
}
