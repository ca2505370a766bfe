// Filters in computed form: value sets ask the same ones again and again.
import type { Selection, SystemFilter } from './code-system.js';

type Select = (filter: SystemFilter) => Selection | undefined;

/** Filters kept of one system; who asks for more starts anew. */
const mostKept = 100;

export function keptSelections(select: Select): Select {
  const kept = new Map<string, Selection | undefined>();
  return (filter) => {
    const key = JSON.stringify([filter.property, filter.op, filter.value]);
    if (kept.has(key)) return kept.get(key);
    if (kept.size >= mostKept) kept.clear();
    const selection = select(filter);
    kept.set(key, selection);
    return selection;
  };
}
