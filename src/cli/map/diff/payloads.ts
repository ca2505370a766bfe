// The messages that a comparison runs on: files of a corpus, the inputs of golden cases, or what the store has received.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { loadConfig } from '../../../adapters/config.js';
import { openStore } from '../../../adapters/store/open-store.js';
import type { Store } from '../../../adapters/store/store.js';
import { GatewayError } from '../../../model/error.js';
import type { SourceFormat } from '../../../model/source.js';
import { findInputs } from '../../normalize/inputs.js';

export interface Payload {
  readonly name: string;
  read(): Uint8Array;
}

/** Endings of payload files by format. */
const endings: Readonly<Record<SourceFormat, ReadonlySet<string>>> = {
  hl7v2: new Set(['.hl7', '.er7', '.v2', '.msg', '.txt', '.dat', '']),
  json: new Set(['.json']),
  csv: new Set(['.csv', '.tsv']),
};

/**
 * The payload files of folders, at any depth, and the files named themselves. Of a folder with a case.json only the input
 * counts: the rest is what is expected of it.
 */
export function corpusPayloads(places: readonly string[], format: SourceFormat): Payload[] {
  const named = new Set(places);
  return findInputs(places, '')
    .filter(({ path }) => named.has(path) || isPayload(path, format))
    .map(({ path }) => ({ name: nameOf(path, places), read: () => readFileSync(path) }));
}

const isPayload = (path: string, format: SourceFormat): boolean =>
  endings[format].has(extname(path).toLowerCase()) &&
  (isInput(path) || !existsSync(join(dirname(path), 'case.json'))) &&
  basename(path) !== 'case.json';

const isInput = (path: string): boolean => basename(path).startsWith('input.');

/** As short as tells it: the folder of an `input.*` file, else the path below the place named. */
function nameOf(path: string, places: readonly string[]): string {
  const place = places.find((each) => path.startsWith(each) && path !== each);
  const shown = place === undefined ? basename(path) : relative(place, path);
  return isInput(path) && dirname(shown) !== '.' ? dirname(shown) : shown;
}

/** The inputs of a package's golden cases. */
export function goldenPayloads(folder: string): Payload[] {
  const cases = join(folder, 'tests');
  if (!existsSync(cases)) return [];
  return readdirSync(cases, { recursive: true, encoding: 'utf8' })
    .filter(isInput)
    .sort()
    .map((path) => ({ name: dirname(path), read: () => readFileSync(join(cases, path)) }));
}

/** What a feed has received, newest first; each payload once. */
export async function storedPayloads(feed: string, limit: number): Promise<Payload[]> {
  const { DATABASE_URL, DATA_DIR } = loadConfig(process.env);
  const store = await openStore({ databaseUrl: DATABASE_URL, dataDir: DATA_DIR, path: process.env['PATH'] });
  try {
    return await received(store, feed, limit);
  } finally {
    await store.close();
  }
}

async function received(store: Store, feed: string, limit: number): Promise<Payload[]> {
  const found = new Map<string, Payload>();
  let before: string | undefined;
  for (;;) {
    const page = await store.messages({ feed, limit: 200, ...(before !== undefined && { before }) });
    for (const { payload: digest } of page) {
      if (found.size === limit) return [...found.values()];
      if (!found.has(digest)) found.set(digest, await payloadOf(store, digest));
    }
    before = page.at(-1)?.runId;
    if (before === undefined) return [...found.values()];
  }
}

async function payloadOf(store: Store, digest: string): Promise<Payload> {
  const stored = await store.payload(digest);
  if (stored === undefined) throw new GatewayError('fault', `The store has no payload ${digest}.`);
  return { name: `sha256 ${digest.slice(0, 12)}`, read: () => stored.bytes };
}

/** At most so many, spread evenly. */
export const spread = <T>(items: readonly T[], limit: number): readonly T[] =>
  items.length <= limit
    ? items
    : Array.from({ length: limit }, (_, at) => items[Math.floor((at * items.length) / limit)]!);
