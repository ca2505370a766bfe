// The terminology of a FHIR package as a file: magic, length of the header, header as JSON, then the resources, a line each.
// Written whole or not at all.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GatewayError } from '../../model/error.js';
import { writeWhole } from './whole-file.js';
import { resourceLines, type ContentRow, type LinesFile } from './resource-lines.js';

export const packageSuffix = '.package';
const magic = 'CONCPKG1';

interface PackageHeader {
  readonly name: string;
  readonly version: string;
  readonly rows: readonly ContentRow[];
  /** Bytes of all lines. */
  readonly length: number;
}

/** @returns the path of the file; one of the same package and version is replaced. */
export function writePackage(
  folder: string,
  { name, version }: { readonly name: string; readonly version: string },
  resources: Parameters<typeof resourceLines>[0],
): string {
  const { rows, lines } = resourceLines(resources);
  const header: PackageHeader = { name, version, rows, length: lines.length };
  const json = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(16);
  start.write(magic);
  start.writeUInt32LE(json.length, 8);
  return writeWhole(join(folder, `${name}-${version}${packageSuffix}`), [start, json, lines]);
}

/** What stands in the file. Throws a GatewayError `incorrect` for a file that is no package or cut short. */
export function readPackage(path: string): LinesFile {
  const handle = openSync(path, 'r');
  try {
    const start = Buffer.alloc(16);
    readSync(handle, start, 0, 16, 0);
    const size = start.readUInt32LE(8);
    const { size: fileSize } = fstatSync(handle);
    if (start.toString('latin1', 0, 8) !== magic || 16 + size > fileSize) throw broken(path);
    const json = Buffer.alloc(size);
    readSync(handle, json, 0, size, 16);
    const { rows, length } = JSON.parse(json.toString('utf8')) as PackageHeader;
    if (16 + size + length !== fileSize) throw broken(path);
    return { path, start: 16 + size, rows };
  } finally {
    closeSync(handle);
  }
}

const broken = (path: string): GatewayError =>
  new GatewayError('incorrect', `${basename(path)} cannot be used: it is no package, or cut short. Import it again.`);
