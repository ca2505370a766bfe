// What arrives while other work is under way waits, and is then done together: many writers at one moment cost one
// transaction and one wait for the disk, and do not wait for one another's locks.

interface Waiting<T, R> {
  readonly items: readonly T[];
  readonly resolve: (results: readonly R[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Limits {
  /** Items done together; more than that only where they came together. */
  readonly together: number;
  /** Groups under way at one moment. */
  readonly atOnce: number;
}

/**
 * @param work answers one result for each item, in their order. Where a group of several fails, each is done alone, so that
 * one that cannot be done fails by itself.
 */
export function gathering<T, R>(
  work: (items: readonly T[]) => Promise<readonly R[]>,
  { together, atOnce }: Limits,
): (items: readonly T[]) => Promise<readonly R[]> {
  const waiting: Waiting<T, R>[] = [];
  let underWay = 0;
  const begin = (): void => {
    if (underWay === atOnce || waiting.length === 0) return;
    underWay += 1;
    void doTogether(nextGroup(waiting, together), work).finally(() => {
      underWay -= 1;
      begin();
    });
  };
  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject });
      begin();
    });
}

function nextGroup<T, R>(waiting: Waiting<T, R>[], together: number): Waiting<T, R>[] {
  let items = 0;
  const end = waiting.findIndex((each, at) => (items += each.items.length) > together && at > 0);
  return waiting.splice(0, end < 0 ? waiting.length : end);
}

async function doTogether<T, R>(
  group: readonly Waiting<T, R>[],
  work: (items: readonly T[]) => Promise<readonly R[]>,
): Promise<void> {
  const [only] = group;
  if (group.length === 1 && only !== undefined) return work(only.items).then(only.resolve, only.reject);
  const results = await work(group.flatMap(({ items }) => items)).catch(() => undefined);
  if (results === undefined) {
    for (const each of group) await work(each.items).then(each.resolve, each.reject);
    return;
  }
  let from = 0;
  for (const { items, resolve } of group) resolve(results.slice(from, (from += items.length)));
}
