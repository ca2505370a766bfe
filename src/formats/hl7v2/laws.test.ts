// Laws that hold for every message, well-formed or not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDelimiter, readDelimiters, type Delimiters } from './delimiters.js';
import { escapeText } from './escapes.js';
import { messageOf, readOne, readPayload } from './fixtures.js';
import { locate } from './locate.js';
import type { Hl7v2Message } from './message.js';
import { Level, Span } from './places.js';
import { printHl7v2 } from './print.js';

const punctuation = Array.from({ length: 127 }, (_, code) => code)
  .filter(isDelimiter)
  .map((code) => String.fromCharCode(code));

/** Five delimiters, all different. */
const delimiters = fc
  .shuffledSubarray(punctuation, { minLength: 5, maxLength: 5 })
  .map(([field = '', ...encoding]) => ({ field, encoding: encoding.join('') }));

const parse = ({ field, encoding }: { field: string; encoding: string }): Delimiters => {
  const header = `MSH${field}${encoding}${field}`;
  return readDelimiters(header, 0, header.length) as Delimiters;
};

const visible = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => /[\x21-\x7e\u00a1-\uffff]/.test(text) && !/\p{Cc}/u.test(text) && text !== '""');

/** A field as repetitions of components of subcomponents. */
const field = fc.array(fc.array(fc.array(fc.option(visible), { maxLength: 3 }), { maxLength: 4 }), { maxLength: 3 });
const segment = fc.record({
  name: fc.constantFrom('PID', 'OBX', 'NTE', 'ZZ9'),
  fields: fc.array(field, { maxLength: 6 }),
});

interface Built {
  readonly text: string;
  readonly values: readonly (readonly [string, string])[];
}

/** Prints segments with delimiters, and says where each value must be found. */
function build(
  head: { field: string; encoding: string },
  segments: readonly { name: string; fields: readonly (readonly (readonly (readonly (string | null)[])[])[])[] }[],
): Built {
  const codes = parse(head);
  const [component = '', repetition = '', , subcomponent = ''] = head.encoding;
  const values: [string, string][] = [];
  const counts = new Map<string, number>();
  const lines = segments.map(({ name, fields }) => {
    const ordinal = (counts.get(name) ?? 0) + 1;
    counts.set(name, ordinal);
    const printed = fields.map((repetitions, f) =>
      repetitions
        .map((components, r) =>
          components
            .map((subcomponents, c) =>
              subcomponents
                .map((value, s) => {
                  if (value !== null) values.push([`${name}[${ordinal}]-${f + 1}[${r + 1}].${c + 1}.${s + 1}`, value]);
                  return value === null ? '' : escapeText(value, codes);
                })
                .join(subcomponent),
            )
            .join(component),
        )
        .join(repetition),
    );
    return [name, ...printed].join(head.field);
  });
  return { text: [`MSH${head.field}${head.encoding}${head.field}LAB`, ...lines, ''].join('\r'), values };
}

const messages = fc
  .tuple(delimiters, fc.array(segment, { maxLength: 6 }))
  .map(([head, segments]) => build(head, segments));

/** Leaves of a message with their positions. */
function leavesOf(message: Hl7v2Message): { start: number; end: number; path: string }[] {
  const found: { start: number; end: number; path: string }[] = [];
  message.eachLeaf((start, end) => {
    found.push({ start, end, path: message.positionOf(new Span(start, end, Level.subcomponent)).path });
  });
  return found;
}

