// What the postings of several words have in common. A short prefix has postings by the hundred thousand, unsorted and with
// repetitions: one byte for each concept of the edition is quicker than putting them in order.

function marked(ordinals: Int32Array, size: number): Uint8Array {
  const marks = new Uint8Array(size);
  for (let index = 0; index < ordinals.length; index += 1) marks[ordinals[index]!] = 1;
  return marks;
}

/** Those of `wanted` that are in `found`, each once. The shorter is marked: reading a mark costs less than making one. */
function common(found: Int32Array, wanted: Int32Array, size: number): Int32Array {
  const marks = marked(found, size);
  const both = new Int32Array(Math.min(found.length, wanted.length));
  let count = 0;
  for (let index = 0; index < wanted.length; index += 1) {
    const ordinal = wanted[index]!;
    if (marks[ordinal] === 0) continue;
    marks[ordinal] = 0;
    both[count++] = ordinal;
  }
  return both.subarray(0, count);
}

/** Each once, sorted. */
function inOrder(ordinals: Int32Array, size: number): Int32Array {
  if (ordinals.length < size / 32) return Int32Array.from(new Set(ordinals)).sort();
  const marks = marked(ordinals, size);
  const sorted = new Int32Array(size + 1);
  let count = 0;
  // Without a branch, for which of them are marked is as good as chance.
  for (let ordinal = 0; ordinal < size; ordinal += 1) {
    sorted[count] = ordinal;
    count += marks[ordinal]!;
  }
  return sorted.slice(0, count);
}

/** The ordinals that all lists have, sorted. @param size of the edition. */
export function inEvery(lists: readonly Int32Array[], size: number): Int32Array {
  const [first = new Int32Array(0), ...others] = lists.toSorted((a, b) => a.length - b.length);
  const found = others.reduce((kept, each) => (kept.length === 0 ? kept : common(kept, each, size)), first);
  return inOrder(found, size);
}
