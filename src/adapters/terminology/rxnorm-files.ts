// The files of an RxNorm release, in the folder or in its `rrf`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayError } from '../../model/error.js';
import type { RxNormKind, RxNormRelease } from '../../terminology/sources/rxnorm.js';
import { barredRows } from './release-rows.js';

/** Columns by the technical documentation, the empty one after the last bar left out. */
const files: Readonly<Record<RxNormKind, { readonly name: string; readonly width: number }>> = {
  concepts: { name: 'RXNCONSO.RRF', width: 18 },
  relations: { name: 'RXNREL.RRF', width: 16 },
  types: { name: 'RXNSTY.RRF', width: 6 },
  attributes: { name: 'RXNSAT.RRF', width: 13 },
};

/** The release in a folder. Throws a GatewayError `not-found` that names the files it lacks. */
export function rxNormRelease(folder: string, progress: (step: string) => void): RxNormRelease {
  const inner = join(folder, 'rrf');
  const place = existsSync(inner) ? inner : folder;
  const missing = Object.values(files).filter(({ name }) => !existsSync(join(place, name)));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    throw new GatewayError('not-found', `${folder} is no unpacked RxNorm release: it lacks ${names}.`);
  }
  return { progress, rows: (kind) => barredRows(join(place, files[kind].name), files[kind].width) };
}
