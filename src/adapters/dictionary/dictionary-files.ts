// The dictionary from its files. One that is wrong stops the gateway from starting, with file, line and mend.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { canonicalJson } from '../../canonical/json.js';
import { GatewayError } from '../../model/error.js';
import type { JsonObject } from '../../model/json.js';
import type { Content } from '../../terminology/content.js';
import {
  dictionaryOf,
  emptyDictionary,
  type Dictionary,
  type DictionaryConcept,
} from '../../terminology/dictionary/dictionary.js';
import { dictionaryFaults } from '../../terminology/dictionary/faults.js';
import { packageRoot, sha256 } from '../definitions/artifacts.js';
import { loadUcum } from '../definitions/ucum.js';
import { convertUnit } from '../definitions/unit-conversion.js';
import { once } from '../once.js';
import { shippedTerminology } from '../terminology/installed-editions.js';
import { readReviewed, type FilePath } from '../reviewed-file.js';
import { dictionarySchema } from './dictionary-schema.js';

const ajv = new Ajv2020({ allErrors: true });
ajvFormats.default(ajv);
const isDictionary = ajv.compile<{ concepts: readonly DictionaryConcept[] }>(dictionarySchema);

/** Of the dictionary that is shipped. */
export const dictionaryFolder: string = join(packageRoot, 'dictionary');

/**
 * Reads every `*.yaml` of a folder; a folder that is not there is an empty dictionary.
 *
 * @param content what is installed: codes of systems that are here must be theirs
 * @throws GatewayError `incorrect` with file, line and mend of all that is wrong.
 */
export function loadDictionary(content: () => Content, folder: string = dictionaryFolder): Dictionary {
  const placed = placedConcepts(folder);
  if (placed.length === 0) return emptyDictionary;
  const concepts = placed.map(({ concept }) => concept);
  const ground = { content: content(), isUcum: loadUcum(), convert: convertUnit };
  const faults = dictionaryFaults(concepts, ground).map(({ concept, path, text }) => {
    const at = placed.find((each) => each.concept === concept)!;
    return `${at.place(path)} ${text}`;
  });
  if (faults.length > 0) throw new GatewayError('incorrect', faults.join('\n'));
  return dictionaryOf(concepts);
}

/** The dictionary that is shipped, beside the terminology that is. */
export const shippedDictionary = once(() => loadDictionary(() => shippedTerminology().content));

interface PlacedConcept {
  readonly concept: DictionaryConcept;
  readonly place: (path: FilePath) => string;
}

function placedConcepts(folder: string): readonly PlacedConcept[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : [];
  return names.sort().flatMap((name) => {
    const { content, place } = readReviewed(join(folder, name), isDictionary);
    return content.concepts.map((concept, at) => ({
      concept,
      place: (path: FilePath) => place(['concepts', at, ...path]),
    }));
  });
}

/** Of all concepts, whatever file they stand in: part of the release. */
export const dictionaryDigest = ({ concepts }: Dictionary): string =>
  `sha256 ${sha256(canonicalJson({ concepts } as unknown as JsonObject))}`;
