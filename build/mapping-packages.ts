// Compiles the shipped mapping packages to their canonical form. A package that is refused fails the build.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot, sha256 } from '../src/adapters/definitions/artifacts.js';
import { loadCodeMaps } from '../src/adapters/definitions/code-maps.js';
import { loadDefinitions } from '../src/adapters/definitions/fhir-definitions.js';
import { loadHl7v2Dictionary } from '../src/adapters/definitions/hl7v2-dictionary.js';
import { compiledName, compileFolder, packageText } from '../src/adapters/packages/compiler.js';
import { packageNames, readPackageSource, shippedPackages } from '../src/adapters/packages/package-source.js';
import { printRefusal } from '../src/mappings/language/refusal.js';
import { moduleDigest } from './sources.js';

/** Everything a compiled package depends on: modules, code maps, and the compiler itself. */
export function packageInputs(): string[] {
  const sources = packageNames().map((name) => {
    const { manifest, modules } = readPackageSource(join(shippedPackages, name));
    return [manifest, ...modules].map(({ path, text }) => `${path} ${sha256(text)}`).join('\n');
  });
  const maps = [...loadCodeMaps().values()].map(({ name, digest }) => `${name} ${digest}`);
  return [...sources, ...maps, ...compilerDigests()];
}

/** The compiled code of the rooms a package's check runs through. */
function compilerDigests(): string[] {
  const rooms = [
    'formats/hl7v2',
    'formats/json',
    'formats/csv',
    'mappings/language',
    'mappings/convert',
    'mappings/functions',
  ];
  return rooms.flatMap((room) => {
    const folder = fileURLToPath(new URL(`../src/${room}/`, import.meta.url));
    const files = readdirSync(folder).filter((name) => /\.[jt]s$/.test(name) && !name.includes('.test.'));
    return files.sort().map((file) => moduleDigest(`../src/${room}/${file}`));
  });
}

/** The packages that compile; refusals of the others are printed with their places, and the build ends non-zero. */
export function compilePackages(): Record<string, string> {
  const artifacts = {
    definitions: loadDefinitions(),
    dictionary: loadHl7v2Dictionary(),
    codeMaps: loadCodeMaps(join(packageRoot, 'valuesets')),
  };
  const files: Record<string, string> = {};
  for (const name of packageNames()) {
    const compilation = compileFolder(join(shippedPackages, name), artifacts);
    if (compilation.ok) files[compiledName(name)] = packageText(compilation.package);
    else {
      for (const refusal of compilation.refusals) console.error(printRefusal(refusal));
      process.exitCode = 1;
    }
  }
  return files;
}
