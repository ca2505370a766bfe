// Editions as files: written whole or not at all, read into memory that threads can share.
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GatewayError } from '../../model/error.js';
import { Edition } from '../../terminology/editions/edition.js';
import {
  headerSpan,
  layOut,
  preamble,
  sectionsLength,
  type EditionHeader,
  type Sections,
  type Stated,
} from '../../terminology/editions/file-format.js';
import { writeWhole } from './whole-file.js';

export const editionSuffix = '.edition';

/** `snomed-900000000000207008-20250909.edition` */
export function editionName({ kind, version }: Pick<EditionHeader, 'kind' | 'version'>): string {
  const parts = version.replace(/^https?:\/\/[^/]+\//, '').match(/[A-Za-z0-9.]+/g) ?? [];
  return `${[kind, ...parts.filter((part) => part !== 'version')].join('-')}${editionSuffix}`;
}

/** @returns the path of the file; an edition of the same kind and version is replaced. */
export function writeEdition(folder: string, stated: Stated, sections: Sections): string {
  const { sections: table, parts } = layOut(sections);
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  const header: EditionHeader = { ...stated, sections: table, digest: digest.digest('hex') };
  return writeWhole(join(folder, editionName(header)), [preamble(header), ...parts]);
}

/** Reads so much from a place; throws when the file ends before. */
function readAll(handle: number, into: Uint8Array, position: number, path: string): void {
  for (let done = 0; done < into.length;) {
    const count = readSync(handle, into, done, into.length - done, position + done);
    if (count === 0) throw broken(path, 'it ends too early');
    done += count;
  }
}

const broken = (path: string, why: string): GatewayError =>
  new GatewayError('incorrect', `${basename(path)} cannot be used: ${why}. Import the release again.`);

interface Opened {
  readonly header: EditionHeader;
  /** Where the sections begin. */
  readonly sections: number;
}

function openHeader(handle: number, path: string): Opened {
  const start = new Uint8Array(16);
  readAll(handle, start, 0, path);
  const span = headerSpan(start);
  if (span === undefined) throw broken(path, 'it is no edition, or one of another format');
  if (span.to > fstatSync(handle).size) throw broken(path, 'it ends too early');
  const json = new Uint8Array(span.to - span.from);
  readAll(handle, json, span.from, path);
  return { header: JSON.parse(new TextDecoder().decode(json)) as EditionHeader, sections: span.sections };
}

function withFile<T>(path: string, read: (handle: number) => T): T {
  const handle = openSync(path, 'r');
  try {
    return read(handle);
  } finally {
    closeSync(handle);
  }
}

/** The header alone. Throws a GatewayError `incorrect` for a file that is no edition. */
export const readHeader = (path: string): EditionHeader => withFile(path, (handle) => openHeader(handle, path).header);

/** Reads and checks an edition. Throws a GatewayError `incorrect` for a file that is cut short or altered. */
export function readEdition(path: string): Edition {
  return withFile(path, (handle) => {
    const { header, sections } = openHeader(handle, path);
    const buffer = new SharedArrayBuffer(sectionsLength(header));
    const bytes = new Uint8Array(buffer);
    readAll(handle, bytes, sections, path);
    if (createHash('sha256').update(bytes).digest('hex') !== header.digest)
      throw broken(path, 'its content does not fit its digest');
    return new Edition(header, buffer);
  });
}
