// Which item of one list is which of another: those that are the same first, then those that are most alike.

export interface Matching<T> {
  /** Keys that only the same thing has on both sides, the surest first; each is asked of what is still unmatched. */
  readonly keys: readonly ((item: T) => string)[];
  /** From 0: how much alike two items are; `undefined`: they cannot be the same. */
  readonly likeness: (before: T, after: T) => number | undefined;
  /** What two items must reach to be taken for one. */
  readonly threshold: number;
}

export interface Alignment {
  /** Indexes before and after, in the order of the latter. */
  readonly pairs: readonly (readonly [before: number, after: number])[];
  readonly gone: readonly number[];
  readonly come: readonly number[];
}

export function align<T>(before: readonly T[], after: readonly T[], matching: Matching<T>): Alignment {
  const gone = new Set(before.keys());
  const come = new Set(after.keys());
  const pairs: [number, number][] = [];
  const pair = (from: number, to: number): void => {
    pairs.push([from, to]);
    gone.delete(from);
    come.delete(to);
  };
  for (const key of matching.keys) matchEqual(before, after, gone, come, key, pair);
  for (const { from, to } of candidates(before, after, gone, come, matching))
    if (gone.has(from) && come.has(to)) pair(from, to);
  return { pairs: pairs.sort((a, b) => a[1] - b[1]), gone: [...gone], come: [...come] };
}

function matchEqual<T>(
  before: readonly T[],
  after: readonly T[],
  gone: ReadonlySet<number>,
  come: ReadonlySet<number>,
  key: (item: T) => string,
  pair: (from: number, to: number) => void,
): void {
  if (gone.size === 0 || come.size === 0) return;
  const waiting = new Map<string, number[]>();
  for (const from of gone) {
    const text = key(before[from]!);
    const queue = waiting.get(text);
    if (queue === undefined) waiting.set(text, [from]);
    else queue.push(from);
  }
  for (const to of [...come]) {
    const from = waiting.get(key(after[to]!))?.shift();
    if (from !== undefined) pair(from, to);
  }
}

interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly likeness: number;
}

/** Pairs that may be one, the most alike first; of those as much alike, those that stand nearest to each other. */
function candidates<T>(
  before: readonly T[],
  after: readonly T[],
  gone: ReadonlySet<number>,
  come: ReadonlySet<number>,
  { likeness, threshold }: Matching<T>,
): Candidate[] {
  const found: Candidate[] = [];
  for (const from of gone)
    for (const to of come) {
      const like = likeness(before[from]!, after[to]!);
      if (like !== undefined && like >= threshold) found.push({ from, to, likeness: like });
    }
  const distance = ({ from, to }: Candidate): number => Math.abs(from - to);
  return found.sort((a, b) => b.likeness - a.likeness || distance(a) - distance(b) || a.from - b.from);
}

/** A bag of words: what two things are compared by. */
export type Bag = ReadonlyMap<string, number>;

export function bagOf(words: Iterable<string>): Bag {
  const bag = new Map<string, number>();
  for (const word of words) bag.set(word, (bag.get(word) ?? 0) + 1);
  return bag;
}

/** Sørensen-Dice: what two bags share, from 0 to 1. */
export function overlap(a: Bag, b: Bag): number {
  const total = sizeOf(a) + sizeOf(b);
  if (total === 0) return 0;
  let shared = 0;
  for (const [word, count] of a) shared += Math.min(count, b.get(word) ?? 0);
  return (2 * shared) / total;
}

const sizeOf = (bag: Bag): number => {
  let size = 0;
  for (const count of bag.values()) size += count;
  return size;
};
