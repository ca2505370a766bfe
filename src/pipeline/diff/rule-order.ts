// Rules run in their order, and the first to write a single element wins: which rules changed their place among others.
import type { AspectChange } from './rule-aspects.js';
import type { RuleIndex } from './rule-index.js';

/** Rules that both versions have but that stand elsewhere among their neighbours, as few as tell the whole change. */
export function reordered(before: RuleIndex, after: RuleIndex): ReadonlyMap<string, AspectChange> {
  const moved = new Map<string, AspectChange>();
  const neighbours = siblings(after);
  for (const [holder, names] of siblings(before)) {
    const now = (neighbours.get(holder) ?? []).filter((name) => names.includes(name));
    const then = names.filter((name) => now.includes(name));
    const kept = new Set(longestRising(now.map((name) => then.indexOf(name))).map((at) => then[at]));
    for (const name of now)
      if (!kept.has(name))
        moved.set(name, { aspect: 'order', ...place('before', then, name), ...place('after', now, name) });
  }
  return moved;
}

/** Names of rules that stand side by side, by what holds them. */
function siblings({ rules }: RuleIndex): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, module, parent, branch } of rules.values()) {
    const holder = `${parent ?? module.name} ${branch}`;
    found.set(holder, [...(found.get(holder) ?? []), name]);
  }
  return found;
}

function place(side: 'before' | 'after', names: readonly string[], name: string) {
  const previous = names[names.indexOf(name) - 1];
  return { [side]: previous === undefined ? 'first' : `after ${previous.slice(previous.lastIndexOf('#') + 1)}` };
}

/** A longest rising run through the numbers, not necessarily side by side; the numbers are all different. */
export function longestRising(numbers: readonly number[]): number[] {
  // best[n]: the end of the rising run of length n + 1 that ends lowest; before[i]: what stands before numbers[i] in its run.
  const best: number[] = [];
  const before: (number | undefined)[] = [];
  numbers.forEach((number, at) => {
    const found = best.findIndex((end) => numbers[end]! > number);
    const length = found === -1 ? best.length : found;
    before[at] = best[length - 1];
    best[length] = at;
  });
  const run: number[] = [];
  for (let at = best.at(-1); at !== undefined; at = before[at]) run.unshift(numbers[at]!);
  return run;
}
