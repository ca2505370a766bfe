import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDefinitions } from '../adapters/definitions/fhir-definitions.js';
import { Decimal, type JsonObject, type JsonValue, type MutableObject, type MutableValue } from '../model/json.js';
import { compileValidator } from './validator.js';

const validate = compileValidator(loadDefinitions());
const found = (resource: JsonObject): string[] =>
  validate(resource).map(({ code, expression }) => `${code} ${expression ?? ''}`);

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  meta: { lastUpdated: '2026-01-31T08:00:00.000Z', source: 'urn:feed:north' },
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Nora</div>' },
  identifier: [{ use: 'usual', system: 'urn:oid:2.999.1', value: 'A-1' }],
  active: true,
  name: [
    { family: 'Nordahl', given: ['Nora', null], _given: [null, { extension: [{ url: 'urn:x', valueCode: 'a' }] }] },
  ],
  gender: 'female',
  birthDate: '1980-02-29',
  _birthDate: {
    extension: [
      { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '1980-02-29T10:15:00+01:00' },
    ],
  },
  multipleBirthInteger: 2,
  contact: [{ relationship: [{ text: 'mother' }], telecom: [{ system: 'phone', value: '555-0100', rank: 1 }] }],
} satisfies JsonObject;

const observation = {
  resourceType: 'Observation',
  id: 'o1',
  contained: [
    { resourceType: 'Practitioner', id: 'doc', name: [{ text: 'Dr Ole' }] },
    { resourceType: 'PractitionerRole', id: 'role', practitioner: { reference: '#doc' } },
  ],
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
  subject: { reference: 'Patient/p1' },
  performer: [{ reference: '#role' }],
  effectiveDateTime: '2026-01',
  component: [
    { code: { text: 'systolic' }, valueQuantity: { value: new Decimal('120.0'), unit: 'mmHg' } },
    { code: { text: 'strip' }, valueSampledData: { origin: { value: 0 }, period: 10, dimensions: 1, data: '1 2 3' } },
  ],
} satisfies JsonObject;

const bundle = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    { fullUrl: 'urn:uuid:0d5c9f2e-5b4f-4c57-9f0e-0c4f9d3f2a11', resource: patient },
    { fullUrl: 'http://example.org/fhir/Observation/o1', resource: observation },
    {
      resource: {
        resourceType: 'Encounter',
        id: 'e1',
        status: 'finished',
        class: { code: 'AMB' },
        subject: { reference: 'urn:uuid:0d5c9f2e-5b4f-4c57-9f0e-0c4f9d3f2a11' },
      },
    },
  ],
} satisfies JsonObject;

describe('a valid resource', () => {
  it.each([
    ['a Patient with primitive extensions', patient],
    ['an Observation with components and contained resources', observation],
    ['a Bundle whose references resolve', bundle],
  ])('%s has no issue', (_, resource) => {
    expect(found(resource)).toEqual([]);
  });
});

