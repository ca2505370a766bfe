// What the postings of several words have in common. A short prefix has postings by the hundred thousand, unsorted and with
// repetitions: a bit for each concept of the edition is quicker than putting them in order.

/** One bit for each ordinal: that of ordinal `n` is bit `n % 32` of number `n / 32`. */
type Bits = Int32Array;

const noneOf = (size: number): Bits => new Int32Array((size + 31) >>> 5);

function bitsOf(ordinals: Int32Array, size: number): Bits {
  const bits = noneOf(size);
  for (let index = 0; index < ordinals.length; index += 1) {
    const ordinal = ordinals[index]!;
    bits[ordinal >>> 5]! |= 1 << (ordinal & 31);
  }
  return bits;
}

/** Those of the bits that the list has as well. Without a branch: which of them do is as good as chance. */
function common(bits: Bits, ordinals: Int32Array, size: number): Bits {
  const both = noneOf(size);
  for (let index = 0; index < ordinals.length; index += 1) {
    const ordinal = ordinals[index]!;
    const at = ordinal >>> 5;
    both[at]! |= bits[at]! & (1 << (ordinal & 31));
  }
  return both;
}

/** Each once, sorted. @param most how many there may be. */
function ordinalsOf(bits: Bits, most: number): Int32Array {
  const ordinals = new Int32Array(most);
  let count = 0;
  for (let at = 0; at < bits.length; at += 1)
    for (let rest = bits[at]!; rest !== 0; rest &= rest - 1)
      ordinals[count++] = (at << 5) + 31 - Math.clz32(rest & -rest);
  return ordinals.slice(0, count);
}

/** The ordinals that all lists have, sorted. @param size of the edition. */
export function inEvery(lists: readonly Int32Array[], size: number): Int32Array {
  const [first, ...others] = lists.toSorted((a, b) => a.length - b.length);
  if (first === undefined || first.length === 0) return new Int32Array(0);
  const bits = others.reduce((kept, each) => common(kept, each, size), bitsOf(first, size));
  return ordinalsOf(bits, Math.min(first.length, size));
}
