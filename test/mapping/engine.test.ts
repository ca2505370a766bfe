// What the compiled rules do, feature by feature of docs/language.md.
import { describe, expect, it } from 'vitest';
import { compiled, map, packageOf } from './workbench.js';

const message = (...rules: string[]): string => `module: message
source: { format: json, event: [T] }
rules:
${rules.map((rule) => `  - ${rule}`).join('\n')}
`;
const person = (rules: readonly string[], more = ''): string => `module: Person[Patient]
source: { format: json, object: Person }
target: { type: Patient }
${more}
rules:
${rules.map((rule) => `  - ${rule}`).join('\n')}
`;
const whole = message('{ id: m.p, from: ., use: "Person[Patient]", into: "Patient[1]" }');

const mapPerson = (rules: readonly string[], payload: object, more = '') => {
  const mapped = map(compiled(packageOf('json', [whole, person(rules, more)])), { type: 'T', ...payload });
  return { ...mapped, content: mapped.resources[0]?.content };
};
const codes = (issues: readonly { code: string }[]): string[] => issues.map(({ code }) => code);

describe('a rule that converts', () => {
  it('keeps the precision of dates and decimals', () => {
    const { content } = mapPerson(
      [
        '{ id: b, from: /born, to: birthDate }',
        '{ id: e, from: /x, to: "extension(http://example.org/x).valueDecimal" }',
      ],
      { born: '1980-05', x: '1.50' },
    );
    expect(content).toMatchObject({
      birthDate: '1980-05',
      extension: [{ url: 'http://example.org/x', valueDecimal: { text: '1.50' } }],
    });
  });

  it('gives a time without offset the feed zone, and says so', () => {
    const { content, issues } = mapPerson(['{ id: d, from: /died, to: deceasedDateTime }'], {
      died: '2026-07-01T10:30',
    });
    expect(content).toEqual({ deceasedDateTime: '2026-07-01T10:30:00+02:00' });
    expect(codes(issues)).toEqual(['time.assumed-zone']);
  });

  it('leaves out what is no such value, says where it stood, and keeps it as a residual', () => {
    const { content, issues, residuals } = mapPerson(
      ['{ id: b, from: /born, to: birthDate }', '{ id: a, from: /on, to: active }'],
      { born: 'May', on: true },
    );
    expect(content).toEqual({ active: true });
    expect(issues[0]).toMatchObject({ code: 'time.bad', position: { path: '/born' }, rule: 'lab/Person[Patient]#b' });
    expect(residuals.map(({ path }) => path)).toContain('/born');
  });
});

describe('a rule that picks', () => {
  it('takes the only value, and reports a second', () => {
    const { content, issues, residuals } = mapPerson(['{ id: b, from: "/born/*", expect: only, to: birthDate }'], {
      born: ['1980', '1981'],
    });
    expect(content).toEqual({ birthDate: '1980' });
    expect(codes(issues)).toContain('map.more-than-one');
    expect(residuals.map(({ position }) => position.path)).toContain('/born/1');
  });

  it('filters by where', () => {
    const { content } = mapPerson(
      [`{ id: b, from: "/born/*", where: ". starts with '19'", expect: first, to: birthDate }`],
      { born: ['2001', '1981'] },
    );
    expect(content).toEqual({ birthDate: '1981' });
  });
});

