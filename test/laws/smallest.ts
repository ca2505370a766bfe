// Makes a failing input smaller while it still fails, so that a person can see why.

/** Takes away ever smaller parts of the bytes as long as `fails` stays true of the rest; gives up after `tries`. */
export function smallest(bytes: Buffer, fails: (bytes: Buffer) => boolean, tries = 3000): Buffer {
  let current = bytes;
  let left = tries;
  for (let size = Math.max(1, bytes.length >> 1); size >= 1 && left > 0; size = size === 1 ? 0 : size >> 1) {
    for (let at = 0; at < current.length && left > 0; left--) {
      const shorter = Buffer.concat([current.subarray(0, at), current.subarray(at + size)]);
      if (shorter.length > 0 && fails(shorter)) current = shorter;
      else at += size;
    }
  }
  return current;
}
