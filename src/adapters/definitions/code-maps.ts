// Code maps from a folder of ConceptMap files (`valuesets/`): one map a file, named as the file.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { CodeMap } from '../../terminology/code-map.js';
import { compileConceptMap } from '../../terminology/concept-map.js';
import { packageRoot, sha256 } from './artifacts.js';
import { readJsonObject } from './json-file.js';

function loadCodeMap(path: string): CodeMap {
  const text = readFileSync(path, 'utf8');
  const place = relative(packageRoot, path);
  return compileConceptMap(readJsonObject(text, place), { name: basename(path, '.json'), place, digest: sha256(text) });
}

/**
 * Every ConceptMap of a folder, by file name without `.json`, sorted.
 *
 * @param folder defaults to the project's `valuesets/`.
 * @throws GatewayError `incorrect` with file and element when a map cannot be followed.
 */
export function loadCodeMaps(folder: string = join(packageRoot, 'valuesets')): ReadonlyMap<string, CodeMap> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(files.sort().map((name) => [basename(name, '.json'), loadCodeMap(join(folder, name))]));
}
