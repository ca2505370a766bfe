import { describe, expect, it } from 'vitest';
import { codes, messageOf, readOne } from './fixtures.js';
import { locate } from './locate.js';

const textOf = (value: string): string => {
  const message = readOne(messageOf('ORU^R01^ORU_R01', 'OBR|1', `OBX|1|FT|a||${value}`));
  return message.text(locate(message, 'OBX-5') ?? message.root);
};
const issuesOf = (value: string): string[] =>
  codes(readOne(messageOf('ORU^R01^ORU_R01', 'OBR|1', `OBX|1|FT|a||${value}`)).issues);

describe('escape sequences', () => {
  it.each([
    ['a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f', 'a|b^c&d~e\\f'],
    ['a\\.br\\b', 'a\nb'],
    ['a\\.sp\\b\\.sp3\\c\\.sp+2\\d', 'a\nb\n\n\nc\n\nd'],
    ['a\\.sk3\\b', 'a   b'],
    ['\\.ce\\title\\.br\\\\.in+4\\\\.ti-2\\\\.fi\\text\\.nf\\', '\ntitle\ntext'],
    ['\\H\\bold\\N\\ plain', 'bold plain'],
    ['\\X41\\\\X0D0A\\B', 'A\r\nB'],
    ['\\XC3\\\\XA4\\ and \\XC3A4\\', 'ä and ä'],
    ['no escapes', 'no escapes'],
  ])('%s', (value, text) => {
    expect(textOf(value)).toBe(text);
    expect(issuesOf(value)).toEqual([]);
  });

  it('agreed on locally keep their text', () => {
    expect(textOf('a\\Zcd\\b')).toBe('a\\Zcd\\b');
    expect(issuesOf('a\\Zcd\\b')).toEqual([]);
  });

  it.each(['C:\\temp', 'a\\q\\b', 'a\\X4\\b', 'a\\X00\\b', 'a\\.sp1000\\b', '\\', 'a\\b\\F\\c'.slice(0, 3)])(
    'that are none keep their text and are reported: %s',
    (value) => {
      expect(textOf(value)).toBe(value);
      expect(issuesOf(value)).toContain('hl7v2.bad-escape');
    },
  );

  it('are recognized after a stray escape character', () => {
    expect(textOf('a\\b\\F\\c')).toBe('a\\b|c');
  });

  it('work with another escape character', () => {
    const message = readOne('MSH|^~!&|LAB|||||||ADT^A01\rPID|1||7!T!8\\T\\\r');
    expect(message.text(locate(message, 'PID-3') ?? message.root)).toBe('7&8\\T\\');
  });
});
