// Validation against the project's own profiles, as contracts ask for it on the way of a message. Definitions are read when
// the first resource is checked: most feeds ask for nothing.
import { canonicalJson } from '../../canonical/json.js';
import type { JsonObject } from '../../model/json.js';
import type { Pins } from '../../model/release.js';
import type { CheckProfile } from '../../validation/contracts/conformance.js';
import { fullValidator, type FullValidator } from '../../validation/profiles/full-validator.js';
import { artifactDigest, artifactNames, loadManifest, sha256 } from '../definitions/artifacts.js';
import type { CanonicalProfiles } from '../definitions/canonical-profiles.js';
import { registryOf, shippedConformance } from '../definitions/conformance.js';
import { convertUnit } from '../definitions/unit-conversion.js';
import { once } from '../once.js';

/** @param registered extensions that need no definition: the registry of the contracts knows them. */
export function profileCheck(profiles: CanonicalProfiles, registered: readonly string[]): CheckProfile {
  const validator = once((): FullValidator => fullValidator(registryOf(shippedConformance(), profiles), convertUnit));
  // A display that is not its system's is the sender's: it does not make the code another one.
  const settings = { extensionDomains: registered, lenientDisplays: true };
  return (resource, profile) => validator()(resource, { ...settings, profiles: [profile] });
}

const definitionsRead = [artifactNames.structures, artifactNames.profiles, artifactNames.valueSets];

/** SHA-256 of profiles, and of what they are checked with: part of the release. None where none is named. */
export function profilePin(urls: readonly string[], profiles: CanonicalProfiles): Pick<Pins, 'profiles'> {
  if (urls.length === 0) return {};
  const manifest = loadManifest();
  const read = {
    profiles: urls.map((url) => profiles.get(url) as JsonObject),
    definitions: definitionsRead.map((name) => artifactDigest(manifest, name)),
  };
  return { profiles: sha256(canonicalJson(read)) };
}
