// Every refusal of the mapping compiler, with the place it names (docs/language.md, What the compiler refuses).
import { describe, expect, it } from 'vitest';
import { compile, packageOf, refusals } from './workbench.js';

const patient = (rule: string, more = ''): string => `module: Person[Patient]
source: { format: json, object: Person }
target: { type: Patient }
${more}
rules:
  - ${rule}
`;

const observation = (rule: string): string => `module: OBX[Observation]
source: { format: hl7v2, segment: OBX }
target: { type: Observation }
rules:
  - { id: status, from: OBX-11, to: status, assumed: final, because: test }
  - { id: code, from: OBX-3, to: code.text }
  - ${rule}
`;

const cases: readonly [string, 'json' | 'hl7v2', string, RegExp][] = [
  [
    'an unknown v2 component',
    'hl7v2',
    observation('{ id: x, from: OBX-99, to: valueString }'),
    /OBX\[Observation\]#x: OBX has no field 99/,
  ],
  [
    'an unknown FHIR element',
    'json',
    patient('{ id: x, from: /a, to: birthdate }'),
    /lab\/1\.yaml:6:\d+ Person\[Patient\]#x: Patient has no element "birthdate"\. Did you mean "birthDate"\?/,
  ],
  [
    'an issue that is not in the catalogue',
    'hl7v2',
    observation('{ id: x, from: OBX-5, issue: map.no-such-code }'),
    /"map\.no-such-code" is no issue code/,
  ],
  [
    'a converter whose result does not fit',
    'json',
    patient('{ id: x, from: /a, to: birthDate, as: boolean }'),
    /A boolean does not fit the element, a date/,
  ],
  [
    'text into a complex element',
    'json',
    patient('{ id: x, from: /a, to: name }'),
    /The element is a HumanName; text cannot become one/,
  ],
  [
    'a required binding without a map',
    'json',
    patient('{ id: x, from: /a, to: gender }'),
    /required binding .* and no map/,
  ],
  [
    'a code outside the value set',
    'json',
    patient('{ id: x, from: /a, to: gender, fixed: weiblich }'),
    /"weiblich" is not in the element's value set/,
  ],
  [
    'an unknown code map',
    'json',
    patient('{ id: x, from: /a, to: gender, translate: { map: nothing } }'),
    /no code map "nothing"/,
  ],
  [
    'a map whose targets the element does not allow',
    'json',
    patient('{ id: x, from: /a, to: gender, translate: { map: marital-status } }'),
    /which the element's value set does not have/,
  ],
  [
    "the original code passed off as the target's",
    'json',
    patient('{ id: x, from: /a, to: gender, translate: { map: administrative-sex, unmapped: pass-original } }'),
    /cannot keep the original code/,
  ],
  [
    'an unknown module',
    'json',
    patient('{ id: x, from: /a, to: name, use: "Nome[HumanName]" }'),
    /no module "Nome\[HumanName\]"/,
  ],
  ['an unknown function', 'json', patient('{ id: x, from: /a, to: birthDate, call: guess }'), /no function "guess"/],
  [
    'a function whose result does not fit',
    'json',
    patient('{ id: x, from: /a, to: birthDate, call: yes-no }'),
    /yes-no gives a boolean; the element is a date/,
  ],
  [
    'a repeating source into a single element',
    'hl7v2',
    observation('{ id: x, from: OBX-5, to: valueString }'),
    /OBX-5 repeats, but valueString takes one value\. Say expect: only/,
  ],
  [
    'an assumed value without a reason',
    'json',
    patient('{ id: x, from: /a, to: active, assumed: true }'),
    /An assumed value needs its reason/,
  ],
  [
    'two rules of one id',
    'json',
    patient('{ id: x, from: /a, to: active }\n  - { id: x, from: /b, to: birthDate }'),
    /The id "x" stands twice/,
  ],
  [
    'an identity without an authority',
    'json',
    patient('{ id: x, from: /a, to: birthDate }', 'identity: { key: [/id] }'),
    /The key has no authority/,
  ],
  [
    'a switch over OBX-2 that misses a type',
    'hl7v2',
    observation('{ id: x, switch: OBX-2, cases: { ST: { from: OBX-5, expect: only, to: valueString } } }'),
    /value types AD, .* of table 0125 are not handled/,
  ],
  [
    'a required element nobody writes',
    'hl7v2',
    'module: OBX[Observation]\nsource: { format: hl7v2, segment: OBX }\ntarget: { type: Observation }\nrules:\n  - { id: x, from: OBX-3, to: code.text }',
    /Observation\.status is required and no rule writes it/,
  ],
  [
    'a reference to a type the element does not allow',
    'json',
    patient('{ id: x, from: /a, to: managingOrganization, refer: Patient }'),
    /may refer to Organization, not to Patient/,
  ],
  [
    'a condition that cannot be read',
    'json',
    patient('{ id: x, when: "/a equals 1", from: /a, to: birthDate }'),
    /The condition .*does not expect "equals"/,
  ],
  [
    'an unknown parameter',
    'json',
    patient('{ id: x, when: "$sex = \'F\'", from: /a, to: birthDate }'),
    /no parameter "sex"/,
  ],
  [
    'a word that is not of the language',
    'json',
    patient('{ id: x, frm: /a, to: birthDate }'),
    /"frm" is not a word of the language/,
  ],
  ['a rule that does nothing', 'json', patient('{ id: x, from: /a }'), /The rule does nothing/],
  ['broken YAML', 'json', 'module: [', /Not well-formed YAML/],
];

describe('the compiler refuses', () => {
  it.each(cases)('%s', (_name, format, module, expected) => {
    expect(refusals(format, module).join('\n')).toMatch(expected);
  });

  it('an orphan override', () => {
    const base = packageOf('json', [patient('{ id: x, from: /a, to: birthDate }')], 'base');
    const site = packageOf(
      'json',
      [
        'module: site\nextends: base/Person[Patient]@1.0.0\nrules:\n  - { id: y, override: true, from: /b, to: birthDate }',
      ],
      'site',
      'extends: base@1.0.0',
    );
    const compilation = compile(site, base);
    expect(compilation.ok ? [] : compilation.refusals.map(({ reason }) => reason)).toEqual([
      'The rule "y" overrides nothing: the base module has no rule of that id.',
    ]);
  });

  it('an extended package of another version', () => {
    const base = packageOf('json', [patient('{ id: x, from: /a, to: birthDate }')], 'base');
    const compilation = compile(packageOf('json', [], 'site', 'extends: base@2.0.0'), base);
    expect(compilation.ok).toBe(false);
  });

  it('nothing of a module that is right', () => {
    expect(refusals('json', patient('{ id: x, from: /a, to: birthDate }'))).toEqual([]);
  });
});
