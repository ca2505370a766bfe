// Parse-print identity of every format: what reading finds is what was written, all of it and nothing else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadArtifacts, loadGateway } from '../../src/adapters/composition.js';
import { printJson } from '../../src/canonical/json.js';
import { describeCsv } from '../../src/formats/csv/description.js';
import { readCsv } from '../../src/formats/csv/read.js';
import type { Hl7v2Message } from '../../src/formats/hl7v2/message.js';
import { printHl7v2 } from '../../src/formats/hl7v2/print.js';
import { readHl7v2 } from '../../src/formats/hl7v2/read.js';
import { readJson } from '../../src/formats/json/read.js';
import { Decimal, type JsonValue } from '../../src/model/json.js';
import { someHl7v2 } from './hl7v2-inputs.js';
import { envelopeOf } from './laws.js';
import { inputMaker, loadSeeds } from './inputs.js';
import { Random } from './random.js';

const { dictionary, ...artifacts } = loadArtifacts();
const gateway = loadGateway({ artifacts: { dictionary, ...artifacts } });
const limits = { bytes: 10_000_000, depth: 64 };
const payload = (text: string | Buffer, feed: 'hl7v2' | 'redox' | 'synthea-csv') =>
  envelopeOf({ bytes: Buffer.from(text), feed });

describe('HL7 v2', () => {
  it('prints to the bytes it was read from, message by message', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const bytes = someHl7v2(new Random(seed), dictionary);
        for (const message of readHl7v2(payload(bytes, 'hl7v2'), dictionary, limits).messages) {
          if (!message.ok) continue;
          const read = message.value as Hl7v2Message;
          expect(printHl7v2(read).equals(read.bytes)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The pointers of all values but null and the empty string. */
function pointers(value: unknown, path = ''): string[] {
  if (value === null || value === '') return [];
  if (typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([name, member]) =>
    pointers(member, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

describe('JSON', () => {
  const documents = fc.record({ type: fc.constant('x'), rest: fc.json().map((text) => JSON.parse(text) as unknown) });

  it('has every populated value at its pointer, as it was written', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const text = JSON.stringify(document);
        const [message] = readJson(payload(text, 'redox'), { messageType: ['/type'], limits }).messages;
        if (message?.ok !== true) throw new Error('not read');
        const found = message.value.residuals().map(({ position }) => position.path);
        expect(found.sort()).toEqual(pointers(document).sort());
        expect(message.value.text(message.value.root, true)).toBe(text);
      }),
    );
  });
});

describe('CSV', () => {
  const columns = ['Id', 'NOTE', 'VALUE'];
  const value = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r', ';', ' ', '字'), maxLength: 6 });
  const rows = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 6 });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const description = describeCsv({ notes: { columns } });

  it('has every value in its row and column, as it was written', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const text = [columns, ...table].map((cells) => cells.map(quoted).join(',')).join('\r\n');
        const { messages } = readCsv(payload(text, 'synthea-csv'), { files: { notes: { columns } }, limits });
        const read = [...messages].map((message) => {
          if (!message.ok) throw new Error(message.issues[0]?.text);
          return columns.map((column) => {
            const path = description.path(column, { kind: 'row', files: ['notes'] });
            if ('mend' in path) throw new Error(path.reason);
            const place = path.first(message.value, message.value.root);
            return place === undefined ? '' : message.value.text(place);
          });
        });
        expect(read).toEqual(table);
      }),
    );
  });
});

describe('a Bundle', () => {
  const make = inputMaker(dictionary, loadSeeds());
  const plain = (value: JsonValue | undefined): unknown =>
    value instanceof Decimal
      ? Number(value.text)
      : Array.isArray(value)
        ? (value as readonly JsonValue[]).map(plain)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, plain(member)]])),
            )
          : value;

  it('reads back as it was printed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const { bundle } of gateway.normalize(envelopeOf(make(seed))).outcomes)
          if (bundle !== undefined) expect(JSON.parse(printJson(bundle, 2))).toEqual(plain(bundle));
      }),
      { numRuns: 150 },
    );
  });
});
