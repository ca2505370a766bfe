import { describe, expect, it } from 'vitest';
import { told, validatorWith } from '../../../../test/validation/validator.js';
import type { JsonObject } from '../../../model/json.js';

const searchParameter = (more: JsonObject): JsonObject => ({
  resourceType: 'SearchParameter',
  url: 'urn:x:search',
  name: 'Search',
  status: 'draft',
  description: 'Finds them.',
  code: 'name',
  base: ['Organization'],
  type: 'string',
  expression: 'Organization.name | Organization.alias',
  ...more,
});

describe('A SearchParameter', () => {
  it('has an expression that starts from its bases', () => {
    expect(told(searchParameter({}))).toEqual([]);
    expect(told(searchParameter({ base: ['Patient'] }))).toEqual([
      'validate.search-expression SearchParameter.expression',
    ]);
    expect(told(searchParameter({ expression: 'Organization.name |' }))).toEqual([
      'validate.search-expression SearchParameter.expression',
    ]);
    expect(told(searchParameter({ base: ['Resource'], expression: 'Patient.name | id' }))).toEqual([]);
  });

  it('has the type and no more bases than the one it is derived from', () => {
    const derivedFrom = 'http://hl7.org/fhir/SearchParameter/Organization-name';
    expect(told(searchParameter({ derivedFrom }))).toEqual([]);
    expect(told(searchParameter({ derivedFrom, type: 'token' }))).toEqual(['validate.search-type SearchParameter']);
    const further = { derivedFrom, base: ['Organization', 'Patient'] };
    expect(told(searchParameter(further))).toEqual(['validate.search-base SearchParameter']);
  });
});

describe('A CapabilityStatement', () => {
  it('gives search parameters the type of their definition', () => {
    const statement = (type: string): JsonObject => ({
      resourceType: 'CapabilityStatement',
      status: 'draft',
      date: '2026-01-31',
      kind: 'requirements',
      description: 'What a server can.',
      fhirVersion: '4.0.1',
      format: ['json'],
      rest: [
        { mode: 'server', resource: [{ type: 'Patient', searchParam: [{ name: 'birthdate', definition, type }] }] },
      ],
    });
    const definition = 'http://hl7.org/fhir/SearchParameter/individual-birthdate';
    expect(told(statement('date'))).toEqual([]);
    expect(told(statement('token'))).toEqual([
      'validate.search-type CapabilityStatement.rest[0].resource[0].searchParam[0]',
    ]);
  });
});

describe('A StructureDefinition', () => {
  const definition = (...element: readonly JsonObject[]): JsonObject => ({
    resourceType: 'StructureDefinition',
    url: 'urn:x:profile',
    name: 'Profile',
    status: 'draft',
    kind: 'resource',
    abstract: false,
    type: 'Observation',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Observation',
    derivation: 'constraint',
    differential: { element: element.map((each) => ({ id: each.path!, ...each })) },
  });
  const typed = (code: string, profile: string): JsonObject => ({
    path: 'Observation.value[x]',
    type: [{ code, profile: [`http://hl7.org/fhir/StructureDefinition/${profile}`] }],
  });

  it('names profiles of the type of the element', () => {
    expect(told(definition(typed('Quantity', 'SimpleQuantity')))).toEqual([]);
    expect(told(definition(typed('Quantity', 'bodyweight')))).toEqual([
      'validate.profile-type StructureDefinition.differential.element[0].type[0].profile[0]',
    ]);
  });

  it('has discriminators that lead to an element, and no slicing at the root', () => {
    const sliced = (path: string, ...discriminators: readonly string[]): JsonObject => ({
      path,
      slicing: { rules: 'open', discriminator: discriminators.map((each) => ({ type: 'value', path: each })) },
    });
    expect(told(definition(sliced('Observation.component', 'code.coding.code', '$this', 'value')))).toEqual([]);
    expect(told(definition(sliced('Observation.subject', 'resolve().name')))).toEqual([]);
    expect(told(definition(sliced('Observation.component', 'code.kind')))).toEqual([
      'validate.discriminator-path StructureDefinition.differential.element[0].slicing.discriminator[0]',
    ]);
    expect(told(definition(sliced('Observation', 'code')))).toContain(
      'validate.slicing-root StructureDefinition.differential.element[0]',
    );
  });
});

