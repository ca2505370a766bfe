// Feeds from their files. A feed that is wrong stops the gateway from starting: better than a message lost later.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { parse } from 'yaml';
import { GatewayError } from '../../model/error.js';
import type { Feed, NamespaceEntry } from '../../model/feed.js';
import { packageRoot } from '../definitions/artifacts.js';
import { feedSchema } from './feed-schema.js';

interface FeedSyntax extends Pick<
  Feed,
  'name' | 'title' | 'owner' | 'format' | 'mapping' | 'zone' | 'authority' | 'displays' | 'lossBudget'
> {
  readonly namespaces?: Readonly<Record<string, NamespaceEntry>>;
  readonly codeSystems?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Feed['limits']>;
}

/** What a payload may have unless its feed says otherwise: 64 MiB, 64 levels. */
const limits: Feed['limits'] = { bytes: 64 * 1024 * 1024, depth: 64 };

const ajv = new Ajv2020({ allErrors: true });
ajvFormats.default(ajv);
const isFeed = ajv.compile<FeedSyntax>(feedSchema);

/**
 * Reads every `*.yaml` of a folder.
 *
 * @throws GatewayError `incorrect` naming the file and what is wrong with it.
 */
export function loadFeeds(folder: string = join(packageRoot, 'feeds')): ReadonlyMap<string, Feed> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return new Map(
    files
      .sort()
      .map((name) => readFeed(join(folder, name)))
      .map((feed) => [feed.name, feed]),
  );
}

function readFeed(path: string): Feed {
  const syntax = parseFeed(path);
  if (!isFeed(syntax)) {
    const faults = (isFeed.errors ?? []).map(({ instancePath, message, params }) =>
      `${instancePath || 'the file'} ${message ?? ''} ${surplus(params)}`.trim(),
    );
    throw new GatewayError('incorrect', `${path}: ${faults.join('; ')}.`);
  }
  assertZone(path, syntax.zone);
  const { name, title, owner, format, mapping, zone, authority, displays, lossBudget } = syntax;
  const given = { ...(displays !== undefined && { displays }), ...(lossBudget !== undefined && { lossBudget }) };
  return {
    name,
    title,
    owner,
    format,
    mapping,
    zone,
    authority,
    ...given,
    namespaces: new Map(Object.entries(syntax.namespaces ?? {})),
    codeSystems: new Map(Object.entries(syntax.codeSystems ?? {})),
    limits: { ...limits, ...syntax.limits },
  };
}

const surplus = (params: Record<string, unknown>): string =>
  typeof params['additionalProperty'] === 'string' ? `(${params['additionalProperty']})` : '';

function parseFeed(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'), { uniqueKeys: true });
  } catch (cause) {
    throw new GatewayError('incorrect', `${path} is not well-formed YAML.`, { cause });
  }
}

function assertZone(path: string, zone: string): void {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
  } catch (cause) {
    throw new GatewayError('incorrect', `${path}: "${zone}" is no IANA time zone.`, { cause });
  }
}
