// Contracts, the extension registry and the ownership of elements from their files. What is wrong with them stops the
// gateway from starting, with the place and the mend.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { canonicalJson } from '../../canonical/json.js';
import { GatewayError } from '../../model/error.js';
import type { JsonObject } from '../../model/json.js';
import type { Governed, Ownership, RegisteredExtension } from '../../pipeline/contracts/governed.js';
import {
  contractPin,
  profilesAsked,
  type Contract,
  type StatusTransitions,
} from '../../validation/contracts/contract.js';
import type { Dictionary } from '../../terminology/dictionary/dictionary.js';
import { resolveContract, type ContractSyntax } from '../../validation/contracts/resolve.js';
import { packageRoot, sha256 } from '../definitions/artifacts.js';
import { shippedProfiles, type CanonicalProfiles } from '../definitions/canonical-profiles.js';
import { shippedDictionary } from '../dictionary/dictionary-files.js';
import { readReviewed, type FilePath } from '../reviewed-file.js';
import { contractSchema, extensionsSchema, ownershipSchema } from './contract-schema.js';

export interface Contracts extends Governed {
  readonly contracts: readonly Contract[];
  /** Where something of a contract stands: `results.yaml:15`. */
  readonly place: (contract: Contract, path: FilePath) => string;
}

const ajv = new Ajv2020({ allErrors: true });
ajvFormats.default(ajv);
const isContract = ajv.compile<ContractSyntax>(contractSchema);
const isRegistry = ajv.compile<{ extensions: readonly RegisteredExtension[] }>(extensionsSchema);
const isOwnership = ajv.compile<{ ownership: readonly Ownership[] }>(ownershipSchema);

const registryFile = 'extensions.yaml';
const ownershipFile = 'ownership.yaml';

/** The contracts that are shipped. */
export const contractFolder: string = join(packageRoot, 'contracts');

/**
 * Reads a folder of contracts.
 *
 * @param dictionary has the concepts that they name; the shipped one when absent
 * @throws GatewayError `incorrect` naming file, line and mend.
 */
export function loadContracts(
  folder: string = contractFolder,
  dictionary: Dictionary = shippedDictionary(),
): Contracts {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml') && !special.has(name));
  const read = files.sort().map((name) => readReviewed(join(folder, name), isContract));
  const resolved = read.map(({ content }) => resolveContract(content, dictionary));
  const faults = resolved.flatMap((each, at) =>
    each.faults.map(({ path, text }) => `${read[at]!.place(path)} ${text}`),
  );
  if (faults.length > 0) throw new GatewayError('incorrect', faults.join('\n'));
  const contracts = resolved.map(({ contract }) => contract);
  for (const contract of contracts) assertWhole(contract, contracts, folder);
  assertProfiles(contracts);
  return {
    contracts,
    place: (contract, path) => read[contracts.indexOf(contract)]?.place(path) ?? contract.id,
    extensions: optional(join(folder, registryFile), isRegistry)?.extensions ?? [],
    ownership: optional(join(folder, ownershipFile), isOwnership)?.ownership ?? [],
  };
}

const special = new Set([registryFile, ownershipFile]);

/** What a feed keeps: its own contract and those that it names; a feed without one keeps those of every resource. */
export function contractsOf(feed: string, { contracts }: Contracts): readonly Contract[] {
  const own = contracts.find((contract) => contract.feed === feed);
  if (own === undefined) return contracts.filter(({ feed: of, onlyNamed }) => of === undefined && onlyNamed !== true);
  const kept = new Set(own.keeps);
  return [own, ...contracts.filter((contract) => kept.has(contractPin(contract)))];
}

/**
 * `hl7v2@1.0.0` with the digest of all that it stands for, and of who owns what: part of the release.
 *
 * @param terminology the digest of what its value sets come from; absent where it binds none
 */
export function contractRelease(kept: readonly Contract[], { ownership }: Governed, terminology?: string): string {
  const stands = { contracts: kept, ownership, ...(terminology !== undefined && { terminology }) };
  const text = canonicalJson(stands as unknown as JsonObject);
  return `${kept[0] === undefined ? 'none' : contractPin(kept[0])} sha256 ${sha256(text)}`;
}

const optional = <T>(path: string, check: ValidateFunction<T>): T | undefined =>
  existsSync(path) ? readReviewed(path, check).content : undefined;

function assertWhole(contract: Contract, all: readonly Contract[], folder: string): void {
  const pins = new Set(all.map(contractPin));
  const missing = contract.keeps?.find((pin) => !pins.has(pin));
  if (missing !== undefined)
    throw new GatewayError('incorrect', `${contract.id} keeps ${missing}, which is not in ${folder}. Correct keeps.`);
  if (all.filter(({ id }) => id === contract.id).length > 1)
    throw new GatewayError('incorrect', `There are two contracts ${contract.id} in ${folder}. Give one another id.`);
  for (const { name, statusTransitions } of contract.schema ?? []) assertOnce(contract, name, statusTransitions);
  for (const { measurements = [] } of contract.schema ?? [])
    for (const { descending, quantities } of measurements) {
      const names = new Set(quantities.map(({ name }) => name));
      const stray = descending?.order.find((name) => !names.has(name));
      if (stray !== undefined)
        throw new GatewayError('incorrect', `${contract.id}: descending names ${stray}, no quantity. Correct order.`);
    }
}

/** A profile at a version that is not there would go unchecked. */
function assertProfiles(contracts: readonly Contract[]): void {
  if (profilesAsked(contracts).length === 0) return;
  const profiles = shippedProfiles();
  for (const { id, schema = [] } of contracts)
    for (const { name, profiles: asked = [] } of schema)
      for (const { profile } of asked) assertProfile(id, name, profile, profiles);
}

function assertProfile(id: string, type: string, url: string, profiles: CanonicalProfiles): void {
  const profile = profiles.get(url);
  if (profile === undefined)
    throw new GatewayError('incorrect', `${id}: ${type} asks for ${url}, which is not in profiles/. Correct profiles.`);
  if (profile.type !== type)
    throw new GatewayError('incorrect', `${id}: ${url} is for ${profile.type}, not for ${type}. Correct profiles.`);
}

function assertOnce({ id }: Contract, type: string, transitions: StatusTransitions | undefined): void {
  const codes = transitions?.order.flat() ?? [];
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  if (twice !== undefined)
    throw new GatewayError('incorrect', `${id}: ${type} has the status ${twice} at two stages. Correct order.`);
}