describe('A ValueSet', () => {
  const system = {
    resourceType: 'CodeSystem',
    url: 'urn:x:codes',
    status: 'draft',
    content: 'complete',
    property: ['Coding', 'integer', 'boolean', 'decimal', 'dateTime', 'string'].map((type) => ({ code: type, type })),
  };
  const filtered = (of: string, property: string, value: string, op = '='): string[] =>
    told(
      {
        resourceType: 'ValueSet',
        status: 'draft',
        compose: { include: [{ system: of, filter: [{ property, op, value }] }] },
      },
      validatorWith(system),
    );
  const wrong = ['validate.filter-value ValueSet.compose.include[0].filter[0]'];

  it.each([
    ['Coding', 'urn:y|1#a', 'a'],
    ['integer', 'lt2', 'two'],
    ['decimal', '2.50', '2,5'],
    ['boolean', 'true', 'yes'],
    ['dateTime', '2026-01', '31.1.2026'],
  ])('filters a property of the type %s by %s, not by %s', (type, right, other) => {
    expect(filtered('urn:x:codes', type, right)).toEqual([]);
    expect(filtered('urn:x:codes', type, other)).toEqual(wrong);
    expect(filtered('urn:x:codes', type, other, 'regex')).toEqual([]);
  });

  it('filters SNOMED CT by expressions that can be read', () => {
    expect(filtered('http://snomed.info/sct', 'constraint', '<< 73211009')).toEqual([]);
    expect(filtered('http://snomed.info/sct', 'constraint', '73211009 << 73211009')).toEqual(wrong);
  });

  it('lists codes that have the form of their system', () => {
    const listed = (code: string): string[] =>
      told({
        resourceType: 'ValueSet',
        status: 'draft',
        compose: { include: [{ system: 'http://snomed.info/sct', concept: [{ code }] }] },
      });
    expect(listed('73211009')).toEqual([]);
    expect(listed('73211008')).toEqual(['validate.code-unknown ValueSet.compose.include[0].concept[0]']);
  });
});

describe('A CodeSystem', () => {
  const system = (more: JsonObject): JsonObject => ({
    resourceType: 'CodeSystem',
    status: 'draft',
    content: 'complete',
    concept: [{ code: 'a', concept: [{ code: 'b' }] }],
    ...more,
  });

  it('that is complete has as many concepts as it says', () => {
    expect(told(system({ count: 2 }))).toEqual([]);
    expect(told(system({ count: 1 }))).toEqual(['validate.system-count CodeSystem.count']);
    expect(told(system({ count: 9, content: 'fragment' }))).toEqual([]);
  });
});

describe('A ConceptMap', () => {
  it('maps codes of its source to codes of its target', () => {
    const mapped = (code: string, target: string): string[] =>
      told({
        resourceType: 'ConceptMap',
        status: 'draft',
        group: [
          {
            source: 'http://hl7.org/fhir/administrative-gender',
            target: 'http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender',
            element: [{ code, target: [{ code: target, equivalence: 'equal' }] }],
          },
        ],
      });
    expect(mapped('male', 'M')).toEqual([]);
    expect(mapped('man', 'man')).toEqual([
      'validate.code-unknown ConceptMap.group[0].element[0].code',
      'validate.code-unknown ConceptMap.group[0].element[0].target[0].code',
    ]);
  });
});

describe('A Questionnaire', () => {
  it('has conditions about other questions of the form', () => {
    const form = (question: string): string[] =>
      told({
        resourceType: 'Questionnaire',
        status: 'draft',
        item: [
          { linkId: 'a', type: 'group', item: [{ linkId: 'b', type: 'boolean' }] },
          {
            linkId: 'c',
            type: 'string',
            enableWhen: [{ question, operator: 'exists', answerBoolean: true }],
          },
        ],
      });
    expect(form('b')).toEqual([]);
    for (const other of ['c', 'd'])
      expect(form(other)).toEqual(['validate.condition-question Questionnaire.item[1].enableWhen[0]']);
  });
});

