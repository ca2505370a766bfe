// The leaves of a difference, each with what is known of its cause.
import type { LeafLineage } from '../../model/lineage.js';
import { leavesOf } from './account.js';
import type { Cause } from './cause.js';
import type { Difference } from './elements.js';
import { Frequencies } from './frequencies.js';
import { lineageOf, type Part } from './likeness.js';
import type { Reasons, SideName } from './reasons.js';

export interface LeafRecord {
  /** The resource's type. */
  readonly type: string;
  readonly path: string;
  /** The place in both accounts at once, down to the leaf. */
  readonly trail: readonly string[];
  readonly before: readonly LeafLineage[];
  readonly after: readonly LeafLineage[];
  /** Resources that a reference names, by side. */
  readonly targets: Readonly<Partial<Record<SideName, string>>>;
  cause: Cause | undefined;
}

/** The leaves of what was added or removed; the two sides of what changed are one, and so is a list in other order. */
export function recordsOf({ trail, before, after }: Difference, reasons: Reasons): LeafRecord[] {
  if (before !== undefined && after !== undefined) return [recordOf(trail, before, after, reasons)];
  return [
    ...leafParts(before).map((part) => recordOf([...trail, part.path], part, undefined, reasons)),
    ...leafParts(after).map((part) => recordOf([...trail, part.path], undefined, part, reasons)),
  ];
}

const leafParts = (part: Part | undefined): Part[] =>
  part === undefined ? [] : leavesOf(part.value, part.path).map((leaf) => ({ account: part.account, ...leaf }));

function recordOf(
  trail: readonly string[],
  before: Part | undefined,
  after: Part | undefined,
  reasons: Reasons,
): LeafRecord {
  const [was, is] = [lineageAt(before), lineageAt(after)];
  return {
    type: (after ?? before)?.account.type ?? '',
    path: (after ?? before)?.path ?? '',
    trail,
    before: was,
    after: is,
    targets: { ...targetOf('before', before), ...targetOf('after', after) },
    cause: reasons.leaves(was, is),
  };
}

const lineageAt = (part: Part | undefined): readonly LeafLineage[] => (part === undefined ? [] : lineageOf(part));

const targetOf = (side: SideName, part: Part | undefined) =>
  part !== undefined && part.path.endsWith('reference') && typeof part.value === 'string' ? { [side]: part.value } : {};

/**
 * Gives what has no cause of its own that of what came from the same source place: what one rule no longer takes another
 * may. Else the most frequent one in the smallest element that has any.
 */
export function fillFromNeighbours(records: readonly LeafRecord[]): void {
  fill(records, placesOf);
  fill(records, elementsAround);
}

function fill(records: readonly LeafRecord[], headingsOf: (record: LeafRecord) => readonly string[]): void {
  const open = records.filter(({ cause }) => cause === undefined);
  if (open.length === 0) return;
  const known = new Frequencies();
  for (const record of records) for (const heading of headingsOf(record)) known.add(heading, record.cause);
  for (const record of open) record.cause = known.first(headingsOf(record));
}

const placesOf = ({ before, after }: LeafRecord): string[] =>
  [...after, ...before].flatMap(({ from }) => from.map(({ path }) => path));

/** The elements a leaf lies in, the innermost first, the resource last. */
const elementsAround = ({ trail }: LeafRecord): string[] =>
  trail.map((_, at) => trail.slice(0, trail.length - 1 - at).join('/'));
