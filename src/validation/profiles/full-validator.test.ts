import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { told, validatorWith } from '../../../test/validation/validator.js';
import type { JsonObject, JsonValue } from '../../model/json.js';

const root = 'http://hl7.org/fhir/StructureDefinition/';

const plain = validatorWith();

const profile = (type: string, element: readonly JsonObject[]): JsonObject => ({
  resourceType: 'StructureDefinition',
  url: 'urn:x:profile',
  type,
  kind: 'resource',
  derivation: 'constraint',
  baseDefinition: root + type,
  differential: { element },
});

const against = (definition: JsonObject, resource: JsonObject, ...more: readonly JsonObject[]): string[] =>
  told(resource, validatorWith(definition, ...more), { profiles: ['urn:x:profile'] });

const div = (content: string) => `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>`;

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  text: { status: 'generated', div: div('<p>Nora &amp; co.</p>') },
  name: [
    { family: 'Nordahl', given: ['Nora', null], _given: [null, { extension: [{ url: 'urn:x', valueCode: 'a' }] }] },
  ],
  gender: 'female',
  birthDate: '1980-02-29',
} satisfies JsonObject;

const observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'weight' },
  valueQuantity: { value: 71.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
} satisfies JsonObject;

/** A blood pressure in mm Hg. */
const bloodPressure = (systolic: JsonObject, diastolic: JsonObject): JsonObject => {
  const component = (code: string, quantity: JsonObject): JsonObject => ({
    code: { coding: [{ system: 'http://loinc.org', code }] },
    valueQuantity: { unit: 'mm Hg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]', ...quantity },
  });
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
    subject: { display: 'Nora' },
    effectiveDateTime: '2026-01-31',
    component: [component('8480-6', systolic), component('8462-4', diastolic)],
  };
};

describe('An identifier', () => {
  it('has an absolute system, and a full URI for a value where the system says so', () => {
    const identified = (system: string, value: string): string[] =>
      told({ resourceType: 'Patient', identifier: [{ system, value }] });
    expect(identified('urn:x:numbers', '1')).toEqual([]);
    expect(identified('numbers', '1')).toEqual(['validate.identifier-system Patient.identifier[0]']);
    expect(identified('urn:ietf:rfc:3986', 'urn:oid:1.2')).toEqual([]);
    expect(identified('urn:ietf:rfc:3986', '1.2')).toEqual(['validate.identifier-uri Patient.identifier[0]']);
  });
});

describe('A blood pressure, told by its LOINC code', () => {
  it('has both components, told by the codes of their codings, in mm[Hg]', () => {
    expect(told(bloodPressure({ value: 120 }, { value: 80 }))).toEqual([]);
    expect(told(bloodPressure({ value: 120 }, { value: 80, code: 'kPa' }))).toContain(
      'validate.fixed Observation.component[1].value.ofType(Quantity).code',
    );
    const { component, ...rest } = bloodPressure({ value: 120 }, { value: 80 });
    expect(told({ ...rest, component: (component as JsonObject[]).slice(0, 1) })).toEqual([
      'validate.cardinality-min Observation',
      'validate.slice-min Observation',
    ]);
  });
});