describe('the structure', () => {
  it.each<[string, JsonObject, string]>([
    ['an unknown element', { ...patient, nickname: 'N' }, 'validate.unknown-element Patient.nickname'],
    ['an element of another type', { ...patient, valueString: 'x' }, 'validate.unknown-element Patient.valueString'],
    ['a name that is no element name', { ...patient, 'Nora Nordahl': 1 }, 'validate.unknown-element Patient'],
    ['a type that is not R4', { resourceType: 'Person2' }, 'validate.unknown-type Resource'],
    ['an abstract type', { resourceType: 'DomainResource' }, 'validate.unknown-type Resource'],
    [
      'a missing required element',
      { resourceType: 'Observation', code: { text: 'x' } },
      'validate.cardinality-min Observation',
    ],
    ['an array for a single element', { ...patient, gender: ['male'] }, 'validate.wrong-type Patient.gender'],
    ['a single value for an array', { ...patient, name: { text: 'N' } }, 'validate.wrong-type Patient.name'],
    ['an object for a primitive', { ...patient, birthDate: {} }, 'validate.wrong-type Patient.birthDate'],
    [
      'a string for a number',
      { ...patient, multipleBirthInteger: '2' },
      'validate.wrong-type Patient.multipleBirth.ofType(integer)',
    ],
    ['null', { ...patient, gender: null }, 'validate.wrong-type Patient.gender'],
    ['two values of a choice', { ...patient, multipleBirthBoolean: true }, 'validate.cardinality-max Patient'],
    ['an empty object', { ...patient, maritalStatus: {} }, 'validate.empty Patient.maritalStatus'],
    ['an empty array', { ...patient, address: [] }, 'validate.empty Patient.address'],
    ['an empty string', { ...patient, language: '' }, 'validate.empty Patient.language'],
    [
      'an attribute with extensions',
      { ...patient, _id: { extension: [{ url: 'urn:x', valueCode: 'a' }] } },
      'validate.unknown-element Patient._id',
    ],
    [
      'an extension with value and extensions',
      { ...patient, extension: [{ url: 'urn:x', valueCode: 'a', extension: [{ url: 'b', valueCode: 'c' }] }] },
      'validate.invariant Patient.extension[0]',
    ],
    [
      'an extension without either',
      { ...patient, extension: [{ url: 'urn:x' }] },
      'validate.invariant Patient.extension[0]',
    ],
  ])('refuses %s', (_, resource, issue) => {
    expect(found(resource)).toEqual([issue]);
  });

  it('places an issue by its indices', () => {
    const resource = { ...patient, contact: [{ gender: 'male' }, { telecom: [{ rank: 1 }, { rank: 0 }] }] };
    expect(found(resource)).toEqual(['validate.primitive-format Patient.contact[1].telecom[1].rank']);
  });

  it('places an issue of a contained resource and of a Bundle entry in its container', () => {
    const role = { resourceType: 'Patient', id: 'x', gender: 'm' };
    expect(found({ ...patient, contained: [role] })).toEqual(['validate.binding Patient.contained[0].gender']);
    const inBundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: role }] };
    expect(found(inBundle)).toEqual(['validate.binding Bundle.entry[0].resource.gender']);
  });

  it('accepts a required primitive that only has extensions', () => {
    const absent = {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
    };
    expect(found({ resourceType: 'Observation', _status: absent, code: { text: 'x' } })).toEqual([]);
  });

  it('stops at a depth that no resource needs', () => {
    let extension: JsonObject = { url: 'urn:x', valueCode: 'a' };
    for (let depth = 0; depth < 20_000; depth += 1) extension = { url: 'urn:x', extension: [extension] };
    const [issue, ...others] = validate({ ...patient, extension: [extension] });
    expect([issue?.code, others]).toEqual(['validate.depth', []]);
  });
});