describe('targets', () => {
  it('rules with one key write one item, rules without open new ones', () => {
    const { content } = mapPerson(
      [
        '{ id: f, from: /last, to: "name[a].family" }',
        '{ id: g, from: /first, to: "name[a].given" }',
        '{ id: h, from: /alias, to: name.text }',
      ],
      { last: 'Doe', first: ['Ann', 'Bea'], alias: ['A', 'B'] },
    );
    expect(content).toEqual({ name: [{ family: 'Doe', given: ['Ann', 'Bea'] }, { text: 'A' }, { text: 'B' }] });
  });

  const pair = `module: Pair[Coding]
source: { format: json, object: Pair }
target: { type: Coding }
rules:
  - { id: c, from: /code, to: code }
  - { id: d, from: /text, to: display }
`;
  const mapTags = (...rules: string[]) => {
    const mapped = map(compiled(packageOf('json', [whole, pair, person(rules)])), {
      ...{ type: 'T', pair: { code: 'x', text: 'X' }, version: '2', code: 'y' },
    });
    const issues = mapped.issues.map(({ code, position }) => ({ code, path: position?.path }));
    return { content: mapped.resources[0]?.content, issues, residuals: mapped.residuals.map(({ path }) => path) };
  };
  const wholeTag = '{ id: w, from: /pair, to: "meta.tag[t]", use: "Pair[Coding]" }';

  it('what a module writes as an item takes parts after it, of which one that stands is an issue', () => {
    const { content, issues, residuals } = mapTags(
      wholeTag,
      '{ id: v, from: /version, to: "meta.tag[t].version" }',
      '{ id: c, from: /code, to: "meta.tag[t].code" }',
    );
    expect(content).toEqual({ meta: { tag: [{ code: 'x', display: 'X', version: '2' }] } });
    expect(issues).toEqual([{ code: 'map.already-written', path: '/code' }]);
    expect(residuals).toEqual(['/type', '/code']);
  });

  it('a module writes an item whole or not: where a part stands, its value is residual, and an issue says so', () => {
    const { content, issues, residuals } = mapTags('{ id: v, from: /version, to: "meta.tag[t].version" }', wholeTag);
    expect(content).toEqual({ meta: { tag: [{ version: '2' }] } });
    expect(issues).toEqual([{ code: 'map.already-written', path: '/pair' }]);
    expect(residuals).toEqual(['/type', '/pair/code', '/pair/text', '/code']);
  });

  it('a key means an item of the element it stands in: what is opened anew has its own', () => {
    const coding = (url: string) => `extension(http://example.org/${url}).valueCodeableConcept.coding[c].code`;
    const { content } = mapPerson(
      [
        `{ id: x, from: /x, to: "${coding('x')}" }`,
        `{ id: y, from: /y, to: "${coding('y')}" }`,
        '{ id: p, from: /phone, to: "contact.telecom[t].value" }',
      ],
      { x: 'X', y: 'Y', phone: ['1', '2'] },
    );
    expect(content).toEqual({
      extension: [
        { url: 'http://example.org/x', valueCodeableConcept: { coding: [{ code: 'X' }] } },
        { url: 'http://example.org/y', valueCodeableConcept: { coding: [{ code: 'Y' }] } },
      ],
      contact: [{ telecom: [{ value: '1' }] }, { telecom: [{ value: '2' }] }],
    });
  });

  it('an extension has a value or extensions, and no value of it is overwritten', () => {
    const url = 'http://example.org/x';
    const { content } = mapPerson(
      [
        `{ id: a, from: /a, to: "extension(${url}).extension(a).valueString" }`,
        `{ id: v, from: /v, to: "extension(${url}).valueString" }`,
        `{ id: b, from: /b, to: "extension(${url}).extension(b).valueString" }`,
      ],
      { a: 'A', b: 'B', v: ['1', '2'] },
    );
    expect(content).toEqual({
      extension: [
        {
          url,
          extension: [
            { url: 'a', valueString: 'A' },
            { url: 'b', valueString: 'B' },
          ],
        },
        { url, valueString: '1' },
        { url, valueString: '2' },
      ],
    });
  });

  it('an item per place, with rules of its own', () => {
    const { content } = mapPerson(
      [
        '{ id: c, each: /contacts, to: contact, rules: [{ id: c.n, from: /name, to: name.text }, { id: c.g, from: /sex, to: gender, translate: { map: administrative-sex } }] }',
      ],
      {
        contacts: [{ name: 'A', sex: 'F' }, { name: 'B' }, {}],
      },
    );
    expect(content).toEqual({ contact: [{ name: { text: 'A' }, gender: 'female' }, { name: { text: 'B' } }] });
  });

  it('an element that is written stays; a fallback is then not needed', () => {
    const rules = ['{ id: a, from: /a, to: birthDate }', '{ id: b, from: /b, to: birthDate }'];
    const { content, issues } = mapPerson(rules, { a: '1980', b: '1981' });
    expect(content).toEqual({ birthDate: '1980' });
    expect(codes(issues)).toContain('map.already-written');
    const fallback = mapPerson([rules[0] ?? '', '{ id: b, from: /b, to: birthDate, fallback: true }'], {
      a: '1980',
      b: '1981',
    });
    expect(codes(fallback.issues)).toEqual([]);
    expect(fallback.residuals.map(({ path }) => path)).toContain('/b');
  });
});

describe('constants', () => {
  it('never bring an element into being', () => {
    const rules = [
      '{ id: a, to: active, assumed: true, because: everybody is }',
      '{ id: b, from: /born, to: birthDate }',
    ];
    expect(mapPerson(rules, {}).resources).toEqual([]);
    const { content, resources } = mapPerson(rules, { born: '1980' });
    expect(content).toEqual({ birthDate: '1980', active: true });
    expect(resources[0]?.counts).toEqual({ sourced: 1, fixed: 0, assumed: 1 });
  });
});

