// The project's own canonical profiles (profiles/*.json, and a site's): differentials with owner and purpose. Their
// snapshots are generated, never written by hand.
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GatewayError } from '../../model/error.js';
import type { JsonObject } from '../../model/json.js';
import { once } from '../once.js';
import { packageRoot } from './artifacts.js';
import type { CanonicalSource } from './conformance.js';
import { readJsonObject } from './json-file.js';

export interface CanonicalProfile extends JsonObject {
  readonly id: string;
  readonly url: string;
  readonly version: string;
  /** Who answers for it. */
  readonly publisher: string;
  readonly purpose: string;
  readonly type: string;
  readonly baseDefinition: string;
}

export interface CanonicalProfiles extends CanonicalSource {
  readonly all: readonly CanonicalProfile[];
  get(url: string): CanonicalProfile | undefined;
}

const text = { type: 'string', minLength: 1 } as const;

/** What the house asks of a profile beyond what FHIR does (http://hl7.org/fhir/R4/structuredefinition.html). */
const profileSchema = {
  type: 'object',
  required: ['resourceType', 'id', 'url', 'version', 'publisher', 'purpose', 'type', 'baseDefinition', 'differential'],
  properties: {
    resourceType: { const: 'StructureDefinition' },
    id: text,
    url: text,
    version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
    publisher: text,
    purpose: text,
    type: text,
    baseDefinition: text,
    derivation: { const: 'constraint' },
    snapshot: false,
    differential: {
      type: 'object',
      required: ['element'],
      properties: { element: { type: 'array', minItems: 1 } },
    },
  },
};

const isProfile = new Ajv2020({ allErrors: true }).compile<CanonicalProfile>(profileSchema);

/**
 * Reads folders of profiles; one that is not there has none.
 *
 * @throws GatewayError `incorrect` naming file, element and mend.
 */
export function loadProfiles(folders: readonly string[] = [join(packageRoot, 'profiles')]): CanonicalProfiles {
  const all = folders.filter((folder) => existsSync(folder)).flatMap(profilesIn);
  const known = new Map<string, CanonicalProfile>();
  for (const profile of all) {
    if (known.has(profile.url)) throw new GatewayError('incorrect', `There are two profiles ${profile.url}.`);
    known.set(profile.url, profile);
    known.set(`${profile.url}|${profile.version}`, profile);
  }
  return { all, get: (url) => known.get(url) };
}

/** The shipped ones, read when they are first asked for. */
export const shippedProfiles = once(() => loadProfiles());

const profilesIn = (folder: string): CanonicalProfile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readProfile(join(folder, name)));

function readProfile(path: string): CanonicalProfile {
  const place = `profiles/${basename(path)}`;
  const content = readJsonObject(readFileSync(path, 'utf8'), place);
  if (isProfile(content)) return content;
  const faults = (isProfile.errors ?? []).map((error) => `${place} ${told(error)}`);
  throw new GatewayError('incorrect', faults.join('\n'));
}

const told = ({ instancePath, keyword, message }: ErrorObject): string =>
  keyword === 'false schema'
    ? `${instancePath} is generated: remove it.`
    : `${instancePath || '/'} ${message ?? 'is wrong'}. See docs/how-to/profile-resources.md.`;
