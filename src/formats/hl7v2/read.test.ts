import { describe, expect, it } from 'vitest';
import iconv from 'iconv-lite';
import { codes, messageOf, readOne, readPayload } from './fixtures.js';
import { locate } from './locate.js';
import type { Hl7v2Message } from './message.js';

const at = (message: Hl7v2Message, position: string, whole = false): string | undefined => {
  const place = locate(message, position);
  return place && message.text(place, whole);
};
const pid = (fields: string): string => messageOf('ADT^A01^ADT_A01', `PID|${fields}`);

describe('delimiters', () => {
  it('are taken from MSH-1 and MSH-2', () => {
    const message = readOne('MSH*+-?%*LAB*NORTH\rPID*1**77+++AUTH%2.16%ISO-88\r');
    expect(at(message, 'PID-3[1].4.2')).toBe('2.16');
    expect(at(message, 'PID-3[2]')).toBe('88');
  });

  it('may be fewer than four', () => {
    expect(at(readOne('MSH|^~|LAB\rPID|1||7\\F\\7&8\r'), 'PID-3')).toBe('7\\F\\7&8');
  });

  it('include the truncation character of v2.7, and a value that ends with it is reported', () => {
    const message = readOne('MSH|^~\\&#|LAB\rPID|1||7||Long#|Whole\\P\\\r');
    expect(codes(message.issues)).toEqual(['hl7v2.no-message-type', 'hl7v2.truncated-value']);
    expect(message.issues[1]?.position?.path).toBe('PID-5[1]');
    expect(at(message, 'PID-6')).toBe('Whole#');
  });

  it('are understood when the escape character was written twice', () => {
    const message = readOne('MSH|^~\\\\&|LAB|||||||ADT^A01\rPID|1||7&8\r');
    expect(codes(message.issues)).toContain('hl7v2.doubled-escape');
    expect(at(message, 'PID-3.1.2')).toBe('8');
  });

  it.each(['MSH', 'MSH|', 'MSH||LAB', 'MSH|^^\\&|LAB', 'MSH|^~\\|&|LAB|^', 'MSH|ab|LAB', 'MSH|^~\\&#!|LAB'])(
    'that cannot be told apart refuse the message: %s',
    (head) => {
      const { issues, messages } = readPayload(`${head}\rPID|1\r`);
      const found = [...issues, ...messages.flatMap((message) => message.issues)];
      expect(messages.some(({ ok }) => ok && head !== 'MSH|^~\\|&|LAB|^')).toBe(false);
      if (head !== 'MSH|^~\\|&|LAB|^') expect(found[0]?.severity).toBe('fatal');
    },
  );
});

describe('values', () => {
  it('are found by field, repetition, component and subcomponent', () => {
    const message = readOne(pid('1||77^^^NORTH&2.16.1&ISO^MR~88^^^^SS'));
    expect(at(message, 'PID-3[1].1')).toBe('77');
    expect(at(message, 'PID-3[1].4')).toBe('NORTH');
    expect(at(message, 'PID-3[1].4.3')).toBe('ISO');
    expect(at(message, 'PID-3[2].5')).toBe('SS');
    expect(at(message, 'PID-3[2].4')).toBeUndefined();
  });

  it('are a whole where they are not divided', () => {
    const message = readOne(pid('1||77||Miller'));
    expect(at(message, 'PID-5.1.1')).toBe('Miller');
    expect(at(message, 'PID-5.2')).toBeUndefined();
  });

  it('read the first component only, or all of the text', () => {
    const message = readOne(messageOf('ORU^R01^ORU_R01', 'OBX|1|ST|1||a^b&c\\F\\d'));
    expect(at(message, 'OBX-5')).toBe('a');
    expect(at(message, 'OBX-5', true)).toBe('a^b&c|d');
  });

  it('that are "" are null, not text', () => {
    const message = readOne(pid('1||77||""|""^|"quoted"'));
    const nulls = ['PID-5', 'PID-6', 'PID-7'].map((path) => message.isNull(locate(message, path) ?? message.root));
    expect(nulls).toEqual([true, true, false]);
    expect(at(message, 'PID-5')).toBe('');
  });

  it('that are blank or all delimiters are not populated', () => {
    const message = readOne(pid('1||^^&^~|  |'));
    expect(locate(message, 'PID-3')).toBeUndefined();
    expect(locate(message, 'PID-4')).toBeUndefined();
  });

  it('of MSH count the separator as MSH-1', () => {
    const message = readOne(messageOf('ADT^A01^ADT_A01'));
    expect(at(message, 'MSH-3')).toBe('LAB');
    expect(at(message, 'MSH-9.3')).toBe('ADT_A01');
  });
});