describe('A resource of the base specification', () => {
  it('that is well-made has nothing wrong', () => {
    expect(told(patient)).toEqual([]);
    expect(told(observation)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    [
      'a missing element is told where its holder stands',
      { resourceType: 'Observation', code: { text: 'a' } },
      ['validate.cardinality-min Observation'],
    ],
    ['so is one that is unknown', { ...patient, name: [{ famly: 'x' }] }, ['validate.unknown-element Patient.name[0]']],
    ['a wrong kind of JSON', { ...patient, active: 'yes' }, ['validate.wrong-type Patient.active']],
    ['a single value for a list', { ...patient, name: { family: 'x' } }, ['validate.wrong-type Patient.name']],
    [
      'a list without values',
      { ...patient, name: [{ given: [null] }] },
      ['validate.array-without-value Patient.name[0].given'],
    ],
    ['two of a choice', { ...observation, valueString: 'x' }, ['validate.cardinality-max Observation']],
    ['a code of no system', { ...patient, gender: 'fem' }, ['validate.binding Patient.gender']],
    [
      'an invariant of a backbone',
      { ...patient, contact: [{ gender: 'male' }] },
      ['validate.constraint Patient.contact[0]'],
    ],
    [
      'an invariant of a type',
      { ...patient, name: [{ period: { start: '2021', end: '2020' } }] },
      ['validate.constraint Patient.name[0].period'],
    ],
    [
      'an id that is extended',
      { ...patient, _id: { extension: [{ url: 'urn:x', valueCode: 'a' }] } },
      ['validate.id-extended Patient.id'],
    ],
    [
      'a contained resource that nobody names',
      { ...patient, contained: [{ resourceType: 'Organization', id: 'o', name: 'x' }] },
      ['validate.contained-unused Patient.contained[0]'],
    ],
    [
      'a fragment that names nothing',
      { ...patient, managingOrganization: { reference: '#o' } },
      ['validate.reference-missing Patient.managingOrganization'],
    ],
    [
      'an element id that comes twice',
      {
        ...patient,
        name: [
          { id: 'a', text: 'x' },
          { id: 'a', text: 'y' },
        ],
      },
      ['validate.id-duplicate Patient.name[1]'],
    ],
    [
      'a unit that UCUM has not',
      { ...observation, valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'fkg' } },
      ['validate.code-unknown Observation.value.ofType(Quantity).code'],
    ],
    [
      'an attachment of another size',
      { ...patient, photo: [{ contentType: 'image/png', data: 'AAAA', size: 4 }] },
      ['validate.attachment-size Patient.photo[0]'],
    ],
  ])('%s', (_, resource, expected) => {
    expect(told(resource)).toEqual(expected);
  });

  it('is never told of with what it holds', () => {
    const secret = 'Xyzzy-Canary';
    const found = plain({
      ...patient,
      gender: secret,
      name: [{ [secret]: secret }],
      text: { status: secret, div: secret },
    });
    expect(JSON.stringify(found)).not.toContain(secret);
  });

  it('has no null outside of arrays', () => {
    expect(told({ resourceType: 'Patient', active: null })).toEqual(['validate.wrong-type Patient.active']);
  });

  it('may be any JSON at all', () => {
    fc.assert(
      fc.property(
        fc.object({ maxDepth: 5, values: [fc.string(), fc.integer(), fc.constant(null), fc.boolean()] }),
        (object) => {
          const parts = JSON.parse(JSON.stringify(object)) as JsonObject;
          const resource = {
            resourceType: 'Patient',
            ...parts,
            name: Object.values(parts) as JsonValue,
            contact: [parts],
          };
          expect(Array.isArray(plain(resource))).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('Narratives', () => {
  it.each([
    ['<script>x</script>', 'validate.xhtml-element'],
    ['<p onclick="x">a</p>', 'validate.xhtml-attribute'],
    ['<p>a', 'validate.xhtml-syntax'],
    ['a &reg; b', 'validate.xhtml-entity'],
    ['<a href="#nowhere">a</a>', 'validate.xhtml-link'],
    ['<a href="urn:uuid:1">a</a>', 'validate.xhtml-scheme'],
    ['   ', 'validate.constraint'],
  ])('%s is refused', (content, code) => {
    expect(told({ ...patient, text: { status: 'generated', div: div(content) } })).toEqual([
      `${code} Patient.text.div`,
    ]);
  });

  it.each(['<p xmlns="http://www.w3.org/1999/xhtml">a</p>', '<div>a</div>', '<div xmlns="urn:x">a</div>'])(
    'are a div of XHTML, not %s',
    (text) => {
      expect(told({ ...patient, text: { status: 'generated', div: text } })).toEqual([
        'validate.xhtml-root Patient.text.div',
      ]);
    },
  );
});

describe('Extensions', () => {
  const definition = (more: JsonObject): JsonObject => ({
    ...profile('Extension', [
      { path: 'Extension.url', fixedUri: 'urn:x:profile' },
      { path: 'Extension.value[x]', type: [{ code: 'code' }] },
    ]),
    kind: 'complex-type',
    ...more,
  });
  const context = [{ type: 'element', expression: 'Patient.name' }];
  const extension = [{ url: 'urn:x:profile', valueCode: 'a' }];

  it('stand where their definition allows', () => {
    const validate = validatorWith(definition({ context }));
    expect(told({ ...patient, name: [{ extension, text: 'x' }] }, validate)).toEqual([]);
    expect(told({ ...patient, extension }, validate)).toEqual(['validate.extension-context Patient']);
  });

  it('have the value that their definition allows', () => {
    const validate = validatorWith(definition({ context: [{ type: 'element', expression: 'Element' }] }));
    expect(told({ ...patient, extension: [{ url: 'urn:x:profile', valueString: 'a' }] }, validate)).toEqual([
      'validate.type-narrowed Patient.extension[0]',
    ]);
  });

  it('of HL7 that do not exist are refused; of others they are let be', () => {
    expect(told({ ...patient, extension: [{ url: `${root}nothing-like-it`, valueCode: 'a' }] })).toEqual([
      'validate.extension-unknown Patient.extension[0]',
    ]);
    expect(told({ ...patient, extension: [{ url: 'urn:y', valueCode: 'a' }] })).toEqual([]);
  });
});

describe('Profiles', () => {
  const phone = {
    path: 'Patient.telecom',
    slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'closed' },
  };
  const sliced = profile('Patient', [
    phone,
    { path: 'Patient.telecom', sliceName: 'phone', min: 1, max: '1' },
    { id: 'Patient.telecom:phone.system', path: 'Patient.telecom.system', fixedCode: 'phone' },
    { path: 'Patient.telecom', sliceName: 'email' },
    { id: 'Patient.telecom:email.system', path: 'Patient.telecom.system', fixedCode: 'email' },
    { id: 'Patient.telecom:email.value', path: 'Patient.telecom.value', min: 1 },
  ]);
  const withTelecom = (...telecom: readonly JsonObject[]): JsonObject => ({ ...patient, telecom });

  it('slice by value', () => {
    expect(against(sliced, withTelecom({ system: 'phone', value: '1' }, { system: 'email', value: 'a@b' }))).toEqual(
      [],
    );
    expect(against(sliced, withTelecom({ system: 'phone', value: '1' }, { system: 'email' }))).toEqual([
      'validate.cardinality-min Patient.telecom[1]',
    ]);
    expect(against(sliced, withTelecom({ system: 'fax', value: '1' }))).toEqual([
      'validate.slice-unmatched Patient.telecom[0]',
      'validate.slice-min Patient',
    ]);
    expect(against(sliced, patient)).toEqual(['validate.slice-min Patient']);
  });

  it('slice a choice by type', () => {
    const definition = profile('Observation', [{ path: 'Observation.valueQuantity.unit', min: 1 }]);
    expect(against(definition, { ...observation, valueQuantity: { value: 1 } })).toEqual([
      'validate.cardinality-min Observation.value.ofType(Quantity)',
    ]);
    const { valueQuantity: _, ...rest } = observation;
    expect(against(definition, { ...rest, valueString: 'x' })).toEqual([]);
  });

  it('fix values, wholly or in part', () => {
    const definition = profile('Patient', [
      { path: 'Patient.gender', fixedCode: 'male' },
      { path: 'Patient.maritalStatus', patternCodeableConcept: { coding: [{ code: 'M' }] } },
    ]);
    const married = { coding: [{ code: 'S' }, { code: 'M', display: 'Married' }] };
    expect(against(definition, { ...patient, gender: 'male', maritalStatus: married })).toEqual([]);
    expect(against(definition, { ...patient, maritalStatus: { text: 'M' } }).sort()).toEqual([
      'validate.fixed Patient.gender',
      'validate.pattern Patient.maritalStatus',
    ]);
  });

  it('limit values', () => {
    const definition = profile('Patient', [{ path: 'Patient.birthDate', minValueDate: '1990-01-01' }]);
    expect(against(definition, patient)).toEqual(['validate.too-small Patient.birthDate']);
  });

  it('bring invariants; one that cannot be evaluated is told', () => {
    const constraint = { key: 'x-1', severity: 'error', human: 'Has a phone.' };
    const failing = profile('Patient', [
      { path: 'Patient', constraint: [{ ...constraint, expression: 'telecom.exists()' }] },
    ]);
    expect(against(failing, patient)).toEqual(['validate.constraint Patient']);
    const open = profile('Patient', [
      { path: 'Patient', constraint: [{ ...constraint, expression: 'telecom.nothing()' }] },
    ]);
    expect(against(open, patient)).toEqual(['validate.constraint-open Patient']);
  });

  it('hold where meta.profile names them, and where the specification does', () => {
    const definition = profile('Patient', [{ path: 'Patient.telecom', min: 1 }]);
    const named = { ...patient, meta: { profile: ['urn:x:profile'] } };
    expect(told(named, validatorWith(definition))).toEqual(['validate.cardinality-min Patient']);
    const weight = { ...observation, code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] } };
    expect(told(weight)).toContain('validate.cardinality-min Observation');
  });

  it('that nobody knows are told of', () => {
    expect(told(patient, plain, { profiles: ['urn:x:unknown'] })).toEqual([
      'validate.profile-required-unknown Patient',
    ]);
  });
});

describe('Terminology', () => {
  const system = {
    resourceType: 'CodeSystem',
    url: 'urn:x:cs',
    content: 'complete',
    concept: [{ code: 'a', display: 'Alpha', concept: [{ code: 'b' }] }],
  };
  const set = (filter: JsonObject): JsonObject => ({
    resourceType: 'ValueSet',
    url: 'urn:x:vs',
    compose: { include: [{ system: 'urn:x:cs', filter: [filter] }] },
  });
  const bound = profile('Observation', [
    { path: 'Observation.code', binding: { strength: 'required', valueSet: 'urn:x:vs' } },
  ]);
  const coded = (coding: JsonObject): JsonObject => ({ ...observation, code: { coding: [coding] } });

  it('checks codes and displays against systems that are known', () => {
    const validate = validatorWith(system);
    expect(told(coded({ system: 'urn:x:cs', code: 'a', display: 'ALPHA' }), validate)).toEqual([]);
    expect(told(coded({ system: 'urn:x:cs', code: 'c' }), validate)).toEqual([
      'validate.code-unknown Observation.code.coding[0].code',
    ]);
    expect(told(coded({ system: 'urn:x:cs', code: 'a', display: 'Beta' }), validate)).toEqual([
      'validate.display Observation.code.coding[0].display',
    ]);
  });

  it('checks bindings through the filters of value sets', () => {
    const below = set({ property: 'concept', op: 'descendent-of', value: 'a' });
    expect(against(bound, coded({ system: 'urn:x:cs', code: 'b' }), system, below)).toEqual([]);
    expect(against(bound, coded({ system: 'urn:x:cs', code: 'a' }), system, below)).toEqual([
      'validate.binding Observation.code',
    ]);
  });
});

describe('Bundles', () => {
  const entry = (fullUrl: string, resource: JsonObject): JsonObject => ({ fullUrl, resource });
  const bundle = (type: string, ...entries: readonly JsonObject[]): JsonObject => ({
    resourceType: 'Bundle',
    type,
    entry: entries,
  });

  it('have absolute full URLs that end as their resource says', () => {
    expect(told(bundle('collection', entry('Patient/p1', patient)))).toEqual([
      'validate.bundle-url-relative Bundle.entry[0]',
    ]);
    expect(told(bundle('collection', entry('http://x.org/Patient/p2', patient)))).toEqual([
      'validate.bundle-url-mismatch Bundle.entry[0]',
    ]);
  });

  it('resolve references for invariants and targets', () => {
    const named = { ...observation, subject: { reference: 'urn:uuid:0d5c9f2e-5b4f-4c57-9f0e-0c4f9d3f2a11' } };
    const both = (resource: JsonObject) =>
      bundle(
        'collection',
        entry('urn:uuid:0d5c9f2e-5b4f-4c57-9f0e-0c4f9d3f2a11', resource),
        entry('urn:uuid:1d5c9f2e-5b4f-4c57-9f0e-0c4f9d3f2a11', named),
      );
    expect(told(both(patient))).toEqual([]);
    expect(told(both({ resourceType: 'Organization', name: 'x' }))).toEqual([
      'validate.reference-target Bundle.entry[1].resource.subject',
    ]);
  });
});

describe('Questionnaire responses', () => {
  const form = {
    resourceType: 'Questionnaire',
    url: 'urn:x:q',
    status: 'active',
    item: [
      { linkId: 'a', type: 'choice', required: true, answerOption: [{ valueCoding: { system: 'urn:s', code: '1' } }] },
      {
        linkId: 'b',
        type: 'integer',
        enableWhen: [{ question: 'a', operator: 'exists', answerBoolean: true }],
        required: true,
      },
    ],
  } satisfies JsonObject;
  const responding = (...item: readonly JsonObject[]): string[] =>
    told(
      { resourceType: 'QuestionnaireResponse', questionnaire: 'urn:x:q', status: 'completed', item },
      validatorWith(form),
    );
  const chosen = { linkId: 'a', answer: [{ valueCoding: { system: 'urn:s', code: '1' } }] };

  it('answer what is required, with values of the type and options asked for', () => {
    expect(responding(chosen, { linkId: 'b', answer: [{ valueInteger: 3 }] })).toEqual([]);
    expect(responding(chosen)).toEqual(['validate.answer-missing QuestionnaireResponse']);
    expect(responding(chosen, { linkId: 'b', answer: [{ valueString: 'x' }] })).toEqual([
      'validate.answer-type QuestionnaireResponse.item[1].answer[0].value',
    ]);
    expect(
      responding(
        { linkId: 'a', answer: [{ valueCoding: { system: 'urn:s', code: '2' } }] },
        { linkId: 'b', answer: [{ valueInteger: 3 }] },
      ),
    ).toEqual(['validate.answer-option QuestionnaireResponse.item[0].answer[0]']);
  });

  it('have no items that the form has not', () => {
    expect(responding(chosen, { linkId: 'b', answer: [{ valueInteger: 1 }] }, { linkId: 'c' })).toEqual([
      'validate.answer-unknown-item QuestionnaireResponse',
    ]);
  });
});
