// The contracts of an installation, made ready for the releases of its feeds: what is checked, what is converted, and by what
// messages are merged.
import type { Definitions } from '../../model/definitions.js';
import type { Feed } from '../../model/feed.js';
import type { Pins } from '../../model/release.js';
import type { IrPackage } from '../../mappings/language/ir.js';
import { packageAndBase, unownedElements, unregisteredExtensions } from '../../pipeline/contracts/governed.js';
import { mergeTerms } from '../../pipeline/contracts/merge-terms.js';
import type { WrittenContent } from '../../pipeline/contracts/written.js';
import { compileClaims, type Claims } from '../../pipeline/profiles/claims.js';
import type { Release } from '../../pipeline/release.js';
import { compileCanonicalUnits } from '../../pipeline/units/canonical-units.js';
import type { Dictionary } from '../../terminology/dictionary/dictionary.js';
import { compileContracts } from '../../validation/contracts/compile.js';
import { compileConformance } from '../../validation/contracts/conformance.js';
import { profilesAsked, type Contract } from '../../validation/contracts/contract.js';
import { shippedProfiles, type CanonicalProfiles } from '../definitions/canonical-profiles.js';
import { convertUnit } from '../definitions/unit-conversion.js';
import { dictionaryDigest } from '../dictionary/dictionary-files.js';
import type { InstalledTerminology } from '../terminology/installed-editions.js';
import { profileCheck, profilePin } from '../validation/profile-check.js';
import { contractRelease, contractsOf, loadContracts, type Contracts } from './contract-files.js';
import { bindsValueSets, compileBindings } from './value-set-bindings.js';

export interface ContractGround {
  /** Absent: the shipped ones. */
  readonly folder: string | undefined;
  readonly dictionary: Dictionary;
  readonly definitions: Definitions;
  /** Asked for where a contract binds elements to value sets. */
  readonly terminology: () => InstalledTerminology;
}

/** What a feed's contracts are to its release. */
export interface KeptContracts extends Pick<Release, 'contract' | 'canonicalUnits' | 'terms'> {
  readonly pins: Pick<Pins, 'contract' | 'dictionary' | 'profiles'>;
}

/**
 * Reads the contracts.
 *
 * @throws GatewayError `incorrect` with file, line and mend of all that cannot be kept.
 */
export function keptContracts({ folder, dictionary, definitions, terminology }: ContractGround) {
  const contracts = loadContracts(folder, dictionary);
  const bind = compileBindings(contracts, { definitions, content: () => terminology().content });
  const profiles = shippedProfiles();
  const claims = claimsBy(contracts, profiles);
  return (feed: Feed, ir: IrPackage, written: WrittenContent): KeptContracts => {
    const kept = contractsOf(feed.name, contracts);
    return {
      contract: compileContracts({
        contracts: kept,
        convert: convertUnit,
        bind,
        unregistered: unregisteredExtensions(written, contracts),
        unowned: unownedElements(written, contracts),
      }),
      canonicalUnits: compileCanonicalUnits(kept, convertUnit),
      terms: mergeTerms([feed.name, ...packageAndBase(ir)], kept, contracts.ownership, claims(kept)),
      pins: {
        contract: contractRelease(kept, contracts, bindsValueSets(kept) ? terminology().digest() : undefined),
        dictionary: dictionaryDigest(dictionary),
        ...profilePin(profilesAsked(kept), profiles),
      },
    };
  };
}

/** What of the profiles that any contract asks for the resources of a feed may claim, which keeps these. */
function claimsBy({ contracts, extensions }: Contracts, profiles: CanonicalProfiles) {
  const registered = extensions.map(({ url }) => url);
  const check = profileCheck(profiles, registered);
  const claimable = new Set(profilesAsked(contracts));
  return (kept: readonly Contract[]): Claims => compileClaims(compileConformance(kept, check), claimable);
}