describe('segments', () => {
  it.each(['\r', '\n', '\r\n', '\r\r\n', '\n\r'])('end with CR, LF or both: %j', (end) => {
    const message = readOne(['MSH|^~\\&|LAB|||||||ADT^A01', 'PID|1', 'PV1|1|I', ''].join(end));
    expect(message.segments.map(({ name }) => name)).toEqual(['MSH', 'PID', 'PV1']);
    expect(at(message, 'PV1-2')).toBe('I');
  });

  it('may follow a byte order mark, blank lines and MLLP framing', () => {
    const framed = Buffer.from(`\ufeff\r\n \r\n\x0b${pid('1')}\x1c\r`);
    expect(readPayload(framed).issues).toEqual([]);
    expect(readOne(framed).segments.map(({ name }) => name)).toEqual(['MSH', 'PID']);
  });

  it('of unknown or site-defined names are kept', () => {
    const message = readOne(messageOf('ADT^A01^ADT_A01', 'PID|1', 'ZPI|x^y', 'QQQ|z'));
    expect(at(message, 'ZPI-1.2')).toBe('y');
    expect(at(message, 'QQQ-1')).toBe('z');
    expect(message.issues.map(({ text }) => text)).toEqual([
      'Segment QQQ stands outside its place in ADT_A01; it was kept in the nearest group.',
    ]);
  });

  it('continue on the next line where a field holds a line break', () => {
    const message = readOne(messageOf('ORU^R01^ORU_R01', 'OBR|1', 'OBX|1|TX|n||first line\rsecond, line||||||F'));
    expect(codes(message.issues)).toEqual(['hl7v2.bad-segment-name']);
    expect(at(message, 'OBX-5')).toBe('first line\rsecond, line');
    expect(at(message, 'OBX-11')).toBe('F');
  });

  it('with a name of another length or in lower case are kept and reported', () => {
    const message = readOne(messageOf('ADT^A01^ADT_A01', 'PIDX|1||7', '  PV1|1|I', 'al1|1'));
    expect(message.segments.map(({ name }) => name)).toEqual(['MSH', 'PIDX', 'PV1', 'AL1']);
    expect(codes(message.issues)).toEqual(['hl7v2.bad-segment-name', 'hl7v2.out-of-place', 'hl7v2.bad-segment-name']);
    expect(message.issues[0]?.position?.path).toBe('PIDX');
  });
});

describe('positions', () => {
  const message = readOne(
    messageOf('ORU^R01^ORU_R01', 'PID|1||77^^^NORTH&2.16&ISO~88', 'OBX|1|ST|a^b||x', 'OBX|2|ST|c||y~z', 'ZZZ|a|b~c'),
  );
  const paths = message.residuals().map(({ position, path }) => [position.path, path]);

  it('name segment, field, repetition, component and subcomponent', () => {
    expect(paths).toContainEqual(['PID-3[1].4.2', 'PID-3.4.2']);
    expect(paths).toContainEqual(['PID-3[2]', 'PID-3']);
    expect(paths).toContainEqual(['OBX[2]-5[2]', 'OBX-5']);
    expect(paths).toContainEqual(['OBX[1]-3.2', 'OBX-3.2']);
    expect(paths).toContainEqual(['ZZZ-1', 'ZZZ-1']);
    expect(paths).toContainEqual(['ZZZ-2[1]', 'ZZZ-2']);
  });

  it('give the offset in the payload, of a second message too', () => {
    const first = pid('1||77');
    const payload = `${first}${pid('1||Zoë')}`;
    const second = readPayload(payload).messages[1];
    if (!second?.ok) throw new Error('refused');
    const place = locate(second.value as Hl7v2Message, 'PID-3');
    expect(place && second.value.positionOf(place)).toEqual({ path: 'PID-3[1]', offset: payload.indexOf('Zoë') });
  });

  it('name groups and segments', () => {
    expect(message.positionOf(message.root).path).toBe('ORU_R01');
    expect(message.segments[2]?.group && message.positionOf(message.segments[2].group).path).toMatch(/OBSERVATION$/);
    expect(message.positionOf(message.segments[3] ?? message.root)).toMatchObject({ path: 'OBX[2]' });
  });
});