describe('The composition of a ValueSet', () => {
  const computed = (expression: JsonObject): JsonObject => ({
    resourceType: 'ValueSet',
    url: 'urn:x:computed',
    status: 'draft',
    extension: [
      {
        url: 'http://hl7.org/fhir/tools/StructureDefinition/valueset-parameter',
        extension: [{ url: 'name', valueCode: 'p-inactive' }],
      },
    ],
    compose: {
      include: [
        {
          system: 'urn:x:codes',
          filter: [
            {
              property: 'inactive',
              op: '=',
              _value: {
                extension: [
                  {
                    url: 'http://hl7.org/fhir/StructureDefinition/cqf-expression',
                    valueExpression: { language: 'text/fhirpath', ...expression },
                  },
                ],
              },
            },
          ],
        },
      ],
    },
  });
  const place = 'ValueSet.compose.include[0].filter[0].value.extension[0].value.ofType(Expression)';
  const expressions = (expression: JsonObject): string[] =>
    told(computed(expression)).filter((each) => each.startsWith('validate.filter-expression'));

  it.each([
    ['a parameter that it declares', { expression: '%p-inactive' }, []],
    ['a parameter that nobody declares', { expression: '%p-active' }, [`validate.filter-expression ${place}`]],
    ['what is no FHIRPath', { expression: '$ and %p-inactive' }, [`validate.filter-expression ${place}`]],
    ['another language', { expression: '%p-inactive', language: 'text/cql' }, [`validate.filter-expression ${place}`]],
  ])('may compute the value of a filter: %s', (_shows, expression, expected) => {
    expect(expressions(expression)).toEqual(expected);
  });

  it('cannot be evaluated where it is modified, nor can one that takes from it', () => {
    const valueSet = (url: string, include: JsonObject): JsonObject => ({
      resourceType: 'ValueSet',
      url,
      status: 'draft',
      compose: { include: [include] },
    });
    const modifierExtension = [{ url: 'urn:x:modifier', valueBoolean: true }];
    const filter = [{ property: 'concept', op: 'is-a', value: 'a', modifierExtension }];
    const profile: JsonObject = {
      resourceType: 'StructureDefinition',
      url: 'urn:x:bound',
      kind: 'resource',
      type: 'Patient',
      derivation: 'constraint',
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
      differential: {
        element: [{ path: 'Patient.maritalStatus', binding: { strength: 'required', valueSet: 'urn:x:outer' } }],
      },
    };
    const validate = validatorWith(
      valueSet('urn:x:inner', { system: 'urn:x:codes', filter }),
      valueSet('urn:x:outer', { valueSet: ['urn:x:inner'] }),
      profile,
    );
    const patient = { resourceType: 'Patient', maritalStatus: { coding: [{ system: 'urn:x:codes', code: 'a' }] } };
    expect(told(patient, validate, { profiles: ['urn:x:bound'] })).toEqual([
      'validate.value-set-modified Patient.maritalStatus',
    ]);
  });
});

describe('What a search found', () => {
  const found = (url: string, ...entries: readonly JsonObject[]): JsonObject => ({
    resourceType: 'Bundle',
    type: 'searchset',
    link: [{ relation: 'self', url }],
    entry: entries.map((each, at) => ({ fullUrl: `urn:uuid:0000000${at}-0000-4000-8000-000000000000`, ...each })),
  });
  const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'informational' }] };
  const entry = (resource: JsonObject, mode: string): JsonObject => ({ resource, search: { mode } });

  it('is of a type that was searched, of one or of several', () => {
    const person = entry({ resourceType: 'Person', id: '1' }, 'match');
    expect(told(found('http://x.org/Person?name=a', person))).toEqual([]);
    expect(told(found('http://x.org?name=a&_type=Patient,Person', person))).toEqual([]);
    expect(told(found('http://x.org?name=a', person))).toEqual([]);
    expect(told(found('http://x.org?_type=Patient,Group&name=a', person))).toEqual([
      'validate.bundle-match Bundle.entry[0].resource',
    ]);
  });

  it('has an id, but for what is told of the search itself', () => {
    expect(told(found('http://x.org/Person?name=a', entry(outcome, 'outcome')))).toEqual([]);
    expect(told(found('http://x.org/OperationOutcome?a=b', entry(outcome, 'match')))).toEqual([
      'validate.bundle-id Bundle.entry[0].resource',
    ]);
  });
});
