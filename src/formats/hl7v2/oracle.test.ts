// The `hl7v2` library as a second opinion, where it is known to be right: CR line ends, the usual delimiters, typed
// components that are neither dates nor divided further, ASCII (docs/dependencies.md).
import fc from 'fast-check';
import { HL7Message } from 'hl7v2';
import { describe, expect, it } from 'vitest';
import { readDelimiters, type Delimiters } from './delimiters.js';
import { escapeText } from './escapes.js';
import { messageOf, readOne } from './fixtures.js';
import { locate } from './locate.js';

const usual = readDelimiters('MSH|^~\\&|', 0, 9) as Delimiters;
const text = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 |^&~]{0,8}[A-Za-z]$/).filter((each) => !each.includes('  '));
const patient = fc.record({
  ids: fc.array(fc.record({ id: text, namespace: text, universal: text, type: text }), { minLength: 1, maxLength: 4 }),
  family: text,
  given: text,
  sex: text,
});
const notes = fc.array(text, { maxLength: 4 });

const escaped = (value: string): string => escapeText(value, usual);

describe('a second parser', () => {
  it('reads the same values at the same places', () => {
    fc.assert(
      fc.property(patient, notes, ({ ids, family, given, sex }, comments) => {
        const cx = ids.map(
          ({ id, namespace, universal, type }) =>
            `${escaped(id)}^^^${escaped(namespace)}&${escaped(universal)}^${escaped(type)}`,
        );
        const payload = messageOf(
          'ADT^A01^ADT_A01',
          `PID|1||${cx.join('~')}||${escaped(family)}^${escaped(given)}|||${escaped(sex)}`,
          ...comments.map((comment, index) => `NTE|${index + 1}||${escaped(comment)}`),
        );
        const ours = readOne(payload);
        const theirs = HL7Message.parse(payload);
        const same = (position: string, value: unknown): void => {
          const place = locate(ours, position);
          expect(place && ours.text(place)).toBe(value);
        };
        expect(ours.segments.map(({ name }) => name)).toEqual(theirs.segments.map(({ segmentType }) => segmentType));
        const pid = theirs.getSegment('PID');
        ids.forEach((_, index) => {
          const repetition = pid?.field(3).repetition(index);
          same(`PID-3[${index + 1}].1`, repetition?.getValue(1));
          same(`PID-3[${index + 1}].4.1`, repetition?.getValue(4, 1));
          same(`PID-3[${index + 1}].4.2`, repetition?.getValue(4, 2));
          same(`PID-3[${index + 1}].5`, repetition?.getValue(5));
        });
        same('PID-5.1', pid?.field(5).getValue(1, 1));
        same('PID-5.2', pid?.field(5).getValue(2));
        same('PID-8', pid?.field(8).getValue());
        comments.forEach((_, index) => same(`NTE[${index + 1}]-3`, theirs.segments[index + 2]?.field(3).getValue()));
      }),
    );
  });
});