describe('residuals', () => {
  it('are what was neither read nor ignored', () => {
    const message = readOne(pid('1||77^^^NORTH~88||Miller^Ann'));
    const everything = message.residuals().length;
    for (const path of ['PID-1', 'PID-3[1]']) message.mark(locate(message, path) ?? message.root, 'read', 'leaf');
    message.mark(locate(message, 'PID-5') ?? message.root, 'ignored', 'all');
    message.mark(message.segments[0] ?? message.root, 'ignored', 'all');
    expect(everything).toBe(17);
    expect(message.residuals().map(({ position }) => position.path)).toEqual(['PID-3[1].4', 'PID-3[2]']);
  });

  it('never hold the delimiters of MSH-1 and MSH-2', () => {
    expect(readOne('MSH|^~\\&|\r').residuals()).toEqual([]);
  });
});

describe('character sets', () => {
  const withCharset = (name: string, pid5: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from(`MSH|^~\\&|LAB|NORTH|||20260131||ADT^A01^ADT_A01|1|P|2.5.1||||||${name}\rPID|1||7||`),
      pid5,
      Buffer.from('|after\r'),
    ]);
  const read = (bytes: Buffer): (string | undefined)[] => {
    const message = readOne(bytes);
    return [at(message, 'PID-5[1].1'), at(message, 'PID-5[1].2'), at(message, 'PID-6')];
  };

  it.each([
    ['', 'UTF-8', 'Müller^Zoë'],
    ['UNICODE UTF-8', 'UTF-8', '李^東京'],
    ['8859/1', 'ISO-8859-1', 'Müller^Zoë'],
    ['8859/2', 'ISO-8859-2', 'Łukasz^Żółć'],
    ['8859/5', 'ISO-8859-5', 'Иванов^Пётр'],
    ['8859/15', 'ISO-8859-15', '€^Šárka'],
    ['WINDOWS-1252', 'windows-1252', '“Müller”^Zoë'],
    ['GB 18030-2000', 'gb18030', '乗東俓両^丂侎'],
    ['BIG-5', 'big5', '功許蓋^成'],
    ['Shift_JIS', 'Shift_JIS', 'ソ表能ﾃｽﾄ^ポ'],
    ['KS X 1001', 'euc-kr', '홍길동^吉洞'],
  ])('%s is decoded before values are cut where its bytes could be delimiters', (name, encoding, text) => {
    expect(read(withCharset(name, iconv.encode(text, encoding)))).toEqual([...text.split('^'), 'after']);
  });

  it('are switched by ISO 2022 sequences, bare or escaped', () => {
    const trails = '0|0^0~0&0\\'; // double-byte characters whose second bytes are the delimiters
    const kanji = iconv.decode(
      Buffer.from(trails, 'latin1').map((byte) => byte | 0x80),
      'EUC-JP',
    );
    expect(read(withCharset('ASCII', Buffer.from(`\\M2442\\${trails}\\C2842\\^x`)))).toEqual([kanji, 'x', 'after']);
    expect(read(withCharset('~ISO IR87', Buffer.from(`\x1b$B${trails}\x1b(B^x`)))).toEqual([kanji, 'x', 'after']);
    const polish = iconv.encode('\\C2D42\\Łódź^x', 'ISO-8859-2');
    expect(read(withCharset('', polish))).toEqual(['Łódź', 'x', 'after']);
  });

  it('are found by the byte order mark or the first bytes for UTF-16 and UTF-32', () => {
    const text = pid('1||7||Zoë^😀|after');
    for (const encoding of ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])
      for (const addBOM of [true, false]) {
        const bytes = iconv.encode(text, encoding, { addBOM });
        const message = readOne(bytes);
        expect(at(message, 'PID-5.2')).toBe('😀');
        const place = locate(message, 'PID-6') ?? message.root;
        expect(message.positionOf(place).offset).toBe(
          bytes.indexOf(iconv.encode('after', encoding, { addBOM: false })),
        );
      }
  });

  it('that the bytes contradict are reported where they first do, and read as Latin-1', () => {
    const bytes = withCharset('UNICODE UTF-8', Buffer.from('M\xfcller', 'latin1'));
    const message = readOne(bytes);
    expect(at(message, 'PID-5')).toBe('Müller');
    expect(message.issues).toMatchObject([
      { code: 'read.encoding', position: { path: 'PID-5[1]', offset: bytes.indexOf(0xfc) } },
    ]);
  });

  it('that nobody knows are reported', () => {
    const message = readOne(withCharset('KLINGON', Buffer.from('Zoë')));
    expect(codes(message.issues)).toEqual(['read.unknown-charset']);
    expect(at(message, 'PID-5')).toBe('Zoë');
  });
});

