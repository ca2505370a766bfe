import { describe, expect, it } from 'vitest';
import type { IdentifiedResource } from '../../canonical/identity.js';
import type { JsonObject } from '../../model/json.js';
import { issue } from '../../model/issue.js';
import type { LeafLineage } from '../../model/lineage.js';
import type { ConformanceCheck } from '../../validation/contracts/conformance.js';
import { compileClaims, noClaims } from './claims.js';

const profile = 'http://example.org/StructureDefinition/named|1.0.0';

/** Conforms when it has a name. */
const named: ConformanceCheck = ({ type, content }) =>
  content['name'] === undefined
    ? { conforms: [], issues: [issue('contract.profile', {}, { expression: `${type}.gender` })] }
    : { conforms: [{ profile, contract: 'record@1.0.0' }], issues: [] };

const claims = compileClaims(named, new Set([profile]));

const leaf = (element: string): LeafLineage => ({
  element,
  from: [{ path: 'PID-8' }],
  rule: 'p/m#r',
  version: '1.0.0',
});
const patient = (content: JsonObject, ...leaves: readonly LeafLineage[]): IdentifiedResource => ({
  type: 'Patient',
  id: '1',
  content,
  lineage: () => [...leaves],
  counts: { sourced: leaves.length, fixed: 0, assumed: 0 },
});
const merged = (content: JsonObject, ...leaves: readonly LeafLineage[]) => ({
  type: 'Patient',
  content,
  leaves: () => leaves,
});

describe('the claims of a message', () => {
  it('name the profile, and the contract that asked for it', () => {
    const { resource, issues } = claims.claimed(patient({ name: 'x' }));
    expect(issues).toEqual([]);
    expect(resource.content).toEqual({ name: 'x', meta: { profile: [profile] } });
    expect(resource.lineage()).toEqual([
      {
        element: 'meta.profile[0]',
        from: [],
        rule: 'contracts/record#named',
        version: 'record@1.0.0',
        conversions: [{ kind: 'fixed', by: 'profile conformed to', because: 'record@1.0.0' }],
      },
    ]);
  });

  it('stand behind the profiles that the mapping wrote, beside what else it said', () => {
    const meta = { profile: ['urn:mapped'], security: [{ code: 'R' }] };
    const { resource } = claims.claimed(patient({ name: 'x', meta }));
    expect(resource.content['meta']).toEqual({ ...meta, profile: ['urn:mapped', profile] });
    expect(resource.lineage().map(({ element }) => element)).toEqual(['meta.profile[1]']);
  });

  it('are not made by what does not conform: the reason is told where its value came from', () => {
    const resource = patient({ gender: 'female' }, leaf('gender'));
    const told = claims.claimed(resource);
    expect(told.resource).toBe(resource);
    expect(told.issues).toMatchObject([{ code: 'contract.profile', position: { path: 'PID-8' }, rule: 'p/m#r' }]);
  });

  it('cost nothing where no contract asks', () => {
    const resource = patient({ name: 'x' });
    expect(noClaims.claimed(resource)).toEqual({ resource, issues: [] });
  });
});

describe('the claims of what messages left together', () => {
  it('are made where the whole conforms, though no message did', () => {
    const renewed = claims.renewed(merged({ name: 'x', gender: 'female' }, leaf('gender')));
    expect(renewed.content['meta']).toEqual({ profile: [profile] });
    expect(renewed.leaves().map(({ element }) => element)).toEqual(['gender', 'meta.profile[0]']);
  });

  it('go when the whole conforms no longer; what else stood in meta stays', () => {
    const gone = claims.renewed(merged({ meta: { profile: [profile] } }, leaf('meta.profile[0]')));
    expect(gone.content).toEqual({});
    expect(gone.leaves()).toEqual([]);
    const meta = { profile: ['urn:mapped', profile], tag: [] };
    const kept = claims.renewed(merged({ meta }, leaf('meta.profile[0]'), leaf('meta.profile[1]')));
    expect(kept.content).toEqual({ meta: { profile: ['urn:mapped'], tag: [] } });
    expect(kept.leaves().map(({ element }) => element)).toEqual(['meta.profile[0]']);
  });

  it('are made once, however often they are renewed', () => {
    const once = claims.renewed(merged({ name: 'x' }));
    const twice = claims.renewed({ ...once, type: 'Patient' });
    expect(twice.content).toEqual(once.content);
    expect(twice.leaves()).toEqual(once.leaves());
  });

  it('leave alone what claims nothing and conforms to nothing', () => {
    const nothing = merged({ gender: 'female' });
    expect(claims.renewed(nothing)).toBe(nothing);
    expect(noClaims.renewed(nothing)).toBe(nothing);
  });
});
