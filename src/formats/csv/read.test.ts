import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../model/envelope.js';
import { isRefusal, type SourceContext, type SourceMessage, type SourcePath } from '../../model/source.js';
import { describeCsv } from './description.js';
import { readCsv, type CsvPayload } from './read.js';

const files = {
  people: { columns: ['ID', 'NAME', 'CITY'] },
  readings: { columns: ['DATE', 'PERSON', 'CODE', 'VALUE'], group: ['DATE', 'PERSON'] },
};

const envelope = (bytes: Uint8Array): Envelope => ({
  bytes,
  digest: '',
  feed: 'sample',
  receivedAt: '2026-01-31T08:00:00.000Z',
});
const read = (payload: string | Uint8Array, bytes = 1 << 20): CsvPayload =>
  readCsv(envelope(typeof payload === 'string' ? Buffer.from(payload) : payload), { files, limits: { bytes } });

const all = (payload: string | Uint8Array): SourceMessage[] =>
  [...read(payload).messages].flatMap((message) => (message.ok ? [message.value] : []));

const description = describeCsv(files);

function path(text: string, context: SourceContext): SourcePath {
  const found = description.path(text, context);
  if (isRefusal(found)) throw new Error(found.reason);
  return found;
}

const person: SourceContext = { kind: 'row', files: ['people'] };
const group: SourceContext = { kind: 'message', structures: ['readings'] };

const texts = (message: SourceMessage, column: string, context: SourceContext, at = message.root): string[] =>
  path(column, context)
    .all(message, at)
    .map((place) => message.text(place));

const codes = (payload: string | Uint8Array): string[] => {
  const { issues, messages } = read(payload);
  return [...issues, ...[...messages].flatMap((message) => message.issues)].map(({ code }) => code);
};

describe('a CSV file', () => {
  it('gives a message for each row', () => {
    const messages = all('ID,NAME,CITY\n1,"Lee, Ann",\n2,"O""Hara","two\nlines"\r\n3,x,y');
    expect(messages.map(({ structure }) => structure)).toEqual(['people', 'people', 'people']);
    expect(messages.flatMap((message) => texts(message, 'NAME', person))).toEqual(['Lee, Ann', 'O"Hara', 'x']);
    expect(messages.map((message) => texts(message, 'CITY', person))).toEqual([[], ['two\nlines'], ['y']]);
  });

  it('is known by its columns in any order, by any of four delimiters, with or without a byte order mark', () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const [message] = all(['\ufeffCITY,ID,NAME', 'Rome,1,x'].join('\n').replaceAll(',', delimiter));
      expect(message && texts(message, 'ID', person)).toEqual(['1']);
    }
  });

  it('says in which row and column a value stands, and at which byte', () => {
    const file = 'ID,NAME,CITY\n\n1,"é, b",Rome\n';
    const [message] = all(file);
    const place = message && path('CITY', person).first(message, message.root);
    expect(place && message?.positionOf(place)).toEqual({
      path: 'row 3, column CITY',
      offset: Buffer.from(file).indexOf('Rome'),
    });
    expect(message?.positionOf(message.root).path).toBe('row 3');
  });

  it('lists as residual the populated cells that nothing marked', () => {
    const [message] = all('ID,NAME,CITY\n1,,Rome');
    expect(message?.residuals().map((residual) => residual.path)).toEqual(['ID', 'CITY']);
    const place = message && path('ID', person).first(message, message.root);
    if (place) message.mark(place, 'read', 'leaf');
    expect(message?.residuals()[0]?.position.path).toBe('row 2, column CITY');
    message?.mark(message.root, 'ignored', 'all');
    expect(message?.residuals()).toEqual([]);
  });

  it('forms one message of consecutive rows that a group puts together', () => {
    const messages = all('DATE,PERSON,CODE,VALUE\n1,a,x,10\n1,a,y,20\n1,b,x,30\n1,a,z,40');
    expect(messages.map((message) => texts(message, 'VALUE', group))).toEqual([['10', '20'], ['30'], ['40']]);
    const [first] = messages;
    if (!first) throw new Error('no message');
    const [, second] = path('row', group).all(first, first.root);
    expect(second && texts(first, 'CODE', description.within(path('row', group), group), second)).toEqual(['y']);
    expect(path('VALUE', group).repeats).toBe(true);
    expect(path('NAME', { kind: 'message', structures: ['people'] }).repeats).toBe(false);
  });

  it('refuses a bad row by itself and keeps its neighbours together', () => {
    const { messages } = read('DATE,PERSON,CODE,VALUE\n1,a,x,10\n1,a\n1,a,y,20');
    const [bad, good] = [...messages];
    expect(bad?.issues[0]).toMatchObject({ code: 'csv.ragged-row', position: { path: 'row 3', offset: 32 } });
    expect(good?.ok && texts(good.value, 'VALUE', group)).toEqual(['10', '20']);
  });

  it.each([
    ['a quote that is never closed', '1,"a,b\n'],
    ['text behind a closing quote', '1,"a"b,c\n'],
    ['a quote in a plain value', '1,a"b,c\n'],
  ])('goes on behind %s', (_, line) => {
    const { messages } = read(`ID,NAME,CITY\n0,x,y\n${line}2,"x",y\n`);
    expect([...messages].map((message) => message.ok || message.issues[0]?.code)).toEqual([true, 'csv.syntax', true]);
    expect([...messages][1]?.issues[0]?.position?.path).toBe('row 3');
  });
});

