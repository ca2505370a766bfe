// Compiles small mapping packages from text and runs them on small payloads.
import { createHash } from 'node:crypto';
import { loadCodeMaps } from '../../src/adapters/definitions/code-maps.js';
import { loadDefinitions } from '../../src/adapters/definitions/fhir-definitions.js';
import { loadHl7v2Dictionary } from '../../src/adapters/definitions/hl7v2-dictionary.js';
import { compileEnvironment, describe } from '../../src/adapters/packages/compiler.js';
import { readHl7v2 } from '../../src/formats/hl7v2/read.js';
import { readJson } from '../../src/formats/json/read.js';
import { mappingFunctions } from '../../src/mappings/functions/index.js';
import { compilePackage, type Compilation, type PackageSource } from '../../src/mappings/language/compile.js';
import type { IrPackage } from '../../src/mappings/language/ir.js';
import { printRefusal } from '../../src/mappings/language/refusal.js';
import { linkPackage } from '../../src/mappings/link/program.js';
import type { Envelope } from '../../src/model/envelope.js';
import type { Feed } from '../../src/model/feed.js';
import type { MappedMessage } from '../../src/model/mapped.js';

export const artifacts = {
  definitions: loadDefinitions(),
  dictionary: loadHl7v2Dictionary(),
  codeMaps: loadCodeMaps(),
};

const manifest = (format: 'hl7v2' | 'json', name: string, more = ''): string => `
package: ${name}
version: 1.0.0
owner: Test
format: ${format}
description: A package under test.
${format === 'json' ? 'messageType: [/type]' : ''}
${more}
changelog: [{ version: 1.0.0, date: 2026-01-01, change: First. }]
`;

export const packageOf = (
  format: 'hl7v2' | 'json',
  modules: readonly string[],
  name = 'lab',
  more = '',
): PackageSource => ({
  manifest: { path: `${name}/package.yaml`, text: manifest(format, name, more) },
  modules: modules.map((text, index) => ({ path: `${name}/${index + 1}.yaml`, text })),
});

export const compile = (source: PackageSource, base?: PackageSource): Compilation =>
  compilePackage(source, base, compileEnvironment(artifacts));

/** The refusals of a package, one line each. */
export function refusals(format: 'hl7v2' | 'json', ...modules: string[]): string[] {
  const compilation = compile(packageOf(format, modules));
  return compilation.ok ? [] : compilation.refusals.map(printRefusal);
}

export function compiled(source: PackageSource, base?: PackageSource): IrPackage {
  const compilation = compile(source, base);
  if (!compilation.ok) throw new Error(compilation.refusals.map(printRefusal).join('\n'));
  return compilation.package;
}

export const feed = (format: 'hl7v2' | 'json'): Feed => ({
  name: 'test',
  title: 'Test feed',
  owner: 'Test',
  format,
  mapping: 'lab@1.0.0',
  zone: 'Europe/Vienna',
  authority: 'urn:oid:2.999.1',
  namespaces: new Map([['HOSP', { uri: 'urn:oid:2.999.2' }]]),
  codeSystems: new Map(),
  limits: { bytes: 1_000_000, depth: 64 },
});

const envelope = (text: string): Envelope => ({
  bytes: Buffer.from(text),
  digest: createHash('sha256').update(text).digest('hex'),
  feed: 'test',
  receivedAt: '2026-01-01T00:00:00.000Z',
});

/** Maps the first message of a payload. */
export function map(ir: IrPackage, payload: string | object): MappedMessage {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const limits = feed(ir.format === 'json' ? 'json' : 'hl7v2').limits;
  const read =
    ir.format === 'json'
      ? readJson(envelope(text), { messageType: ir.messageType, limits })
      : readHl7v2(envelope(text), artifacts.dictionary, limits);
  const [message] = read.messages;
  if (message?.ok !== true) throw new Error(JSON.stringify(message?.issues ?? read.issues));
  const program = linkPackage(ir, {
    description: describe(artifacts.dictionary, ir.format, ir.files),
    functions: mappingFunctions,
    codeMaps: artifacts.codeMaps,
  });
  const result = program.map(message.value, feed(ir.format === 'json' ? 'json' : 'hl7v2'));
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}
