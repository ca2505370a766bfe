import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../model/envelope.js';
import { isRefusal, type SourceMessage, type SourcePath } from '../../model/source.js';
import { describeJson } from './description.js';
import { readJson, type JsonPayload } from './read.js';

const limits = { bytes: 1 << 20, depth: 32 };
const messageType = ['/Meta/Model', '/Meta/Event'];

const envelope = (bytes: Uint8Array): Envelope => ({
  bytes,
  digest: '',
  feed: 'sample',
  receivedAt: '2026-01-31T08:00:00.000Z',
});
const read = (payload: string | Uint8Array, given = limits): JsonPayload =>
  readJson(envelope(typeof payload === 'string' ? Buffer.from(payload) : payload), { messageType, limits: given });

const meta = '"Meta": {"Model": "Results", "Event": "New"}';

function only(payload: string | Uint8Array): SourceMessage {
  const [message] = read(payload).messages;
  if (!message?.ok) throw new Error('no message');
  return message.value;
}

function path(text: string): SourcePath {
  const found = describeJson().path(text, { kind: 'message', structures: [] });
  if (isRefusal(found)) throw new Error(found.reason);
  return found;
}

const texts = (message: SourceMessage, pointer: string, at = message.root): string[] =>
  path(pointer)
    .all(message, at)
    .map((place) => message.text(place));

describe('the time of a message', () => {
  const timed = (payload: string) => {
    const reading = { messageType, messageTime: '/Meta/Time', limits };
    return readJson(envelope(Buffer.from(payload)), reading).messages.map((each) => each.ok && each.value.sentAt);
  };

  it('is the text of the member that tells it, of each item its own', () => {
    const item = (time: string) => `{"Meta": {"Model": "Results", "Event": "New"${time}}}`;
    expect(timed(`[${item(', "Time": "2026-01-31T08:00:00Z"')}, ${item('')}]`)).toEqual(['2026-01-31T08:00:00Z', '']);
  });
});

const codes = ({ issues }: JsonPayload): string[] => issues.map(({ code }) => code);

describe('a JSON message', () => {
  const message = only(`{${meta}, "Orders": [
    {"ID": 1.50, "Notes": ["a", "", "b"], "Test": false, "Empty": {"X": null}},
    {"ID": "2", "Notes": [], "Provider": {"NPI": "é\\n"}}]}`);

  it('is named by the members of the message type', () => {
    expect(message.structure).toBe('Results.New');
  });

  it('takes an array for its items and passes over what is not populated', () => {
    expect(texts(message, '/Orders/Notes')).toEqual(['a', 'b']);
    expect(path('/Orders/Empty').first(message, message.root)).toBeUndefined();
    expect(path('/Orders/*/Test').all(message, message.root)).toHaveLength(1);
  });

  it('keeps the text of decimals and unescapes strings', () => {
    expect(texts(message, '/Orders/ID')).toEqual(['1.50', '2']);
    expect(texts(message, '/Orders/Provider/NPI')).toEqual(['é\n']);
  });

  it('reads paths from the value, from the top and from the object around it', () => {
    const [, second] = path('/Orders').all(message, message.root);
    if (!second) throw new Error('no second order');
    expect(texts(message, '/ID', second)).toEqual(['2']);
    expect(texts(message, '#/Meta/Event', second)).toEqual(['New']);
    expect(texts(message, '1/Meta/Model', second)).toEqual(['Results']);
    expect(texts(message, '1/Orders/0/ID', second)).toEqual(['1.50']);
    expect(texts(message, '2/Meta', second)).toEqual([]);
    expect(path('.').first(message, second)).toBe(second);
  });

  it('says where a value stands', () => {
    const [place] = path('/Orders/Provider/NPI').all(message, message.root);
    if (!place) throw new Error('no NPI');
    const position = message.positionOf(place);
    expect(position.path).toBe('/Orders/1/Provider/NPI');
    expect(position.offset).toBe(place.start);
  });

  it('gives a container the text of its first leaf, or all of its JSON', () => {
    const place = path('/Meta').first(message, message.root);
    if (!place) throw new Error('no Meta');
    expect(message.text(place)).toBe('Results');
    expect(message.text(place, true)).toBe('{"Model": "Results", "Event": "New"}');
  });

  it('lists as residual every populated leaf that nothing marked, in source order, counted without indices', () => {
    const fresh = only(`{${meta}, "A": {"B": [0, null, "", false]}, "C": "x"}`);
    const pointer = path('/Meta').first(fresh, fresh.root);
    if (!pointer) throw new Error('no Meta');
    fresh.mark(pointer, 'ignored', 'leaf');
    expect(fresh.residuals().map((residual) => residual.path)).toEqual(['/Meta/Event', '/A/B/*', '/A/B/*', '/C']);
    expect(fresh.residuals()[2]?.position.path).toBe('/A/B/3');
    fresh.mark(fresh.root, 'read', 'all');
    expect(fresh.residuals()).toEqual([]);
  });

  it('gives every leaf its own start', () => {
    const starts = path('/Orders/*/Notes').all(message, message.root);
    expect(new Set(starts.map(({ start }) => start)).size).toBe(starts.length);
  });
});

