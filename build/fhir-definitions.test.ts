import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ElementModel } from '../src/model/definitions.js';
import { compileTypes } from './fhir-definitions.js';
import { readJson, readStructureDefinitions } from './sources.js';

// The reference: the R4 model of fhirpath.js, which HL7's contributors generate from the specification.
const folder = dirname(fileURLToPath(import.meta.resolve('fhirpath/fhir-context/r4')));
const reference = <T>(file: string): T => readJson<T>(join(folder, file));
type Target = string | { readonly code: string; readonly refType: readonly string[] };
const path2Type = reference<Readonly<Record<string, Target>>>('path2Type.json');
const choices = reference<Readonly<Record<string, readonly string[]>>>('choiceTypePaths.json');
const repeating = new Set(reference<readonly string[]>('path2Repeating.json'));

const types = compileTypes(readStructureDefinitions());
const byName = new Map(types.map((type) => [type.name, type]));
const elements: readonly (readonly [path: string, element: ElementModel])[] = types
  .filter(({ kind, name }) => kind !== 'primitive-type' && name !== 'Element')
  .flatMap(({ name, elements: own }) => own.map((element) => [`${name}.${element.name}`, element] as const));
const paths = new Set(elements.map(([path]) => path));

const isReferred = (path: string, { children }: ElementModel): boolean => children !== undefined && children !== path;
const sorted = (list: readonly string[]): string => [...list].sort().join();

/** Reference paths of choices spelt with one type: `Observation.valueQuantity`. */
const spelt = new Set(Object.entries(choices).flatMap(([path, codes]) => codes.map((code) => path + code)));

/** An interface, not a resource; the elements of an element; a slice of a profile. */
const notData = /^(MetadataResource|Element|ElementDefinition\.extension)\./;

function differsInType([path, { types: alternatives }]: readonly [string, ElementModel]): boolean {
  const target = path2Type[path];
  const [type] = alternatives;
  if (target === undefined || (typeof target === 'string' && target.startsWith('System.'))) return false;
  if (typeof target === 'string') return type?.code !== target;
  const targets = target.refType.includes('Resource') ? [] : target.refType;
  return type?.code !== target.code || sorted(type.targets ?? []) !== sorted(targets);
}

describe('the compiled FHIR R4 types', () => {
  it('have every path of the reference model', () => {
    const named = Object.keys(path2Type).filter((path) => /^[A-Z].*\./.test(path) && !spelt.has(path));
    const all = [...named, ...Object.keys(choices).map((path) => `${path}[x]`)];
    expect(all.filter((path) => !paths.has(path) && !notData.test(path))).toEqual([]);
  });

  it('have no path that the reference model does not have', () => {
    const added = elements.filter(
      ([path, element]) => !path.endsWith('[x]') && path2Type[path] === undefined && !isReferred(path, element),
    );
    expect(added.map(([path]) => path)).toEqual([]);
  });

  it('give every element the type and the reference targets of the reference model', () => {
    expect(elements.filter(differsInType).map(([path]) => path)).toEqual([]);
  });

  it('give every choice the types of the reference model', () => {
    const wrong = elements.filter(([path, element]) => {
      if (!path.endsWith('[x]')) return false;
      const codes = element.types.map(({ code }) => code.toLowerCase());
      return sorted(codes) !== sorted((choices[path.slice(0, -3)] ?? []).map((code) => code.toLowerCase()));
    });
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  it('repeat where the reference model says so', () => {
    const wrong = elements.filter(([path, { max }]) => path in path2Type && repeating.has(path) !== (max !== 1));
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  it('name only types that are there', () => {
    const named = elements.flatMap(([, { children, types: each }]) => [
      ...each.map(({ code }) => code),
      ...(children === undefined ? [] : [children]),
    ]);
    expect([...new Set(named)].filter((name) => !byName.has(name))).toEqual([]);
  });

  it('give ids of resources the type id and those of elements the type string', () => {
    const idOf = (type: string) => byName.get(type)?.elements.find(({ name }) => name === 'id')?.types[0]?.code;
    expect(['Patient', 'Bundle', 'HumanName', 'Patient.contact'].map(idOf)).toEqual(['id', 'id', 'string', 'string']);
  });

  it('follow content references', () => {
    const item = byName.get('Questionnaire.item')?.elements.find(({ name }) => name === 'item');
    expect(item).toMatchObject({ children: 'Questionnaire.item', max: -1, types: [{ code: 'BackboneElement' }] });
  });

  it('keep patterns that mean ASCII white space', () => {
    const pattern = new RegExp(byName.get('string')?.pattern ?? '', 'u');
    expect(['no\u00a0break', 'two\nlines', '\f'].map((text) => pattern.test(text))).toEqual([true, true, false]);
  });
});