describe('primitive formats', () => {
  const inPatient = (birthDate: JsonValue) => found({ resourceType: 'Patient', birthDate });
  const valued = (name: string, value: JsonValue) =>
    found({ resourceType: 'Patient', extension: [{ url: 'urn:x', [name]: value }] });

  it.each(['1980', '1980-02', '1980-02-29', '2000-02-29', '1999-12-31'])('a date may be %s', (date) => {
    expect(inPatient(date)).toEqual([]);
  });

  it.each(['80', '1981-02-29', '1900-02-29', '2024-04-31', '2024-13', '2024-1-1', '20240101', '2024-01-01T10:00:00Z'])(
    'a date is not %s',
    (date) => {
      expect(inPatient(date)).toEqual(['validate.primitive-format Patient.birthDate']);
    },
  );

  it.each<[string, JsonValue]>([
    ['valueDateTime', '2024-02-29T23:59:60.123-05:00'],
    ['valueInstant', '2024-02-29T23:59:59Z'],
    ['valueTime', '08:30:00'],
    ['valueInteger', -2147483648],
    ['valueInteger', new Decimal('12')],
    ['valueDecimal', 1e-7],
    ['valueDecimal', new Decimal('1.50')],
    ['valueBase64Binary', 'TWFu TWE= '],
    ['valueUuid', 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
    ['valueOid', 'urn:oid:1.2.3'],
    ['valueString', 'no\u00a0break\nline'],
    ['valueCode', 'two words'],
    ['valueUri', 'urn:x'],
  ])('%s may be %j', (name, value) => {
    expect(valued(name, value)).toEqual([]);
  });

  it.each<[string, JsonValue]>([
    ['valueDateTime', '2024-02-29T23:59'],
    ['valueDateTime', '2024-02-29T23:59:59'],
    ['valueDateTime', '2023-02-29T10:00:00Z'],
    ['valueInstant', '2024-02-29'],
    ['valueTime', '24:00:00'],
    ['valueInteger', 1.5],
    ['valueInteger', 2147483648],
    ['valueInteger', new Decimal('1.0')],
    ['valuePositiveInt', 0],
    ['valueUnsignedInt', -1],
    ['valueBase64Binary', 'TWF'],
    ['valueBase64Binary', 'TW=u'],
    ['valueUuid', 'c757873d-ec9a-4326-a141-556f43239520'],
    ['valueOid', '1.2.3'],
    ['valueCode', ' a'],
    ['valueUri', 'urn: x'],
    ['valueId', 'a_b'],
  ])('%s is not %j', (name, value) => {
    expect(valued(name, value).map((each) => each.split(' ')[0])).toEqual(['validate.primitive-format']);
  });
});

describe('required bindings', () => {
  it('hold for a code', () => {
    expect(found({ ...patient, gender: 'F' })).toEqual(['validate.binding Patient.gender']);
  });

  it('hold for one coding of a concept', () => {
    const allergy = (...coding: JsonObject[]) => ({
      resourceType: 'AllergyIntolerance',
      patient: { reference: 'Patient/p1' },
      clinicalStatus: { coding },
    });
    const system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical';
    expect(found(allergy({ system: 'urn:local', code: 'A' }, { system, code: 'active' }))).toEqual([]);
    const issue = ['validate.binding AllergyIntolerance.clinicalStatus'];
    expect(found(allergy({ system: 'urn:local', code: 'A' }))).toEqual(issue);
    expect(found(allergy({ system, code: 'A' }))).toEqual(issue);
  });

  it('name the value set, never the code', () => {
    const [issue] = validate({ ...patient, gender: 'secret' });
    expect(issue?.text).toContain('http://hl7.org/fhir/ValueSet/administrative-gender');
    expect(JSON.stringify(issue)).not.toContain('secret');
  });
});

describe('references', () => {
  const subject = (reference: string): JsonObject => ({ ...observation, subject: { reference } });

  it.each([
    'Patient/p1',
    'http://example.org/fhir/Patient/p1/_history/2',
    'urn:uuid:x',
    'Patient?identifier=urn:x|1',
    'http://example.org/any',
  ])('may be %s', (reference) => {
    expect(found(subject(reference))).toEqual([]);
  });

  it('may only name types that the element lists', () => {
    const issue = 'validate.reference-target Observation.subject.reference';
    expect(found(subject('Organization/1'))).toEqual([issue]);
    expect(found(subject('http://example.org/fhir/Organization/1'))).toEqual([issue]);
    expect(found(subject('#doc'))).toEqual([issue]);
  });

  it('name a contained resource that is there', () => {
    expect(found(subject('#nobody'))).toEqual(['validate.reference-unresolved Observation.subject.reference']);
  });

  const inBundle = (reference: string): string[] =>
    found({ ...bundle, entry: [{ resource: patient }, { resource: subject(reference) }] });

  it('of a Bundle resolve in it', () => {
    expect(['Patient/p1', 'Patient/p1/_history/1', 'http://elsewhere.example.org/Patient/9'].flatMap(inBundle)).toEqual(
      [],
    );
    const issue = 'validate.reference-unresolved Bundle.entry[1].resource.subject.reference';
    expect(['Patient/9', 'urn:uuid:0d5c9f2e-0000-4c57-9f0e-0c4f9d3f2a11'].flatMap(inBundle)).toEqual([issue, issue]);
  });

  it('of a Bundle are checked by the type of what they name', () => {
    const entry = [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Organization', id: 'o', name: 'North' } }];
    const issue = 'validate.reference-target Bundle.entry[1].resource.subject.reference';
    expect(found({ ...bundle, entry: [...entry, { resource: subject('urn:uuid:1') }] })).toEqual([issue]);
  });
});

// Laws

type Step = string | number;

/** Every place in a JSON value, by the steps that lead to it. */
const placesOf = (value: JsonValue | undefined, at: readonly Step[] = []): (readonly Step[])[] => {
  if (value instanceof Decimal || value === null || typeof value !== 'object') return [at];
  const members = Array.isArray(value)
    ? (value as readonly JsonValue[]).map((item, index) => [index, item] as const)
    : Object.entries(value as JsonObject);
  return [at, ...members.flatMap(([step, item]) => placesOf(item, [...at, step]))];
};

function replaced(value: JsonValue | undefined, [step, ...rest]: readonly Step[], change: Mutation): MutableValue {
  if (step === undefined) return change(value as JsonValue);
  const copy = (
    Array.isArray(value) ? [...(value as readonly JsonValue[])] : { ...(value as JsonObject) }
  ) as MutableObject;
  copy[step] = replaced(copy[step], rest, change);
  return copy;
}

type Mutation = (value: JsonValue) => MutableValue;

const isPlain = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);

/** Each makes any value of a valid resource wrong. */
const mutations: Readonly<Record<string, Mutation>> = {
  'an empty string': () => '',
  'an empty object': () => ({}),
  'an empty array': () => [],
  'an array in an array': (value) => [[value as MutableValue]],
  'an unknown element': (value) => (isPlain(value) ? { ...value, notAnElement: 1 } : {}),
};

describe('laws', () => {
  const whole = { ...bundle, id: 'b1' };
  const places = placesOf(whole).filter((place) => place.length > 0);

  it('finds every single mutation of a valid resource', () => {
    const place = fc.constantFrom(...places);
    const mutation = fc.constantFrom(...Object.keys(mutations));
    fc.assert(
      fc.property(place, mutation, (at, name) => {
        const mutated = replaced(whole, at, mutations[name] as Mutation) as JsonObject;
        expect(validate(mutated).length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever JSON it is given', () => {
    const names = fc.constantFrom(
      'resourceType',
      'id',
      'entry',
      'resource',
      'extension',
      '_birthDate',
      '__proto__',
      'valueX',
      'name',
    );
    const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.oneof(fc.constant(null), fc.boolean(), fc.double(), fc.string(), fc.constantFrom('Bundle', 'Patient')),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(names, fc.string()), tie('value'), { maxKeys: 4 }),
      ),
    }));
    const type = fc.constantFrom('Bundle', 'Patient', 'Observation', 'Parameters', 'Nothing');
    fc.assert(
      fc.property(type, fc.dictionary(fc.oneof(names, fc.string()), value), (resourceType, content) => {
        expect(Array.isArray(validate({ ...content, resourceType }))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses the references in which the published form finds a type that the element does not list', () => {
    const form = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
    const part = fc.constantFrom(
      'Patient',
      'Organization',
      'Nothing',
      '/',
      '/',
      '_history',
      'http://a',
      'x',
      '-',
      '_',
      ' ',
    );
    const issue = 'validate.reference-target Observation.subject.reference';
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 7 }), (parts) => {
        const reference = parts.join('');
        const isRefused = form.exec(reference)?.[1] === 'Organization';
        expect(found({ ...observation, subject: { reference } })).toEqual(isRefused ? [issue] : []);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds the same again: validation keeps nothing', () => {
    const wrong = { ...patient, gender: 'F', name: [{ given: [] }] };
    expect(found(wrong)).toEqual(found(wrong));
    expect(found(patient)).toEqual([]);
  });
});
