import { describe, expect, it } from 'vitest';
import { boats, flags, harbourScope, sets } from '../../../test/terminology/harbour.js';
import type { Coding, ValueSetResource } from '../resources.js';
import { validate, type Subject, type Validation, type ValidateOptions } from './validate.js';

type Scoping = NonNullable<Parameters<typeof harbourScope>[0]>;

const run = (
  subject: Subject,
  valueSet?: ValueSetResource,
  scope: Scoping = {},
  options: Partial<ValidateOptions> = {},
) =>
  validate(subject, harbourScope(scope), {
    abstractAllowed: true,
    lenientDisplay: false,
    membershipOnly: false,
    ...options,
    valueSet,
  });
const coding = (code: string, more: Coding = {}): Subject => ({
  kind: 'coding',
  coding: { system: boats, code, ...more },
});
const told = ({ result, issues }: Validation) => [
  result,
  ...issues.map(({ severity, message }) => `${severity} ${message.id}`),
];
const inSet = 'error None_of_the_provided_codes_are_in_the_value_set_one';

describe('a code in a value set', () => {
  it.each([
    ['is in', coding('yacht'), sets.all, [true]],
    ['is by a filter', coding('dinghy'), sets.sailing, [true]],
    ['is not by a filter', coding('row'), sets.sailing, [false, inSet, 'warning INACTIVE_CONCEPT_FOUND']],
    ['is in both imports', coding('yacht'), sets.both, [true]],
    ['is in one import only', coding('dinghy'), sets.both, [false, inSet]],
    ['is excluded', coding('yacht'), sets.without, [false, inSet]],
    ['is unknown', coding('raft'), sets.all, [false, inSet, 'error Unknown_Code_in_Version']],
    ['is inactive', coding('row'), sets.all, [true, 'warning INACTIVE_CONCEPT_FOUND']],
    [
      'is inactive where that is not allowed',
      coding('row'),
      sets.active,
      [false, 'error STATUS_CODE_WARNING_CODE', inSet, 'warning INACTIVE_CONCEPT_FOUND'],
    ],
    [
      'is of no system',
      { kind: 'coding', coding: { code: 'yacht' } },
      sets.all,
      [false, inSet, 'warning Coding_has_no_system__cannot_validate'],
    ],
    [
      'is of an unknown system',
      coding('x', { system: 'urn:example:x' }),
      sets.all,
      [false, inSet, 'error UNKNOWN_CODESYSTEM'],
    ],
    [
      'is of a value set',
      coding('x', { system: sets.all.url! }),
      sets.all,
      [false, inSet, 'error Terminology_TX_System_ValueSet2'],
    ],
    [
      'is of a local system',
      coding('x', { system: 'Pier 4' }),
      sets.all,
      [false, inSet, 'error Terminology_TX_System_Relative', 'error UNKNOWN_CODESYSTEM'],
    ],
    [
      'is of a system that is only described',
      coding('x', { system: 'http://harbour.example/CodeSystem/described' }),
      sets.all,
      [false, inSet, 'error UNKNOWN_CODESYSTEM'],
    ],
    [
      'meets a value set of an unknown system',
      coding('x', { system: 'urn:example:unheard-of' }),
      sets.unknown,
      [false, 'error UNKNOWN_CODESYSTEM'],
    ],
    ['meets a lost import', coding('yacht'), sets.lost, [false, 'error Unable_to_resolve_value_Set_']],
    [
      'may be of another fragment',
      { kind: 'coding', coding: { system: flags, code: 'SE' } },
      sets.flags,
      [true, 'warning UNKNOWN_CODE_IN_FRAGMENT'],
    ],
    [
      'is written in another case',
      { kind: 'coding', coding: { system: flags, code: 'no' } },
      sets.flags,
      [true, 'information CODE_CASE_DIFFERENCE'],
    ],
  ] as [string, Subject, ValueSetResource, unknown[]][])('%s', (_, subject, valueSet, expected) => {
    expect(told(run(subject, valueSet))).toEqual(expected);
  });

  it('is told with its version, display and state', () => {
    expect(run(coding('row'), sets.all)).toMatchObject({
      version: '2.0.0',
      display: 'Rowing boat',
      inactive: true,
      status: 'retired',
    });
  });

  it('is told in the spelling of its system', () => {
    expect(run({ kind: 'coding', coding: { system: flags, code: 'no' } }, sets.flags).normalizedCode).toBe('NO');
  });

  it('may be refused for being abstract', () => {
    expect(told(run(coding('sail'), sets.all, {}, { abstractAllowed: false }))).toContain(
      'error ABSTRACT_CODE_NOT_ALLOWED',
    );
  });
});