describe('reading a JSON payload', () => {
  it('makes a message of each item of a top-level array, with positions from the item', () => {
    const { messages } = read(`[{${meta}, "ID": 1}, {"ID": 2}, {${meta}, "ID": 3}]`);
    expect(messages.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(messages[1]?.issues[0]).toMatchObject({ code: 'json.no-message-type', position: { path: '/1' } });
    const [, , third] = messages;
    if (!third?.ok) throw new Error('no third message');
    expect(texts(third.value, '#/ID')).toEqual(['3']);
    expect(third.value.residuals()[2]?.position.path).toBe('/ID');
  });

  it('is safe from member names that mean something to JavaScript', () => {
    const message = only(`{${meta}, "__proto__": {"polluted": "x"}, "constructor": "y"}`);
    expect(texts(message, '/__proto__/polluted')).toEqual(['x']);
    expect(texts(message, '/toString')).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('uses the first of two members of one name and leaves the other as residual', () => {
    const payload = read(`{${meta}, "A": 1, "A": 2}`);
    expect(codes(payload)).toEqual(['json.duplicate-key']);
    expect(payload.issues[0]?.position?.path).toBe('/A');
    const [message] = payload.messages;
    if (!message?.ok) throw new Error('no message');
    expect(texts(message.value, '/A')).toEqual(['1']);
  });

  it('finds every member of an object of many, and tells a name that comes twice among them', () => {
    const members = Array.from({ length: 40 }, (_, index) => `"K${index}": ${index}`).join(', ');
    const payload = read(`{${meta}, ${members}, "K3": 99, "K39": 99}`);
    expect(codes(payload)).toEqual(['json.duplicate-key', 'json.duplicate-key']);
    const [message] = payload.messages;
    if (!message?.ok) throw new Error('no message');
    expect(['/K0', '/K3', '/K39', '/K40'].map((pointer) => texts(message.value, pointer)[0])).toEqual([
      '0',
      '3',
      '39',
      undefined,
    ]);
  });

  it('takes off a byte order mark and reads UTF-16 and Windows-1252 with an issue', () => {
    const text = `{${meta}, "N": "Zoë"}`;
    expect(texts(only('\ufeff' + text), '/N')).toEqual(['Zoë']);
    const latin = Buffer.from(text, 'latin1');
    expect(codes(read(latin))).toEqual(['read.encoding']);
    expect(texts(only(latin), '/N')).toEqual(['Zoë']);
    const wide = Buffer.from('\ufeff' + text, 'utf16le');
    expect(codes(read(wide))).toEqual(['read.encoding']);
    expect(texts(only(wide), '/N')).toEqual(['Zoë']);
    expect(texts(only(Buffer.from(text, 'utf16le').swap16()), '/N')).toEqual(['Zoë']);
  });

  it.each([
    ['nothing', '', 'read.empty'],
    ['white space', ' \r\n\t', 'read.empty'],
    ['an empty array', '[]', 'read.empty'],
    ['zero bytes', '{"A": "\u0000"}', 'read.binary'],
    ['too many bytes', ' '.repeat(limits.bytes) + '{}', 'read.too-large'],
    ['too deep a nesting', '['.repeat(33), 'json.depth'],
    ['a cut text', `{${meta}`, 'json.syntax'],
    ['a trailing comma', '{"A": [1,]}', 'json.syntax'],
    ['a bare word', '{"A": nil}', 'json.syntax'],
    ['two values', '{} {}', 'json.syntax'],
    ['a leading zero', '{"A": 01}', 'json.syntax'],
    ['a raw line break in a string', '{"A": "\n"}', 'json.syntax'],
    ['no message type', '{"A": 1}', 'json.no-message-type'],
  ])('refuses %s', (_, text, code) => {
    const payload = read(text);
    const found = [...codes(payload), ...payload.messages.flatMap((message) => message.issues.map((one) => one.code))];
    expect(found).toEqual([code]);
    expect(payload.messages.some(({ ok }) => ok)).toBe(false);
  });

  it.each([
    ['MSH|^~\\&|A|B', 'HL7 v2'],
    ['\u000bMSH|^~\\&|A|B', 'HL7 v2'],
    ['<Patient/>', 'XML or HTML'],
    ['ID,NAME\n1,x', 'delimited text'],
    ['%PDF-1.4 ', 'a PDF document'],
    ['hello', 'plain text'],
  ])('says what %j looks like', (text, name) => {
    const [found] = read(text).issues;
    expect(found?.code).toBe('read.wrong-format');
    expect(found?.text).toContain(name);
  });

  it('locates a syntax error by the container and the byte where reading stopped', () => {
    const text = '{"é": [{"A": 1 "B": 2}]}';
    const position = read(text).issues[0]?.position;
    expect(position?.path).toBe('/é/0');
    expect(position?.offset).toBe(Buffer.from(text).indexOf('"B"'));
  });

  it('puts no text of the payload into a refusal', () => {
    const { issues } = read('{"A": "secret" secret}');
    expect(JSON.stringify(issues.map(({ text }) => text))).not.toContain('secret');
  });

  it('answers arrays of a million items and nesting of a million brackets in time linear to their size', () => {
    const wide = { bytes: 1 << 26, depth: 1 << 21 };
    const message = read(`{${meta}, "A": [${'1,'.repeat(999_999)}1]}`, wide).messages[0];
    if (!message?.ok) throw new Error('no message');
    expect(path('/A').all(message.value, message.value.root)).toHaveLength(1_000_000);
    expect(codes(read('['.repeat(1_000_000), wide))).toEqual(['json.syntax']);
  });
});

describe('any input', () => {
  it('is answered without throwing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          const payload = read(bytes);
          expect(payload.issues.length + payload.messages.length).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('is answered without throwing when a good text was mutated', () => {
    const good = Buffer.from(`{${meta}, "A": [1.5e3, "\\u00e9", {"B": null}], "C": true}`);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, cut) => {
        const bytes = Uint8Array.from(good);
        bytes[at] = byte;
        const payload = read(bytes.subarray(0, cut));
        expect(payload.issues.length + payload.messages.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a pointer', () => {
  it.each(['', 'Orders', '/Orders/', '//', '/A~2', '#Meta'])('is not %j', (text) => {
    const found = describeJson().path(text, { kind: 'message', structures: [] });
    expect(isRefusal(found) && found.mend).toBeTruthy();
  });

  it('repeats only where it says so', () => {
    expect(path('/Orders/*/ID').repeats).toBe(true);
    expect(path('/Orders/ID').repeats).toBe(false);
  });
});