describe('structure', () => {
  it.each([
    ['ADT^A08^ADT_A01', 'ADT_A01'],
    ['ADT^A08', 'ADT_A01'],
    ['ADT^A08^ADT_A08', 'ADT_A01'],
    ['ADT^A13^9.3-DEF', 'ADT_A01'],
    ['ADT^A31', 'ADT_A05'],
    ['ADT^A40', 'ADT_A39'],
    ['ADT^A11', 'ADT_A09'],
    ['ORU^R01^ORU^R01', 'ORU_R01'],
    ['ORU', 'ORU_R01'],
    ['SIU^S14^SIU_S14', 'SIU_S12'],
    ['MDM^T06', 'MDM_T02'],
    ['RDE^O25', 'RDE_O11'],
    ['ACK^A01', 'ACK'],
  ])('of %s is %s', (type, structure) => {
    expect(readOne(messageOf(type, 'PID|1')).structure).toBe(structure);
  });

  it('comes from EVN-1 where MSH-9 has no trigger event', () => {
    expect(readOne(messageOf('ADT', 'EVN|A08', 'PID|1')).structure).toBe('ADT_A01');
  });

  it('that is unknown leaves the segments in one flat group and is reported', () => {
    const message = readOne(messageOf('XYZ^Q99', 'PID|1', 'OBX|1'));
    expect(message.structure).toBe('XYZ_Q99');
    expect(codes(message.issues)).toEqual(['hl7v2.unknown-structure']);
    expect(message.root.children).toHaveLength(3);
  });

  it('shows the message type as the sender wrote it, without content that is no code', () => {
    expect(readOne(messageOf('ADT^A08')).messageType).toBe('ADT^A08');
    expect(readOne(messageOf('Miller, Anna^A08')).messageType).toBe('^A08');
  });

  it('are of the time that MSH-7 tells, without the precision that came with it before v2.6', () => {
    const sentAt = (field: string) => readOne(`MSH|^~\\&|LAB||||${field}||ADT^A01\r`).sentAt;
    expect(['20260131', '202601310815+0100^M', '', '^M'].map(sentAt)).toEqual([
      '20260131',
      '202601310815+0100',
      '',
      '',
    ]);
    expect(readOne('MSH|^~\\&|LAB\r').sentAt).toBe('');
  });
});

