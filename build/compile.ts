// Writes generated/: what the gateway needs of standards and mappings, compact and ready to load. Runs after tsc
// (`npm run build`). A step whose inputs have not changed since the manifest was written is not run again.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  artifactNames,
  artifactPath,
  sha256,
  type Manifest,
  type StepRecord,
} from '../src/adapters/definitions/artifacts.js';
import { readJson } from './sources.js';
import { steps, type Files, type Step } from './steps.js';

/** The build's own compiled code is an input of every step. */
function ownDigest(): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  const files = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return sha256(
    files
      .sort()
      .map((file) => `${file} ${sha256(readFileSync(join(folder, file)))}`)
      .join('\n'),
  );
}

const isCurrent = (record: StepRecord | undefined, inputs: string): record is StepRecord =>
  record?.inputs === inputs && Object.keys(record.files).every((name) => existsSync(artifactPath(name)));

/** A reader sees the old file or the new one, never a part. */
function replaceFile(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

/** Without a manifest the build is not whole: a run that breaks off here is noticed. */
function write(files: Files): Readonly<Record<string, string>> {
  rmSync(artifactPath(artifactNames.manifest), { force: true });
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => {
      replaceFile(artifactPath(name), content);
      return [name, sha256(content)];
    }),
  );
}

async function run(step: Step, own: string, previous: StepRecord | undefined): Promise<StepRecord> {
  const inputs = sha256([own, ...step.inputs()].join('\n'));
  if (isCurrent(previous, inputs)) return previous;
  const start = Date.now();
  const files = write(await step.compile());
  console.log(`generated/ ${step.name}: ${Object.keys(files).join(', ')} in ${Date.now() - start} ms`);
  // A package that was refused is compiled again next time, whether it changed or not.
  return { inputs: process.exitCode === 1 ? 'refused' : inputs, files };
}

async function compile(): Promise<void> {
  const path = artifactPath(artifactNames.manifest);
  const previous: Manifest = existsSync(path) ? readJson<Manifest>(path) : { steps: {} };
  const own = ownDigest();
  const records: Record<string, StepRecord> = {};
  for (const step of steps) records[step.name] = await run(step, own, previous.steps[step.name]);
  const manifest: Manifest = { steps: records };
  replaceFile(path, `${JSON.stringify(manifest, null, 1)}\n`);
}

await compile();
