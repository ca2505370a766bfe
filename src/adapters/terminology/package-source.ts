// Where a FHIR package comes from: a file, the FHIR cache of this account, a registry
// (https://confluence.hl7.org/display/FHIR/FHIR+Package+Cache, https://registry.fhir.org/learn).
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayError } from '../../model/error.js';
import { openPackage, packagePath, type FhirPackage } from '../validation/fhir-package.js';

export const publicRegistry = 'https://packages.fhir.org';

/** A registry that does not answer must not hold anybody up. */
const patience = 60_000;

const namePattern = /^[a-z][\w.-]*$/i;
const versionPattern = /^[\w.+-]+$/;

/** The package cache of the account. */
const cache = (): string => join(homedir(), '.fhir', 'packages');

/**
 * @param asked a path, or `name@version` (also `name#version`).
 * @throws GatewayError `not-found` where it is nowhere, `unavailable` where the registry does not answer.
 */
export async function findPackage(asked: string, registry: string, told: (step: string) => void): Promise<FhirPackage> {
  if (existsSync(asked)) return openPackage(asked);
  const [name = '', version = ''] = asked.split(/[@#]/);
  if (!namePattern.test(name) || !versionPattern.test(version))
    throw new GatewayError('not-found', `There is no file ${asked}, and it is no name@version of a package.`);
  const cached = packagePath(cache(), `${name}#${version}`);
  if (cached !== undefined) return openPackage(cached);
  told(`asking ${registry} for ${name} ${version}`);
  return downloaded(new URL(`${name}/${version}`, `${registry.replace(/\/$/, '')}/`));
}

async function downloaded(url: URL): Promise<FhirPackage> {
  const folder = mkdtempSync(join(tmpdir(), 'fhir-package-'));
  try {
    const path = join(folder, 'package.tgz');
    writeFileSync(path, await fetched(url));
    return openPackage(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function fetched(url: URL): Promise<Uint8Array> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(patience) }).catch((error: unknown) => {
    throw new GatewayError('unavailable', `${url.origin} does not answer: bring the package as a file.`, {
      cause: error,
    });
  });
  if (answer.status === 404) throw new GatewayError('not-found', `${url.origin} has no package ${url.pathname}.`);
  if (!answer.ok) throw new GatewayError('unavailable', `${url.origin} answers ${answer.status} for ${url.pathname}.`);
  return new Uint8Array(await answer.arrayBuffer());
}
