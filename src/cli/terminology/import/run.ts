// What every import does: tells its steps, writes the edition, says where it is.
import { Option } from 'commander';
import { statSync } from 'node:fs';
import { loadConfig } from '../../../adapters/config.js';
import { writeEdition } from '../../../adapters/terminology/edition-file.js';
import { terminologyFolder } from '../../../adapters/terminology/installed-editions.js';
import { GatewayError } from '../../../model/error.js';
import type { BuiltEdition } from '../../../terminology/sources/built-edition.js';

/** Told what is done next. */
export type Progress = (step: string) => void;

export const toOption = (): Option =>
  new Option('--to <folder>', 'where to put the edition; default: where the gateway reads them');

export const killed = 'An import that is killed leaves nothing behind; run it again.';

/** Steps are told with the time they begin at. */
export function tellingSteps(): { readonly tell: Progress; readonly seconds: () => string } {
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  return { seconds, tell: (step) => process.stderr.write(`${seconds().padStart(7)} s  ${step}\n`) };
}

/**
 * @param path a folder, or a file where that is what the release is.
 * @param read makes the edition of the release.
 */
export function runImport(
  path: string,
  to: string | undefined,
  read: (progress: Progress) => BuiltEdition,
  kind: 'folder' | 'file' = 'folder',
): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!(kind === 'folder' ? found?.isDirectory() : found?.isFile()))
    throw new GatewayError('not-found', `${path} is not a ${kind}.`);
  const { tell, seconds } = tellingSteps();
  const { stated, sections } = read(tell);
  tell('writing');
  const written = writeEdition(to ?? terminologyFolder(loadConfig(process.env)), stated, sections);
  process.stdout.write(
    `${stated.concepts} concepts of ${stated.url}|${stated.version} in ${written}, ${seconds()} s\n`,
  );
}
