// Big payloads: the work grows with the size and no faster. Times are compared with each other, never with a clock.
import { describe, expect, it } from 'vitest';
import { messageOf, readOne, readPayload } from './fixtures.js';

/** All there is to do with a message. */
function readAll(payload: string): number {
  const message = readOne(payload);
  return message.residuals().length + message.issues.length;
}

/** Microseconds of CPU that reading takes: the least of three, for whatever else a machine does only adds. */
function cost(payload: string): number {
  const runs = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    readAll(payload);
    const { user, system } = process.cpuUsage(start);
    return user + system;
  });
  return Math.min(...runs);
}

/** How much longer `times` as much takes. */
const growth = (payload: (size: number) => string, size: number, times: number): number =>
  cost(payload(size * times)) / Math.max(cost(payload(size)), 1000);

const shapes: readonly (readonly [string, (size: number) => string])[] = [
  ['repetitions', (n) => messageOf('ADT^A01', `PID|1||${'7^8~'.repeat(n)}`)],
  ['components', (n) => messageOf('ADT^A01', `PID|1||7|||||${'7^'.repeat(n)}`)],
  ['subcomponents', (n) => messageOf('ADT^A01', `PID|1||7|||||${'7&'.repeat(n)}`)],
  ['fields', (n) => messageOf('ADT^A01', `PID${'|7'.repeat(n)}`)],
  ['segments', (n) => messageOf('ORU^R01', 'PID|', 'OBX|1|ST|a||b\r'.repeat(n))],
  ['segments out of place', (n) => messageOf('ORU^R01', 'PID|', 'OBR|', 'OBX|1\rNK1|2\rPV1|3\r'.repeat(n))],
  ['lines that are no segments', (n) => messageOf('ADT^A01', 'PID|1', 'lost line\r'.repeat(n))],
  ['segments without fields', (n) => messageOf('ADT^A01', 'PID\r'.repeat(n))],
  ['stray escape characters', (n) => messageOf('ADT^A01', `PID|1||${'7\\~'.repeat(n)}`)],
  ['characters outside ASCII', (n) => messageOf('ADT^A01', `PID|1||${'ü~'.repeat(n)}`)],
];

describe('a message of many', () => {
  it.each(shapes)('%s is read in linear time', (_, payload) => {
    // 16 times as much takes 16 times as long, or a few times that on a busy machine; quadratic work takes 256 times.
    expect(growth(payload, 8_000, 16)).toBeLessThan(128);
  });
});

describe('a payload', () => {
  it('of a million repetitions gives them all', () => {
    const message = readOne(messageOf('ADT^A01', `PID|1||${'7~'.repeat(1_000_000)}`));
    expect(message.residuals().filter(({ path }) => path === 'PID-3')).toHaveLength(1_000_000);
  });

  it('of 50 MB is read message by message', () => {
    const message = messageOf('ORU^R01', 'PID|1||77', 'OBR|1', `OBX|1|TX|a||${'text '.repeat(1000)}`);
    const count = Math.ceil(50_000_000 / message.length);
    const { messages, issues } = readPayload(Buffer.from(message.repeat(count)));
    expect(issues).toEqual([]);
    expect(messages).toHaveLength(count);
    const last = messages.at(-1);
    expect(last?.ok && last.value.residuals().at(-1)?.path).toBe('OBX-5');
  });

  it('of 50 MB in one value is read', () => {
    const message = readOne(Buffer.from(messageOf('ORU^R01', `OBX|1|TX|a||${'x'.repeat(50_000_000)}`)));
    expect(message.residuals().at(-1)?.path).toBe('OBX-5');
  });
});
