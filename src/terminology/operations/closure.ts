// $closure: a client's own table of which of its codes lie below which
// (http://hl7.org/fhir/R4/conceptmap-operation-closure.html). The table is a value; who keeps it is the adapter's matter.
import { TerminologyRefusal } from '../issue.js';
import { messages } from '../messages.js';
import type { Coding } from '../resources.js';
import type { Scope } from '../scope.js';
import { subsumes } from './subsumes.js';

/** `code` lies below `ancestor`; `version`: of the table when this was found. */
export interface Subsumed {
  readonly system: string;
  readonly code: string;
  readonly ancestor: string;
  readonly version: number;
}

export interface ClosureTable {
  readonly version: number;
  readonly codings: readonly Coding[];
  readonly relations: readonly Subsumed[];
}

export const emptyClosure: ClosureTable = { version: 0, codings: [], relations: [] };

const mostCodings = 5_000;

const isSame = (a: Coding, b: Coding): boolean => a.system === b.system && a.code === b.code;

function relationOf(a: Coding, b: Coding, scope: Scope, version: number): readonly Subsumed[] {
  if (a.system !== b.system) return [];
  const below = (code: Coding, ancestor: Coding): Subsumed => ({
    system: code.system ?? '',
    code: code.code ?? '',
    ancestor: ancestor.code ?? '',
    version,
  });
  const outcome = subsumes(a, b, scope);
  if (outcome === 'subsumed-by') return [below(a, b)];
  return outcome === 'subsumes' ? [below(b, a)] : [];
}

/** The table with further codes. Throws a refusal when one is not known, or the table grows too large. */
export function addToClosure(table: ClosureTable, added: readonly Coding[], scope: Scope): ClosureTable {
  const version = table.version + 1;
  const codings = [...table.codings];
  const relations = [...table.relations];
  for (const coding of added) {
    if (codings.some((each) => isSame(each, coding))) continue;
    if (codings.length >= mostCodings)
      throw new TerminologyRefusal(422, 'too-costly', messages.wrongParameter('concept', `at most ${mostCodings}`));
    relations.push(...codings.flatMap((each) => relationOf(coding, each, scope, version)));
    codings.push(coding);
  }
  return { version, codings, relations };
}

/** What was found after a version of the table. */
export const relationsSince = ({ relations }: ClosureTable, version: number): readonly Subsumed[] =>
  relations.filter((each) => each.version > version);
