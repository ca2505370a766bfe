import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMessage, sample } from '../http/service.js';
import { concord, type Ended } from './concord.js';

const folder = mkdtempSync(join(tmpdir(), 'concord-cli-'));
const input = join(folder, 'in');
const files = (out: string): string[] =>
  (readdirSync(out, { recursive: true }) as string[]).filter((name) => /\./.test(name)).sort();
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

function write(name: string, content: string | Buffer): void {
  const path = join(input, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  utimesSync(path, 1_767_225_600, 1_767_225_600);
}

write('one.hl7', newMessage('1'));
write('ward/two.hl7', newMessage('2'));
write('ward/three.hl7', newMessage('3') + newMessage('4'));
write('ward/broken.hl7', 'no message at all');
write('.hidden.hl7', newMessage('5'));
afterAll(() => rmSync(folder, { recursive: true }));

const normalize = (out: string, args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> =>
  concord(['normalize', '--feed', 'hl7v2', '--out', join(folder, out), ...args], environment);

describe('concord normalize on a folder', () => {
  let ended: Ended;
  beforeAll(async () => {
    ended = await normalize('out', ['--report', join(folder, 'reports'), input]);
  });

  it('writes a Bundle for each message, below the same sub-folders', () => {
    expect(files(join(folder, 'out'))).toEqual([
      'one.json',
      'ward/broken.refused.json',
      'ward/three-1.json',
      'ward/three-2.json',
      'ward/two.json',
    ]);
    expect(read(join(folder, 'out/one.json'))).toMatchObject({ resourceType: 'Bundle', type: 'message' });
  });

  it('says in an OperationOutcome why a message was refused, and in its exit code that one was', () => {
    expect(read(join(folder, 'out/ward/broken.refused.json'))).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ details: { coding: [{ code: 'hl7v2.no-msh' }] } }],
    });
    expect(ended.code).toBe(2);
  });

  it('writes a report beside each when asked', () => {
    expect(files(join(folder, 'reports'))).toContain('ward/three-2.json');
    expect(read(join(folder, 'reports/one.json'))).toMatchObject({
      index: 0,
      report: { messageType: 'ORU^R01^ORU_R01' },
    });
  });

  it('ends with a summary', () => {
    expect(ended.stdout).toMatch(/inputs +4\n +messages +5\n +bundles +4\n +refused +1\n/);
    expect(ended.stdout).toMatch(/Observation +12\n/);
    expect(ended.stdout).toMatch(/fatal hl7v2\.no-msh +1\n/);
    expect(ended.stderr).toBe('');
  });
});

describe('the bytes written', () => {
  const contents = (out: string) =>
    files(join(folder, out)).map((name) => readFileSync(join(folder, out, name), 'utf8'));

  it('do not depend on the number of workers, nor on the time zone of the machine', async () => {
    const runs = [
      normalize('w1', ['--workers', '1', input], { TZ: 'UTC' }),
      normalize('w2', ['--workers', '2', input], { TZ: 'Asia/Kathmandu' }),
      normalize('w3', ['--workers', '3', input], { TZ: 'America/St_Johns' }),
    ];
    await Promise.all(runs);
    expect(contents('w2')).toEqual(contents('w1'));
    expect(contents('w3')).toEqual(contents('w1'));
  });

  it('carry the time of the file, or the one given', async () => {
    await normalize('given', ['--received-at', '2026-05-01T10:00:00+02:00', join(input, 'one.hl7')]);
    // The gateway's own Provenance is the last; the sender's comes before it.
    const recorded = (out: string) =>
      [...readFileSync(join(folder, out, 'one.json'), 'utf8').matchAll(/"recorded": "([^"]*)"/g)].at(-1)![1];
    expect(recorded('w1')).toBe('2026-01-01T00:00:00.000Z');
    expect(recorded('given')).toBe('2026-05-01T08:00:00.000Z');
  });
});

describe('concord normalize on single files', () => {
  it('writes a line for each message of a CSV file', async () => {
    write('observations.csv', sample('synthea-csv.csv'));
    const out = join(folder, 'csv');
    const { code } = await concord([
      'normalize',
      '--feed',
      'synthea-csv',
      '--out',
      out,
      join(input, 'observations.csv'),
    ]);
    expect(code).toBe(0);
    expect(files(out)).toEqual(['observations.ndjson']);
    const lines = readFileSync(join(out, 'observations.ndjson'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { resourceType: string }).resourceType)).toEqual([
      'Bundle',
      'Bundle',
    ]);
  });

  it('keeps the extensions of two files that share a name, so that neither is lost', async () => {
    write('same/a.hl7', newMessage('6'));
    write('same/a.txt', newMessage('7'));
    await normalize('same', ['--quiet', join(input, 'same')]);
    expect(files(join(folder, 'same'))).toEqual(['a.hl7.json', 'a.txt.json']);
  });

  it('leaves nothing of an earlier run that says otherwise', async () => {
    write('again.hl7', 'not yet');
    await normalize('again', ['--quiet', join(input, 'again.hl7')]);
    expect(files(join(folder, 'again'))).toEqual(['again.refused.json']);
    write('again.hl7', newMessage('8'));
    const { code, stdout } = await normalize('again', ['--quiet', join(input, 'again.hl7')]);
    expect(files(join(folder, 'again'))).toEqual(['again.json']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });
});

describe('concord normalize told to do what cannot be', () => {
  it.each([
    ['a feed that is not registered', ['--feed', 'nofeed'], 'No feed "nofeed" is registered'],
    ['an input that is not there', [join(folder, 'nothing')], 'There is no'],
    ['a time that is none', ['--received-at', 'yesterday', input], 'must be a time'],
    ['no workers', ['--workers', '0', input], 'whole number'],
  ])('says so and ends with 1: %s', async (_, args, text) => {
    const { code, stderr } = await normalize('none', [...args, input]);
    expect(stderr).toContain(text);
    expect(code).toBe(1);
  });
});
