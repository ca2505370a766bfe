// The mapping compiler with everything it needs, from this installation's generated files.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeCsv } from '../../formats/csv/description.js';
import { describeHl7v2 } from '../../formats/hl7v2/description.js';
import type { Hl7v2Dictionary } from '../../formats/hl7v2/dictionary.js';
import { describeJson } from '../../formats/json/description.js';
import { mappingFunctions } from '../../mappings/functions/index.js';
import { compilePackage, type Compilation } from '../../mappings/language/compile.js';
import type { CompileEnvironment } from '../../mappings/language/environment.js';
import type { IrPackage } from '../../mappings/language/ir.js';
import type { FileSyntax } from '../../mappings/language/syntax.js';
import { valueTypes } from '../../mappings/language/value-types.js';
import type { Definitions } from '../../model/definitions.js';
import type { SourceDescription } from '../../model/source.js';
import type { CodeMap } from '../../terminology/code-map.js';
import { GatewayError } from '../../model/error.js';
import { artifactPath, sha256 } from '../definitions/artifacts.js';
import { loadCodeMaps } from '../definitions/code-maps.js';
import { readPackageSource, shippedPackages } from './package-source.js';

export interface Artifacts {
  readonly definitions: Definitions;
  readonly dictionary: Hl7v2Dictionary;
  readonly codeMaps: ReadonlyMap<string, CodeMap>;
}

/** The dictionary of a format: HL7 v2's is the same for all, CSV's is the package's own columns. */
export function describe(
  dictionary: Hl7v2Dictionary,
  format: 'hl7v2' | 'json' | 'csv',
  files: Readonly<Record<string, FileSyntax>>,
): SourceDescription {
  if (format === 'hl7v2') return describeHl7v2(dictionary);
  return format === 'json' ? describeJson() : describeCsv(files);
}

export function compileEnvironment({ definitions, dictionary, codeMaps }: Artifacts): CompileEnvironment {
  return {
    describe: (format, files) => describe(dictionary, format, files),
    definitions,
    functions: mappingFunctions,
    codeMaps,
    valueTypes,
  };
}

/** The artifacts as a package sees them: its own code maps (`valuesets/` in its folder) stand beside the shared ones. */
export function withOwnMaps(folder: string, artifacts: Artifacts): Artifacts {
  const own = join(folder, 'valuesets');
  if (!existsSync(own)) return artifacts;
  const maps = loadCodeMaps(own);
  const taken = [...maps.keys()].find((name) => artifacts.codeMaps.has(name));
  if (taken !== undefined)
    throw new GatewayError('conflict', `${own}: there is a code map "${taken}" already; choose another name.`);
  return { ...artifacts, codeMaps: new Map([...artifacts.codeMaps, ...maps]) };
}

/** Compiles the package in a folder; the one it extends is looked for beside it, then among the shipped ones. */
export function compileFolder(folder: string, shared: Artifacts): Compilation {
  const artifacts = withOwnMaps(folder, shared);
  const source = readPackageSource(folder);
  const base = /^extends:\s*["']?([^@\s"']+)@/m.exec(source.manifest.text)?.[1];
  return compilePackage(
    source,
    base === undefined ? undefined : baseSource(folder, base),
    compileEnvironment(artifacts),
  );
}

function baseSource(folder: string, name: string): ReturnType<typeof readPackageSource> | undefined {
  for (const place of [join(folder, '..', name), join(shippedPackages, name)]) {
    try {
      return readPackageSource(place);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** The canonical form has one spelling, so its text's digest is the version's identity. */
export const packageText = (ir: IrPackage): string => JSON.stringify(ir);

export interface CompiledPackage {
  readonly ir: IrPackage;
  readonly digest: string;
  /** Where the shared code maps are not all it uses. */
  readonly codeMaps?: ReadonlyMap<string, CodeMap>;
}

export const compiledName = (name: string): string => `packages/${name}.json`;

/** A shipped package as the build compiled it. */
export function loadCompiled(name: string): CompiledPackage {
  const text = readFileSync(artifactPath(compiledName(name)), 'utf8');
  return { ir: JSON.parse(text) as IrPackage, digest: sha256(text) };
}
