// What the gateway says when it has started: where it listens, what it stores on and how safe that is, what to try.
import { existsSync, readdirSync } from 'node:fs';
import { join, parse, relative } from 'node:path';
import type { Feed } from '../model/feed.js';
import { packageRoot } from './definitions/artifacts.js';
import type { StoreDescription } from './store/db.js';

export interface Greeting {
  readonly url: string;
  readonly version: string;
  readonly store: StoreDescription;
  readonly feeds: Iterable<Feed>;
}

export function greeting({ url, version, store, feeds }: Greeting): string {
  const lines = [
    `Concord ${version} listens on ${url}`,
    `Store: ${store.engine} ${store.version}, ${store.place}`,
    `       ${store.durability}`,
    ...store.notes.map((note) => `       ${note}`),
    '',
    'Try:',
    ...[...feeds].map((feed) => `  ${curl(url, feed)}`),
    `  ${url}/docs`,
  ];
  return `${lines.join('\n')}\n`;
}

const curl = (url: string, { name }: Feed): string =>
  `curl --data-binary @${sampleOf(name) ?? 'PAYLOAD'} ${url}/v1/normalize/${name}`;

const samples = join(packageRoot, 'docs/samples');

/** The sample payload of a shipped feed: `docs/samples/<feed>.*`, as it is called from the current folder. */
function sampleOf(feed: string): string | undefined {
  const name = existsSync(samples) ? readdirSync(samples).find((file) => parse(file).name === feed) : undefined;
  return name === undefined ? undefined : relative(process.cwd(), join(samples, name));
}
