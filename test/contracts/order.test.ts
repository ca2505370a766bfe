// Whatever the order in which messages of different times arrive, the same stands in the end.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/canonical/json.js';
import { loadGateway } from '../../src/adapters/composition.js';
import { hold } from './conversation.js';

const gateway = loadGateway();

/** Values of a field, `""` (HL7's explicit null) among them. */
const field = (...values: string[]) => fc.constantFrom('', '""', ...values);

const segments = fc.record({
  kind: fc.constantFrom('ADT^A08^ADT_A01', 'ORU^R01^ORU_R01'),
  name: field('Berg^Ada', 'Lund^Ada'),
  born: field('1980', '19800201'),
  sex: field('F', 'M'),
  phone: field('^PRN^PH^^^555^1234'),
  status: fc.constantFrom('R', 'P', 'F', 'C'),
  value: fc.nat(2),
});

const text = (
  time: number,
  { kind, name, born, sex, phone, status, value }: typeof segments extends fc.Arbitrary<infer T> ? T : never,
) => {
  const at = `202601${String(10 + Math.floor(time / 24))}${String(time % 24).padStart(2, '0')}0000+0000`;
  return [
    `MSH|^~\\&|REG|NORTH|CONCORD|HUB|${at}||${kind}|${time}|P|2.5.1`,
    `PID|1||4711^^^NORTH&2.999.1&ISO^MR||${name}||${born}|${sex}|||||${phone}`,
    ...(kind.startsWith('ADT')
      ? ['PV1|1|I|W^1|||||||||||||||||V1^^^NORTH&2.999.1&ISO^VN']
      : [
          `OBR|1||F1^LAB^2.999.2^ISO|24323-8^Panel^LN|||20260102100000+0000||||||||||||||||||${status}`,
          `OBX|1|NM|2345-7^^LN||${value}|mg/dL^^UCUM|||||${status}|||20260102100000+0000`,
        ]),
  ].join('\r');
};

const conversation = fc
  .uniqueArray(fc.nat(19 * 24), { minLength: 2, maxLength: 5 })
  .chain((times) => fc.tuple(...times.map((time) => segments.map((each) => text(time, each)))))
  .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));

const standing = (messages: readonly string[]): string[] => {
  const { stands } = hold(
    {
      name: '',
      shows: '',
      feed: 'hl7v2',
      stands: ['Patient', 'Encounter', 'Observation', 'DiagnosticReport'],
      messages: messages.map((message) => ({ name: message, bytes: Buffer.from(message) })),
      expected: undefined,
    },
    gateway,
  );
  return (stands as readonly Parameters<typeof canonicalJson>[0][]).map(canonicalJson).sort();
};

describe('messages of different times', () => {
  it('leave the same, whatever the order of their arrival', () => {
    fc.assert(
      fc.property(conversation, ([all, other]) => {
        expect(standing(other)).toEqual(standing(all));
      }),
      { numRuns: 150 },
    );
  });
});
