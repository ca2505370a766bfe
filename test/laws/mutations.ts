// What goes wrong with bytes on their way: cut, flipped, doubled, spliced with something else.
import type { Random } from './random.js';

/** Byte sequences that readers must tell apart. */
const tokens = [
  '\r',
  '\n',
  '|',
  '^',
  '~',
  '\\',
  '&',
  '""',
  'MSH|^~\\&|',
  '\\X0D\\',
  '\\.br\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  ':',
  'null',
  '1e999',
  '\\u0000',
  '\\ud800',
  ';',
  '\0',
  '\u{feff}',
  '\x0b',
  '\x1c\r',
  '\x1b$B',
  'é',
  '\u2028',
  'OBX|1|NM|||x\r',
  'FHS|',
  'BTS|9\r',
  '__proto__',
];

type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const spliced = (bytes: Buffer, at: number, removed: number, added: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);

const range = (bytes: Buffer, random: Random, most: number): [start: number, end: number] => {
  const start = random.below(bytes.length + 1);
  return [start, Math.min(bytes.length, start + random.below(most))];
};

const mutations: readonly Mutation[] = [
  (bytes, random) => spliced(bytes, random.below(bytes.length + 1), 1, Buffer.of(random.below(256))),
  (bytes, random) => spliced(bytes, random.below(bytes.length + 1), 0, Buffer.from(random.pick(tokens))),
  (bytes, random) => spliced(bytes, random.below(bytes.length + 1), random.below(4), Buffer.from(random.pick(tokens))),
  (bytes, random) => {
    const [start, end] = range(bytes, random, 200);
    return spliced(bytes, start, end - start, Buffer.alloc(0));
  },
  (bytes, random) => {
    const [start, end] = range(bytes, random, 120);
    return spliced(bytes, random.below(bytes.length + 1), 0, bytes.subarray(start, end));
  },
  (bytes, random, other) => {
    const [start, end] = range(other, random, 300);
    return spliced(bytes, random.below(bytes.length + 1), 0, other.subarray(start, end));
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => Buffer.from(bytes.map((byte) => (random.chance(0.01) ? random.below(256) : byte))),
  (bytes, random) => Buffer.concat([bytes, bytes.subarray(random.below(bytes.length + 1))]),
];

/** The bytes after one to four mishaps; `other` is what they may be mixed with. */
export function mutated(bytes: Buffer, random: Random, other: Buffer): Buffer {
  let result = bytes;
  for (let n = random.between(1, 4); n > 0; n--) result = random.pick(mutations)(result, random, other);
  return result;
}