describe('a rule that qualifies', () => {
  const rules = [
    '{ id: g, from: /sex, to: gender, qualifies: true, translate: { map: administrative-sex } }',
    '{ id: b, from: /born, to: birthDate }',
  ];

  it('writes where another brings the element into being, whatever their order', () => {
    const { content, residuals } = mapPerson(rules, { sex: 'F', born: '1980' });
    expect(content).toEqual({ birthDate: '1980', gender: 'female' });
    expect(residuals.map(({ path }) => path)).toEqual(['/type']);
  });

  it('writes nothing by itself: its value is residual', () => {
    const { resources, residuals } = mapPerson(rules, { sex: 'F' });
    expect(resources).toEqual([]);
    expect(residuals.map(({ path }) => path)).toEqual(['/type', '/sex']);
  });

  it('qualifies what another module wrote into the same resource', () => {
    const contact = person(['{ id: b, from: /born, to: birthDate }']);
    const sex = person([rules[0] ?? ''])
      .replace('Person[Patient]', 'Sex[Patient]')
      .replace('Person }', 'Sex }');
    const both = message(
      '{ id: m.p, from: ., use: "Person[Patient]", into: "Patient[1]" }',
      '{ id: m.s, from: ., use: "Sex[Patient]", into: "Patient[1]" }',
    );
    const ir = compiled(packageOf('json', [both, contact, sex]));
    expect(map(ir, { type: 'T', sex: 'F', born: '1980' }).resources[0]?.content).toEqual({
      birthDate: '1980',
      gender: 'female',
    });
  });
});

describe('translation', () => {
  it('of a code without a row holds the message where the binding is required', () => {
    const { content, issues } = mapPerson(
      ['{ id: g, from: /sex, to: gender, translate: { map: administrative-sex } }'],
      { sex: '?' },
    );
    expect(content).toBeUndefined();
    expect(issues).toMatchObject([
      { code: 'terminology.unmapped-held', severity: 'error', position: { path: '/sex' } },
    ]);
  });

  it('notes a code without a row: its system, what the sender calls it, and where it stands', () => {
    const sex = mapPerson(['{ id: g, from: /sex, to: gender, translate: { map: administrative-sex } }'], { sex: '?' });
    const table = 'http://terminology.hl7.org/CodeSystem/v2-0001';
    expect(sex.unmapped).toEqual([
      { map: 'administrative-sex', system: table, code: '?', position: { path: '/sex', offset: 18 } },
    ]);
    const pid =
      'module: "PID[Patient]"\nsource: { format: hl7v2, segment: PID }\ntarget: { type: Patient }\nidentity: message\n' +
      'rules:\n  - { id: m, from: PID-16, to: maritalStatus, translate: { map: marital-status } }\n';
    const adt =
      'module: ADT\nsource: { format: hl7v2, structure: ["*"] }\nrules:\n  - { id: p, from: PID, expect: first, use: "PID[Patient]", into: "Patient[1]" }\n';
    const message = `MSH|^~\\&|A|B|C|D|20260101||ADT^A08|1|P|2.5\rPID|1|||||||||||||||L^Living apart^99HOSP`;
    const { unmapped } = map(compiled(packageOf('hl7v2', [pid, adt])), message);
    expect(unmapped).toEqual([
      {
        ...{ map: 'marital-status', system: 'urn:oid:2.999.1#99HOSP', code: 'L', display: 'Living apart' },
        position: { path: 'PID-16', offset: message.indexOf('L^Living') },
      },
    ]);
  });

  it('names map, version and row in the lineage', () => {
    const { resources } = mapPerson(['{ id: g, from: /sex, to: gender, translate: { map: administrative-sex } }'], {
      sex: 'F',
    });
    expect(resources[0]?.lineage()[0]).toMatchObject({
      element: 'gender',
      from: [{ path: '/sex' }],
      conversions: [{ kind: 'translate' }],
    });
    expect(resources[0]?.lineage()[0]?.conversions?.[0]?.by).toMatch(
      /^administrative-sex@[\d.]+ group\[0\]\.element\[\d+\]$/,
    );
  });
});

