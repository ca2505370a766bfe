// `meta.profile`: which of the profiles that the contracts ask for a resource conforms to. Found out, never taken on trust, and
// found out again for what several messages left of a resource together.
import type { IdentifiedResource } from '../../canonical/identity.js';
import type { Issue } from '../../model/issue.js';
import { isList, isObject, type JsonObject } from '../../model/json.js';
import type { LeafLineage } from '../../model/lineage.js';
import type { Subject } from '../../validation/contracts/check.js';
import type { AskedProfile, ConformanceCheck } from '../../validation/contracts/conformance.js';
import { locate } from '../locate.js';

export interface ClaimedResource {
  readonly resource: IdentifiedResource;
  readonly issues: readonly Issue[];
}

export interface Claims {
  /** The resource of a message with its claims, and what keeps it from those that it cannot make. */
  claimed(resource: IdentifiedResource): ClaimedResource;
  /** A merged resource with the claims that it can make now, in the place of those of the messages. */
  renewed(merged: Merged): Merged;
}

/** What messages left of a resource, and its lineage. */
export interface Merged extends Subject {
  readonly leaves: () => readonly LeafLineage[];
}

/** No contract asks for a profile. */
export const noClaims: Claims = {
  claimed: (resource) => ({ resource, issues: [] }),
  renewed: (merged) => merged,
};

/**
 * @param check what the kept contracts ask.
 * @param claimable the profiles that any contract asks for, `url|version`: of these a claim is the gateway's own.
 */
export const compileClaims = (check: ConformanceCheck, claimable: ReadonlySet<string>): Claims => ({
  claimed(resource) {
    const { conforms, issues } = check(resource);
    const claiming = conforms.length === 0 ? resource : withClaims(resource, conforms);
    return { resource: claiming, issues: issues.length === 0 ? issues : locate(issues, claiming) };
  },
  renewed(merged) {
    const bare = withoutClaims(merged.content, claimable);
    const { conforms } = check({ type: merged.type, content: bare });
    if (bare === merged.content && conforms.length === 0) return merged;
    const first = profilesIn(bare).length;
    return {
      ...merged,
      content: withProfiles(bare, conforms),
      leaves: () => [...merged.leaves().filter((leaf) => !isProfileFrom(first, leaf)), ...leavesOf(conforms, first)],
    };
  },
});

function withClaims(resource: IdentifiedResource, conforms: readonly AskedProfile[]): IdentifiedResource {
  const first = profilesIn(resource.content).length;
  return {
    ...resource,
    content: withProfiles(resource.content, conforms),
    lineage: () => [...resource.lineage(), ...leavesOf(conforms, first)],
    counts: { ...resource.counts, fixed: resource.counts.fixed + conforms.length },
  };
}

function profilesIn({ meta }: JsonObject): readonly string[] {
  const profiles = isObject(meta) ? meta['profile'] : undefined;
  return isList(profiles) ? profiles.filter((each): each is string => typeof each === 'string') : [];
}

function withProfiles(content: JsonObject, conforms: readonly AskedProfile[]): JsonObject {
  if (conforms.length === 0) return content;
  const profile = [...profilesIn(content), ...conforms.map((each) => each.profile)];
  return { ...content, meta: { ...(content['meta'] as JsonObject | undefined), profile } };
}

/** The same content where nothing is claimed; a `meta` that held nothing else is gone. */
function withoutClaims(content: JsonObject, claimable: ReadonlySet<string>): JsonObject {
  const profiles = profilesIn(content);
  const own = profiles.filter((each) => !claimable.has(each));
  if (own.length === profiles.length) return content;
  const { meta, ...rest } = content;
  const { profile: _, ...said } = meta as JsonObject;
  const kept = { ...said, ...(own.length > 0 && { profile: own }) };
  return Object.keys(kept).length === 0 ? rest : { ...rest, meta: kept };
}

/** Claims stand behind the profiles that a mapping wrote. */
const isProfileFrom = (first: number, { element }: LeafLineage): boolean => {
  const at = /^meta\.profile\[(\d+)\]$/.exec(element)?.[1];
  return at !== undefined && Number(at) >= first;
};

const leavesOf = (conforms: readonly AskedProfile[], first: number): LeafLineage[] =>
  conforms.map(({ profile, contract }, at) => ({
    element: `meta.profile[${first + at}]`,
    from: [],
    rule: `contracts/${contract.split('@')[0]}#${profile.replace(/^.*\/|\|.*$/g, '')}`,
    version: contract,
    conversions: [{ kind: 'fixed', by: 'profile conformed to', because: contract }],
  }));