describe('versions', () => {
  const rules = (kind: 'default' | 'check' | 'force', version: string): Scoping => ({
    versions: { default: [], check: [], force: [], [kind]: [{ url: boats, version }] },
  });
  it.each([
    ['the newest is taken', coding('yacht'), sets.all, {}, '2.0.0', [true]],
    ['that of the value set', coding('yacht'), sets.old, {}, '1.0.0', [true]],
    ['that of the code', coding('yacht', { version: '1.0.0' }), sets.all, {}, '1.0.0', [true]],
    [
      'code and value set disagree',
      coding('yacht', { version: '2.0.0' }),
      sets.old,
      {},
      '1.0.0',
      [false, 'error VALUESET_VALUE_MISMATCH'],
    ],
    [
      'nobody knows that of the code',
      coding('yacht', { version: '7' }),
      sets.all,
      {},
      '2.0.0',
      [false, 'warning VALUESET_VALUE_MISMATCH_DEFAULT', 'error UNKNOWN_CODESYSTEM_VERSION'],
    ],
    ['system-version', coding('yacht'), sets.all, rules('default', '1.0.0'), '1.0.0', [true]],
    ['force-system-version', coding('yacht'), sets.old, rules('force', '2.x'), '2.0.0', [true]],
    [
      'check-system-version',
      coding('yacht'),
      sets.old,
      rules('check', '2.x'),
      '1.0.0',
      [false, 'error VALUESET_VERSION_CHECK'],
    ],
  ] as [string, Subject, ValueSetResource, Scoping, string, unknown[]][])(
    '%s',
    (_, subject, valueSet, scope, version, expected) => {
      const validation = run(subject, valueSet, scope);
      expect([validation.version, told(validation)]).toEqual([version, expected]);
    },
  );
});

describe('displays', () => {
  const wrong = 'invalid-display';
  it.each([
    ['right', 'Dinghy', undefined, undefined],
    ['right in another case', 'dinghy', undefined, undefined],
    ['right in another language when none is asked for', 'Jolle', undefined, undefined],
    [
      'wrong',
      'Raft',
      undefined,
      "Valid display is one of 2 choices: 'Dinghy' (en) or 'Jolle' (nb) (for the language(s) '--')",
    ],
    ['wrong for the language', 'Dinghy', 'nb', "Valid display is 'Jolle' (nb) (for the language(s) 'nb')"],
    [
      'right by default where the language has none',
      'Dinghy',
      'fi',
      'which is a valid display for the default language',
    ],
    ['wrong where the language has none', 'Raft', 'fi', "Default display is 'Dinghy'"],
    ['wrong by its spaces', ' Dinghy', 'en', 'Wrong whitespace'],
  ])('%s', (_, display, language, text) => {
    const { issues } = run(coding('dinghy', { display }), sets.all, language === undefined ? {} : { language });
    if (text === undefined) expect(issues).toEqual([]);
    else expect(issues).toMatchObject([{ detail: wrong, message: { text: expect.stringContaining(text) as string } }]);
  });

  it('are only warned of where the client is lenient', () => {
    const { result, issues } = run(coding('dinghy', { display: 'Raft' }), sets.all, {}, { lenientDisplay: true });
    expect([result, issues[0]?.severity]).toEqual([true, 'warning']);
  });

  it('may be those of a supplement', () => {
    const display = { display: 'Lustjakt' };
    const useSupplements = ['http://harbour.example/CodeSystem/boats-sv'];
    expect(run(coding('yacht', display), sets.all).result).toBe(false);
    expect(run(coding('yacht', display), sets.all, { useSupplements }).result).toBe(true);
  });

  it('are refused with a supplement that is not here', () => {
    expect(() => run(coding('yacht'), sets.all, { useSupplements: ['urn:example:none'] })).toThrow(
      'VALUESET_SUPPLEMENT_MISSING',
    );
  });
});

describe('a CodeableConcept', () => {
  const concept = (...codes: readonly string[]): Subject => ({
    kind: 'codeableConcept',
    concept: { coding: codes.map((code) => ({ system: boats, code })) },
  });

  it('is right with one of its codes', () => {
    const { result, code, issues } = run(concept('row', 'yacht'), sets.sailing);
    expect([result, code]).toEqual([true, 'yacht']);
    expect(issues[0]).toMatchObject({ severity: 'information', expression: 'CodeableConcept.coding[0].code' });
  });

  it('is wrong without', () => {
    expect(told(run(concept('raft'), sets.all))).toEqual([
      false,
      'error TX_GENERAL_CC_ERROR_MESSAGE',
      'information None_of_the_provided_codes_are_in_the_value_set_one',
      'error Unknown_Code_in_Version',
    ]);
  });
});

describe('a bare code', () => {
  it('is given the one system the value set takes it from', () => {
    const inferred = run({ kind: 'code', coding: { code: 'yacht' }, inferSystem: true }, sets.all);
    expect(inferred).toMatchObject({ result: true, system: boats });
  });

  it('is refused when there is none', () => {
    expect(told(run({ kind: 'code', coding: { code: 'raft' }, inferSystem: true }, sets.all))).toContain(
      'error UNABLE_TO_INFER_CODESYSTEM',
    );
  });

  it('is checked in its code system alone', () => {
    expect(run(coding('yacht')).result).toBe(true);
    expect(told(run(coding('raft')))).toEqual([false, 'error Unknown_Code_in_Version']);
    expect(told(run(coding('yacht', { system: 'http://harbour.example/CodeSystem/boats-sv' })))).toEqual([
      false,
      'error CODESYSTEM_CS_NO_SUPPLEMENT',
    ]);
  });
});

describe('a value set that cannot be computed with', () => {
  it.each([
    ['goes in a circle', sets.circleA, 'VALUESET_CIRCULAR_REFERENCE'],
    ['has a filter nobody understands', sets.bad, 'FILTER_NOT_UNDERSTOOD'],
  ])('%s', (_, valueSet, id) => {
    expect(() => run(coding('yacht'), valueSet)).toThrow(id);
  });
});