describe('conditions', () => {
  const holds = (condition: string, payload: object): boolean =>
    mapPerson([`{ id: a, when: ${JSON.stringify(condition)}, to: active, fixed: true, always: true }`], payload)
      .resources.length > 0;
  it.each<[string, object, boolean]>([
    ["/a = 'x'", { a: 'x' }, true],
    ["/a != 'x'", {}, true],
    ["/a in ('x', 'y')", { a: 'y' }, true],
    ['/a', { a: 'y' }, true],
    ['/a valued', {}, false],
    ['/a not valued', {}, true],
    ["not /a = 'x' and /b = 'y'", { a: 'z', b: 'y' }, true],
    ["(/a = 'x' or /b = 'y') and /c", { b: 'y' }, false],
    ['/a is decimal', { a: '1.5' }, true],
    ['/a is integer', { a: '1.5' }, false],
    ['/a is date', { a: '2026-02-30' }, false],
    ['/a is uri', { a: 'https://example.org/x' }, true],
    ['/a is uri', { a: '2.999.7' }, true],
    ['/a is uri', { a: '8D5A1E9C-3B0F-4C57-9F6A-0D6C1B2A3E4F' }, true],
    ['/a is uri', { a: '9.8' }, false],
    ['/a is not uri', { a: 'CLIP' }, true],
    ["/a contains '@'", { a: 'ada@example.org' }, true],
    ["not /a contains '@'", { a: '5550100' }, true],
    ["/a starts with 'ab'", { a: 'abc' }, true],
    ['count(/a/*) > 1', { a: [1, 2] }, true],
    ['length(/a) >= 4', { a: 'abc' }, false],
    ["/a = 'it''s'", { a: "it's" }, true],
    ['/a = /b', { a: 'x', b: 'x' }, true],
    ['/a = /b', {}, false],
    ['/a != /b', { a: 'x', b: 'y' }, true],
  ])('%s over %j is %s', (condition, payload, expected) => {
    expect(holds(condition, payload)).toBe(expected);
  });
});

describe('scopes and instances', () => {
  const report = `module: Order[DiagnosticReport]
source: { format: json, object: Order }
target: { type: DiagnosticReport }
identity: { authority: feed, key: [/id] }
rules:
  - { id: s, from: /id, to: status, assumed: final, because: test }
  - { id: c, from: /id, to: code.text }
`;
  const observation = `module: Result[Observation]
source: { format: json, object: Result }
target: { type: Observation }
rules:
  - { id: s, from: ., to: status, assumed: final, because: test }
  - { id: c, from: ., to: code.text }
`;
  const orders = message(
    '{ id: p, from: /patient, use: "Person[Patient]", into: "Patient[1]" }',
    `id: o
    each: /orders
    rules:
      - { id: o.r, from: ., use: "Order[DiagnosticReport]", into: "DiagnosticReport[1]", refs: { subject: "Patient[1]" } }
      - id: o.x
        each: /results
        rules:
          - { id: o.x.o, from: ., use: "Result[Observation]", into: "Observation[1]", refs: { subject: "Patient[1]" } }
          - { id: o.x.r, into: "DiagnosticReport[1]", to: result, ref: "Observation[1]" }`,
  );
  const ir = compiled(
    packageOf('json', [orders, report, observation, person(['{ id: b, from: /born, to: birthDate }'])]),
  );

  it('each repetition has instances of its own, and references follow the scopes', () => {
    const { resources } = map(ir, {
      type: 'T',
      patient: { born: '1980' },
      orders: [
        { id: '1', results: ['a', 'b'] },
        { id: '2', results: ['c'] },
      ],
    });
    expect(resources.map(({ type }) => type)).toEqual([
      'Patient',
      'DiagnosticReport',
      'Observation',
      'Observation',
      'DiagnosticReport',
      'Observation',
    ]);
    const [patient, first, a, b] = resources;
    expect(first?.references.map(({ target }) => target)).toEqual([patient, a, b]);
    expect(first?.identity).toEqual({ scope: 'business', authority: 'urn:oid:2.999.1', key: '1' });
  });

  it('runs that join share the items they address by key; others have their own', () => {
    const contact = (id: string, path: string, element: string) =>
      `module: ${id}[Patient]\nsource: { format: json, object: ${id} }\ntarget: { type: Patient }\nrules:\n  - { id: r, from: ${path}, to: "contact[kin].${element}" }`;
    const modules = (more: string) => [
      message(
        `{ id: m.a, from: ., use: "A[Patient]", into: "Patient[1]"${more} }`,
        `{ id: m.b, from: ., use: "B[Patient]", into: "Patient[1]"${more} }`,
      ),
      contact('A', '/name', 'name.text'),
      contact('B', '/city', 'address.city'),
    ];
    const contacts = (more: string) =>
      map(compiled(packageOf('json', modules(more))), { type: 'T', name: 'Sam', city: 'Bern' }).resources[0]?.content;
    expect(contacts('')).toEqual({ contact: [{ name: { text: 'Sam' } }, { address: { city: 'Bern' } }] });
    expect(contacts(', join: true')).toEqual({ contact: [{ name: { text: 'Sam' }, address: { city: 'Bern' } }] });
  });

  it('a reference to an instance that did not come to be is not written', () => {
    const { resources } = map(ir, { type: 'T', orders: [{ id: '1' }] });
    expect(resources).toHaveLength(1);
    expect(resources[0]?.references).toEqual([]);
  });
});