describe('the header', () => {
  it('may differ from the declared columns, with an issue that names them', () => {
    const { issues } = read('ID,NAME,ZIP\n1,x,2');
    expect(issues[0]?.code).toBe('csv.header-drift');
    expect(issues[0]?.text).toContain('missing CITY; new ZIP');
    const [message] = all('ID,NAME,ZIP\n1,x,2');
    expect(message && texts(message, 'CITY', person)).toEqual([]);
    expect(message?.residuals().map((residual) => residual.path)).toEqual(['ID', 'NAME', 'ZIP']);
  });

  it('does not leak a value that stands where a name should', () => {
    expect(read('ID,NAME,CITY,=secret!\n').issues[0]?.text).toContain('new #4');
  });

  it.each([
    ['', ['read.empty']],
    ['\ufeff\n', ['read.empty']],
    ['A,B,C\n1,2,3', ['csv.header-missing']],
    ['1,x,y\n', ['csv.header-missing']],
    ['ID,NAME,NAME,CITY\n1,2,3,4', ['csv.header-duplicate']],
    ['MSH|^~\\&|A|B', ['read.wrong-format']],
    ['{"ID": 1, "NAME": 2}', ['read.wrong-format']],
    ['ID,NAME,CITY\n1,\u0000,3', ['read.binary']],
    ['ID,NAME,CITY', ['csv.no-rows']],
    ['ID,NAME,CITY\n\n', ['csv.no-rows']],
  ])('of %j gives %j', (text, expected) => {
    expect(codes(text)).toEqual(expected);
    expect(all(text)).toEqual([]);
  });

  it('is read in Windows-1252 and UTF-16 too, with an issue', () => {
    const latin = Buffer.from('ID,NAME,CITY\n1,Zoë,Köln', 'latin1');
    expect(codes(latin)).toEqual(['read.encoding']);
    expect(all(latin).map((message) => texts(message, 'CITY', person))).toEqual([['Köln']]);
    const wide = Buffer.from('ID,NAME,CITY\n1,Zoë,Köln', 'utf16le');
    expect(all(wide).map((message) => texts(message, 'CITY', person))).toEqual([['Köln']]);
  });
});

describe('a column path', () => {
  it.each(['ZIP', 'row', '"no such"'])('is refused for %s in a row of people', (text) => {
    const found = description.path(text, person);
    expect(isRefusal(found) && found.mend).toBeTruthy();
  });

  it('may be quoted', () => {
    const [message] = all('ID,NAME,CITY\n1,x,y');
    expect(message && texts(message, '"NAME"', person)).toEqual(['x']);
  });

  it('is checked against every file of its module', () => {
    expect(isRefusal(description.path('CODE', { kind: 'row', files: ['readings', 'people'] }))).toBe(true);
    expect(isRefusal(description.path('CODE', { kind: 'row', files: ['nothing'] }))).toBe(true);
  });
});

describe('any file', () => {
  const value = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '\r', ';', '|', '\t', '0') });
  const printed = (text: string): string =>
    /[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;

  it('gives back the values that a printer of RFC 4180 wrote', () => {
    const rows = fc.array(fc.tuple(value, value, value), { maxLength: 20 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
        const file = ['ID,NAME,CITY', ...lines.map((line) => line.map(printed).join(','))].join(end);
        const found = all(file).map((message) =>
          files.people.columns.map((column) => texts(message, column, person)[0] ?? ''),
        );
        expect(found).toEqual(lines);
      }),
    );
  });

  it('is answered without throwing', () => {
    const soup = fc.string({ unit: fc.constantFrom(',', '"', '\n', '\r', 'a', ' ', '""', '\n1,"', '\ufeff') });
    fc.assert(
      fc.property(fc.oneof(soup, fc.string()), (rest) => {
        expect(() =>
          [...read('ID,NAME,CITY\n' + rest).messages].map((one) => one.ok && one.value.residuals()),
        ).not.toThrow();
        expect(() => read(rest)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  it('gives every good row, whatever stands between', () => {
    const bad = fc.constantFrom('1,"a,b', '1,"a"b,c', 'x', '1,2,3,4', '"', '1,2"3,4', '');
    fc.assert(
      fc.property(fc.array(fc.oneof(bad, fc.constant('7,good,"row"')), { maxLength: 30 }), (lines) => {
        const quotesClose = lines.every((line) => !/^(?:1,"a,b|")$/.test(line));
        const found = all(['ID,NAME,CITY', ...lines].join('\n')).length;
        const good = lines.filter((line) => line.startsWith('7')).length;
        if (quotesClose) expect(found).toBe(good);
        else expect(found).toBeLessThanOrEqual(good);
      }),
    );
  });

  it('is read in time linear to its size, also when no quote closes', () => {
    const lines = 'ID,NAME,CITY\n' + '1,"a""""\n'.repeat(200_000);
    let refused = 0;
    for (const message of read(lines, 1 << 24).messages) refused += message.ok ? 0 : 1;
    expect(refused).toBeGreaterThan(0);
  });

  it('is refused when larger than the limit', () => {
    expect(read('ID,NAME,CITY\n' + '1,2,3\n'.repeat(200), 1000).issues[0]?.code).toBe('read.too-large');
  });
});
