import { describe, expect, it } from 'vitest';
import { Refused, type FunctionEnvironment, type FunctionExample, type MappingFunction } from './function.js';
import { mappingFunctions } from './index.js';

const environment: FunctionEnvironment = {
  feed: {
    authority: 'urn:oid:2.999',
    zone: 'America/New_York',
    namespaces: new Map([['SITE', { uri: 'urn:oid:2.999.1' }]]),
    codeSystems: new Map([['FACILITY-CODES', 'http://site.example.org/codes']]),
  },
};

/** A result in the form examples are written in. */
function answer(mapping: MappingFunction, given: FunctionExample['given']): unknown {
  const result = mapping.run(
    given.map((text) => text ?? undefined),
    environment,
  );
  if (result instanceof Refused) return { refused: result.reason };
  return result ?? null;
}

describe.each([...mappingFunctions.values()])('$name', (mapping) => {
  it('has at least three examples and a kebab-case name', () => {
    expect(mapping.examples.length).toBeGreaterThanOrEqual(3);
    expect(mapping.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it.each(mapping.examples)('gives $gives for $given', ({ given, gives }) => {
    expect(given).toHaveLength(mapping.inputs.length);
    expect(answer(mapping, given)).toEqual(gives);
  });

  it('never puts a value into a refusal, and says nothing where nothing is given', () => {
    expect(
      answer(
        mapping,
        mapping.inputs.map(() => null),
      ),
    ).toBeNull();
    const refusal = answer(
      mapping,
      mapping.inputs.map(() => 'canary\u0007'),
    );
    expect(JSON.stringify(refusal)).not.toMatch(/refused.*canary/);
  });
});

it('names every function once', () => {
  const names = [...mappingFunctions.keys()];
  expect(new Set(names).size).toBe(names.length);
});