describe('every message', () => {
  it('gives back the values that were written into it, whatever the delimiters', () => {
    fc.assert(
      fc.property(messages, ({ text, values }) => {
        const message = readOne(text);
        for (const [position, value] of values) {
          const place = locate(message, position);
          expect(place && message.text(place)).toBe(value);
        }
      }),
    );
  });

  it('prints to the bytes it was read from', () => {
    fc.assert(
      fc.property(messages, ({ text }) => {
        expect(printHl7v2(readOne(text)).toString()).toBe(text);
      }),
    );
  });

  it('has leaves with a start of their own and a position that leads back to them', () => {
    fc.assert(
      fc.property(messages, ({ text, values }) => {
        const message = readOne(text);
        const leaves = leavesOf(message);
        expect(leaves).toHaveLength(values.length + 1);
        expect(new Set(leaves.map(({ start }) => start)).size).toBe(leaves.length);
        expect(new Set(leaves.map(({ path }) => path)).size).toBe(leaves.length);
        for (const { start, path } of leaves) expect(locate(message, path)?.start).toBe(start);
      }),
    );
  });

  it('has as residuals exactly the leaves that were not marked', () => {
    fc.assert(
      fc.property(messages, fc.infiniteStream(fc.boolean()), ({ text }, marks) => {
        const message = readOne(text);
        const kept = leavesOf(message).filter(({ start, end }) => {
          const mark = marks.next().value === true;
          if (mark) message.mark(new Span(start, end, Level.subcomponent), 'read', 'leaf');
          return !mark;
        });
        expect(message.residuals().map(({ position }) => position.path)).toEqual(kept.map(({ path }) => path));
      }),
    );
  });

  it('has every segment in exactly one group', () => {
    const names = fc.constantFrom(
      'PID',
      'PD1',
      'NTE',
      'PV1',
      'ORC',
      'OBR',
      'OBX',
      'SPM',
      'NK1',
      'IN1',
      'IN2',
      'PR1',
      'ZZZ',
      'QQQ',
    );
    const types = fc.constantFrom(
      'ORU^R01',
      'ADT^A01',
      'ORM^O01',
      'SIU^S12',
      'OML^O21',
      'VXU^V04',
      'MDM^T02',
      'ADT^A40',
      'X^Y',
    );
    fc.assert(
      fc.property(types, fc.array(names, { maxLength: 40 }), (type, segments) => {
        const message = readOne(messageOf(type, ...segments.map((name, index) => `${name}|${index}`)));
        const grouped: number[] = [];
        const walk = (group: typeof message.root): void => {
          for (const child of group.children) {
            if ('children' in child) walk(child);
            else grouped.push(child.index);
          }
        };
        walk(message.root);
        expect(grouped.sort((a, b) => a - b)).toEqual(message.segments.map(({ index }) => index));
      }),
    );
  });
});

describe('no input', () => {
  const sample = Buffer.from(
    messageOf(
      'ORU^R01^ORU_R01',
      'PID|1||77^^^N&2&ISO~88||Zoë\\T\\^\\X41\\',
      'OBR|1',
      'OBX|1|TX|a||b\\.br\\c~""|',
      'SPM|1',
    ),
  );

  /** Everything a caller can ask of what was read. */
  function exercise(bytes: Uint8Array): void {
    for (const result of readPayload(bytes).messages) {
      if (!result.ok) continue;
      const message = result.value as Hl7v2Message;
      for (const { start, end } of leavesOf(message)) {
        const leaf = new Span(start, end, Level.subcomponent);
        message.text(leaf);
        message.isNull(leaf);
      }
      message.residuals();
      expect(printHl7v2(message).equals(message.bytes)).toBe(true);
    }
  }

  it('makes reading throw: arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), exercise));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) =>
        exercise(Buffer.concat([Buffer.from('MSH|^~\\&|'), tail])),
      ),
    );
  });

  it('makes reading throw: a message with bytes replaced, inserted and cut', () => {
    const edit = fc.tuple(fc.nat(sample.length), fc.nat(6), fc.uint8Array({ maxLength: 8 }));
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let bytes = sample;
        for (const [at, removed, added] of edits)
          bytes = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
        exercise(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('makes reading throw: any character set declared over any bytes', () => {
    const names = fc.constantFrom(
      '8859/1',
      'BIG-5',
      'GB 18030-2000',
      'Shift_JIS',
      '~ISO IR87',
      'UNICODE UTF-16',
      'KS X 1001',
      'utf-7',
      'x',
    );
    fc.assert(
      fc.property(names, fc.uint8Array({ maxLength: 60 }), (name, value) => {
        const head = `MSH|^~\\&|LAB|||||||ADT^A01|1|P|2.5||||||${name}\rPID|1||7||`;
        exercise(Buffer.concat([Buffer.from(head), value, Buffer.from('|x\r')]));
      }),
    );
  });
});