describe('overlays', () => {
  const base = packageOf(
    'json',
    [whole, person(['{ id: a, from: /a, to: birthDate }', '{ id: b, from: /b, to: active }'])],
    'base',
  );
  const site = (rules: string): ReturnType<typeof compiled> =>
    compiled(
      packageOf(
        'json',
        [`module: site\nextends: base/Person[Patient]@1.0.0\nrules:\n${rules}`],
        'site',
        'extends: base@1.0.0',
      ),
      base,
    );

  it('replace, drop and add rules by id, and the lineage names who changed the module', () => {
    const ir = site(
      '  - { id: a, override: true, from: /born, to: birthDate }\n  - { id: b, disable: "not sent here" }\n  - { id: c, from: /sex, to: gender, translate: { map: administrative-sex } }',
    );
    const { resources } = map(ir, { type: 'T', a: '1970', born: '1980', b: true, sex: 'M' });
    expect(resources[0]?.content).toEqual({ birthDate: '1980', gender: 'male' });
    expect(resources[0]?.lineage()[0]?.version).toBe('site@1.0.0');
  });
});

describe('HL7 v2', () => {
  const pid = `module: PID[Patient]
source: { format: hl7v2, segment: PID }
target: { type: Patient }
identity:
  - { pick: PID-3, where: "CX.5 = 'MR'", authority: CX.4, key: [CX.1] }
rules:
  - { id: born, from: PID-7, to: birthDate }
  - { id: family, from: PID-5, expect: first, to: "name[l].family" }
ignore:
  - { path: PID-1, reason: set id }
`;
  const adt =
    'module: ADT\nsource: { format: hl7v2, structure: ["*"] }\nrules:\n  - { id: p, from: PID, expect: first, use: "PID[Patient]", into: "Patient[1]" }\nignore:\n  - { path: MSH, reason: test }\n';
  const ir = compiled(packageOf('hl7v2', [pid, adt]));
  const text = (pidFields: string): string =>
    `MSH|^~\\&|A|B|C|D|20260101||ADT^A01^ADT_A01|1|P|2.5.1\rPID|1||${pidFields}\r`;

  it('writes nothing for an explicit null, and lists the delete', () => {
    const { resources, deletes, residuals } = map(ir, text('7^^^HOSP^MR||Doe||""'));
    expect(resources[0]?.content).toEqual({ name: [{ family: 'Doe' }] });
    expect(deletes).toMatchObject([
      { element: 'birthDate', rule: 'lab/PID[Patient]#born', position: { path: 'PID-7' } },
    ]);
    expect(residuals.map(({ path }) => path)).toEqual(['PID-3.1', 'PID-3.4', 'PID-3.5']);
  });

  it('writes no resource of which a null is all that is said', () => {
    const { resources, deletes, issues, residuals } = map(ir, text('||||""'));
    expect(resources).toEqual([]);
    expect(deletes).toEqual([]);
    expect(issues).toMatchObject([{ code: 'map.delete-of-nothing', position: { path: 'PID-7' } }]);
    expect(residuals).toEqual([]);
  });

  it('tells which segments a module for any structure left aside', () => {
    const { issues } = map(ir, `${text('7^^^HOSP^MR||Doe')}NTE|1||Hi\rZPI|x\rNTE|2||Ho\rzz?|secret\r`);
    expect(issues.filter(({ code }) => code === 'map.unmapped-segments').map(({ text: said }) => said)).toEqual([
      'The mapping does not know what to do with: NTE, ZPI.',
    ]);
  });

  it('takes the identity from the repetition picked, with its authority resolved', () => {
    const { resources } = map(ir, text('1^^^X^PI~7^^^HOSP^MR||Doe'));
    expect(resources[0]?.identity).toEqual({ scope: 'business', authority: 'urn:oid:2.999.2', key: '7' });
  });

  it('tells position and byte offset of every value', () => {
    const { resources } = map(ir, text('7||Doe^Ann'));
    const position = resources[0]?.lineage().find(({ element }) => element === 'name[0].family')?.from[0];
    expect(position?.path).toMatch(/^PID-5/);
    expect(text('7||Doe^Ann').slice(position?.offset).startsWith('Doe')).toBe(true);
  });
});
