// Same bytes, same release, same output: in any process, with any number of workers, in any time zone.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { concord } from '../cli/concord.js';
import { feeds, loadSeeds, type FeedName } from './inputs.js';

const folder = mkdtempSync(join(tmpdir(), 'concord-sameness-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every file below a folder, with its bytes. */
const contents = (path: string): Record<string, string> =>
  Object.fromEntries(
    (readdirSync(path, { recursive: true }) as string[])
      .filter((name) => statSync(join(path, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(path, name), 'latin1')]),
  );

function writeSeeds(feed: FeedName): string {
  const input = join(folder, feed, 'in');
  mkdirSync(input, { recursive: true });
  loadSeeds()[feed].forEach((bytes, index) => writeFileSync(join(input, `${index}.payload`), bytes));
  return input;
}

const runs = [
  { zone: 'UTC', workers: '1' },
  { zone: 'America/New_York', workers: '2' },
  { zone: 'Asia/Kathmandu', workers: '3' },
];

async function outputs(
  feed: FeedName,
  input: string,
  { zone, workers }: (typeof runs)[number],
): Promise<Record<string, string>> {
  const out = join(folder, feed, zone.replace('/', '-'));
  const given = ['--feed', feed, '--workers', workers, '--received-at', '2026-01-31T08:00:00Z', '--quiet'];
  const { code, stderr } = await concord(
    ['normalize', ...given, '--out', out, '--report', join(out, 'reports'), input],
    {
      TZ: zone,
    },
  );
  expect([0, 2]).toContain(code);
  return { ...contents(out), stderr };
}

describe('Bundles, refusals and reports', () => {
  it.each(feeds)(
    'of the feed %s are the same to the byte in three time zones, with one, two and three workers',
    async (feed) => {
      const input = writeSeeds(feed);
      const results: Record<string, string>[] = [];
      for (const run of runs) results.push(await outputs(feed, input, run));
      expect(Object.keys(results[0]!).length).toBeGreaterThan(20);
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
    },
    // Three runs of the command line, one after the other, on a machine that may be busy.
    120_000,
  );
});
