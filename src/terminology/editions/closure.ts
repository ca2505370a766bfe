// The transitive closure of a hierarchy, as sorted ordinals above and below each concept.
import { groupRows } from './rows-by-key.js';

export interface Closure {
  readonly ancestors: { readonly offsets: Int32Array; readonly values: Int32Array };
  readonly descendants: { readonly offsets: Int32Array; readonly values: Int32Array };
}

interface Parents {
  readonly offsets: Int32Array;
  readonly values: Int32Array;
}

/** Every concept after all of its parents; those of a circle, which no release should have, come at the end. */
function topDown({ offsets, values }: Parents, size: number): Int32Array {
  const children = groupRows(values, size);
  const owner = new Int32Array(values.length);
  for (let concept = 0; concept < size; concept += 1) owner.fill(concept, offsets[concept], offsets[concept + 1]);
  const waiting = Int32Array.from({ length: size }, (_, concept) => offsets[concept + 1]! - offsets[concept]!);
  const order = new Int32Array(size);
  let filled = 0;
  for (let concept = 0; concept < size; concept += 1) if (waiting[concept] === 0) order[filled++] = concept;
  for (let done = 0; done < filled; done += 1) {
    const parent = order[done]!;
    for (let row = children.offsets[parent]!; row < children.offsets[parent + 1]!; row += 1) {
      const child = owner[children.order[row]!]!;
      if ((waiting[child]! -= 1) === 0) order[filled++] = child;
    }
  }
  return order.subarray(0, filled);
}

function ancestorsOf(parents: Parents, size: number): Int32Array[] {
  const none = new Int32Array(0);
  const all = new Array<Int32Array>(size).fill(none);
  const seen = new Int32Array(size).fill(-1);
  for (const concept of topDown(parents, size)) {
    const found: number[] = [];
    const add = (each: number): void => {
      if (seen[each] === concept) return;
      seen[each] = concept;
      found.push(each);
    };
    for (let row = parents.offsets[concept]!; row < parents.offsets[concept + 1]!; row += 1) {
      const parent = parents.values[row]!;
      add(parent);
      for (const above of all[parent]!) add(above);
    }
    if (found.length > 0) all[concept] = Int32Array.from(found).sort();
  }
  return all;
}

/** Concepts of a circle have no ancestors here: what lies in it has no place in a hierarchy. */
export function closureOf(parents: Parents, size: number): Closure {
  const above = ancestorsOf(parents, size);
  const offsets = new Int32Array(size + 1);
  for (let concept = 0; concept < size; concept += 1) offsets[concept + 1] = offsets[concept]! + above[concept]!.length;
  const values = new Int32Array(offsets[size]!);
  above.forEach((each, concept) => values.set(each, offsets[concept]));
  const below = groupRows(values, size);
  const descendants = new Int32Array(values.length);
  let concept = 0;
  const owners = new Int32Array(values.length);
  for (; concept < size; concept += 1) owners.fill(concept, offsets[concept], offsets[concept + 1]);
  for (let place = 0; place < descendants.length; place += 1) descendants[place] = owners[below.order[place]!]!;
  return { ancestors: { offsets, values }, descendants: { offsets: below.offsets, values: descendants } };
}
