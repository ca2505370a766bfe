// A message's unmapped codes as columns of the recording statement: each once, with how often and where it was first met.
import type { UnmappedCode } from '../../model/mapped.js';
import type { SqlValue } from './db.js';
import { storable } from './storable.js';

interface Counted {
  readonly first: UnmappedCode;
  count: number;
}

// What is longer is text in the place of a code: nobody maps that, and an index could not hold it.
const longest = 250;

const isCode = ({ system, code }: UnmappedCode): boolean => code.length <= longest && system.length <= longest;

/** map, system, code, display, count, position. */
export function unmappedColumns(unmapped: readonly UnmappedCode[]): SqlValue[] {
  const counts = new Map<string, Counted>();
  for (const one of unmapped.filter(isCode)) {
    const key = JSON.stringify([one.map, one.system, one.code]);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { first: one, count: 1 });
    else known.count += 1;
  }
  const rows = [...counts.values()];
  return [
    rows.map(({ first }) => first.map),
    rows.map(({ first }) => storable(first.system)),
    rows.map(({ first }) => storable(first.code)),
    rows.map(({ first }) => storable((first.display ?? '').slice(0, longest))),
    rows.map(({ count }) => count),
    rows.map(({ first }) => JSON.stringify(first.position)),
  ];
}
