// Code -> ordinal by open addressing over the code's characters (FNV-1a, linear probing).

export function hashOf(code: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < code.length; index += 1) hash = Math.imul(hash ^ code.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Slots hold ordinal + 1; at most half are taken. */
export function buildHash(codes: readonly string[]): Int32Array {
  let size = 16;
  while (size < codes.length * 2) size *= 2;
  const slots = new Int32Array(size);
  for (let ordinal = 0; ordinal < codes.length; ordinal += 1) {
    let slot = hashOf(codes[ordinal]!) & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = ordinal + 1;
  }
  return slots;
}
