// Translating by the maps that a code system has by nature; an invented edition.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { editionOfRf2 } from '../../../../terminology/sources/rf2.js';
import { ids, sampleOptions, sampleRelease, sampleVersion } from '../../../../terminology/sources/rf2-sample.js';
import { writeEdition } from '../../../terminology/edition-file.js';
import { loadEditions } from '../../../terminology/installed-editions.js';
import { InParameters } from './in-parameters.js';
import { conceptMapTranslate } from './translate.js';

const folder = mkdtempSync(join(tmpdir(), 'translate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { stated, sections } = editionOfRf2(sampleRelease, sampleOptions);
writeEdition(folder, stated, sections);
const installed = loadEditions(folder);

const system = 'http://snomed.info/sct';
const url = `${system}?fhir_cm=${ids.replacedBy}`;
const asked = (query: Readonly<Record<string, string>>) =>
  conceptMapTranslate.run({
    parameters: InParameters.fromQuery(Object.fromEntries(Object.entries(query).map(([name, text]) => [name, [text]]))),
    acceptLanguage: undefined,
    installed,
  });

describe('$translate by an implicit map', () => {
  it('tells which version of the map and of its system was taken', () => {
    const { parameter } = asked({ url, system, code: ids.retired });
    expect(parameter).toContainEqual({ name: 'result', valueBoolean: true });
    expect(parameter).toContainEqual({ name: 'used-conceptmap', valueUri: `${url}|${sampleVersion}` });
    expect(parameter).toContainEqual({ name: 'used-system', valueUri: `${system}|${sampleVersion}` });
  });

  it('finds it by its version, and does not find another', () => {
    const version = (conceptMapVersion: string) => () => asked({ url, conceptMapVersion, system, code: ids.retired });
    expect(version(sampleVersion)().parameter).toContainEqual({ name: 'result', valueBoolean: true });
    expect(version('http://snomed.info/sct/1')).toThrow();
  });
});
