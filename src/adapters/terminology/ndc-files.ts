// The two files of the FDA's National Drug Code Directory.
import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayError } from '../../model/error.js';
import { ndcColumns, type NdcDirectory, type NdcKind } from '../../terminology/sources/ndc.js';
import { namedTabbedRows } from './release-rows.js';

const files: Readonly<Record<NdcKind, string>> = { product: 'product.txt', package: 'package.txt' };

// The FDA does not say what its files are encoded in. What is no UTF-8 is what Windows writes.
const encodingOf = (path: string): string => (isUtf8(readFileSync(path)) ? 'utf-8' : 'windows-1252');

/** The directory in a folder. Throws a GatewayError `not-found` that names the files it lacks. */
export function ndcDirectory(folder: string, progress: (step: string) => void): NdcDirectory {
  const missing = Object.values(files).filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0)
    throw new GatewayError('not-found', `${folder} is no unpacked NDC directory: it lacks ${missing.join(', ')}.`);
  return {
    progress,
    rows(kind) {
      const path = join(folder, files[kind]);
      return namedTabbedRows(path, ndcColumns[kind], encodingOf(path));
    },
  };
}
