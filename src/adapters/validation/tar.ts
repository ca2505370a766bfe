// The files of a tar archive (POSIX.1-2001 ustar and pax): name -> bytes, without copies.

const block = 512;

const textOf = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('utf8');
};

const sizeOf = (header: Uint8Array): number => Number.parseInt(textOf(header.subarray(124, 136)).trim() || '0', 8);

/** A name longer than the header holds stands in a pax record before it: `30 path=…`. */
const paxPath = (bytes: Uint8Array): string | undefined =>
  /(?:^|\n)\d+ path=([^\n]*)\n/.exec(Buffer.from(bytes).toString('utf8'))?.[1];

function nameOf(header: Uint8Array): string {
  const prefix = textOf(header.subarray(257, 262)) === 'ustar' ? textOf(header.subarray(345, 500)) : '';
  const name = textOf(header.subarray(0, 100));
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Regular files of an archive; an archive that is cut short gives what is whole. */
export function tarFiles(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let longName: string | undefined;
  for (let at = 0; at + block <= archive.length;) {
    const header = archive.subarray(at, at + block);
    if (header[0] === 0) break;
    const size = sizeOf(header);
    const content = archive.subarray(at + block, at + block + size);
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === 'x') longName = paxPath(content) ?? longName;
    else if (kind === 'L') longName = textOf(content);
    else {
      if (kind === '0' || kind === '\0') files.set(longName ?? nameOf(header), content);
      longName = undefined;
    }
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}