describe('payloads of several messages', () => {
  const message = pid('1');

  it('give every message, with or without a batch', () => {
    expect(readPayload(message + message).messages).toHaveLength(2);
    const file = `FHS|^~\\&|LAB\rBHS|^~\\&|LAB\r${message}${message}BTS|2\rFTS|1\r`;
    expect(readPayload(file)).toMatchObject({ issues: [], messages: [{ ok: true }, { ok: true }] });
  });

  it('are checked against the counts of their trailers', () => {
    const { issues } = readPayload(`FHS|^~\\&\rBHS|^~\\&\r${message}BTS|3\rFTS|2\r`);
    expect(issues.map(({ text, position }) => [text, position?.path])).toEqual([
      ['BTS declares 3 but 1 were found.', 'BTS-1'],
      ['FTS declares 2 but 1 were found.', 'FTS-1'],
    ]);
  });

  it('that lack a trailer are reported', () => {
    expect(readPayload(`FHS|^~\\&\rBHS|^~\\&\r${message}`).issues.map(({ text }) => text)).toEqual([
      'BHS has no BTS.',
      'FHS has no FTS.',
    ]);
  });

  it('begin where a line does, after the framing of MLLP or blanks', () => {
    const payload = `${message}\n \t${message}\x0b${message}\x1c\r${message}NTE|1||see MSH|^~\\&\r`;
    expect(readPayload(payload).messages).toHaveLength(4);
  });

  it('may each bring a byte order mark along', () => {
    const { issues, messages } = readPayload(`\ufeff${message}\ufeff${message}`);
    expect([...issues, ...messages.flatMap((each) => each.issues)]).toEqual([]);
    expect(messages).toHaveLength(2);
  });

  it('are read on after a message that is refused', () => {
    expect(readPayload(`${message}MSH|AB\r${message}`).messages.map(({ ok }) => ok)).toEqual([true, false, true]);
  });

  it('report text before the first message', () => {
    const { issues, messages } = readPayload(`Dear colleague\r${message}`);
    expect(issues).toMatchObject([{ code: 'hl7v2.before-msh', position: { offset: 0 } }]);
    expect(messages).toHaveLength(1);
  });
});

describe('bad input', () => {
  it.each([
    ['nothing', '', 'read.empty'],
    ['blanks', ' \r\n\x0b\x1c', 'read.empty'],
    ['binary', '\x89PNG\r\n\x1a\n\0\0', 'read.binary'],
    ['JSON', ' {"a": 1}', 'read.wrong-format'],
    ['XML', '<ClinicalDocument/>', 'read.wrong-format'],
    ['prose', 'MSHA was seen today', 'hl7v2.no-msh'],
    ['segments without MSH', 'PID|1||7\rPV1|1', 'hl7v2.no-msh'],
    ['a batch without messages', 'FHS|^~\\&\rBHS|^~\\&\rBTS|0\rFTS|1', 'hl7v2.no-msh'],
  ])('%s is refused with the reason', (_, payload, code) => {
    const { issues, messages } = readPayload(payload);
    expect(codes(issues)).toEqual([code]);
    expect(messages).toEqual([]);
  });

  it('larger than the limit is refused unread', () => {
    expect(codes(readPayload(pid('1'), 20).issues)).toEqual(['read.too-large']);
  });

  it('with NUL bytes inside a message is refused with their place', () => {
    const payload = pid('1||7\0');
    expect(readPayload(payload).messages).toMatchObject([
      { ok: false, issues: [{ code: 'read.binary', position: { offset: payload.indexOf('\0') } }] },
    ]);
  });

  it.each([
    ['in a segment name', 'OB', 'hl7v2.truncated'],
    ['after a segment name', 'OBX|', 'hl7v2.truncated'],
    ['in an escape sequence', 'OBX|1|ST|a||x\\T', 'hl7v2.truncated'],
    ['in a character', Buffer.from('OBX|1|ST|a||xö').subarray(0, -1), 'read.encoding'],
    ['in a value', 'OBX|1|ST|a||xy', 'hl7v2.unterminated'],
  ])('that ends %s is reported at its end', (_, tail, code) => {
    const payload = Buffer.concat([Buffer.from(messageOf('ORU^R01^ORU_R01', 'OBR|1')), Buffer.from(tail)]);
    const { issues } = readOne(payload);
    expect(codes(issues)).toContain(code);
    expect(issues.find((each) => each.code === code)?.position?.offset).toBeGreaterThan(payload.length - 15);
  });

  it('that ends without the end block of MLLP is truncated', () => {
    expect(codes(readOne(`\x0b${pid('1')}`).issues)).toEqual(['hl7v2.truncated']);
  });
});
