import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Feed } from '../model/feed.js';
import type { JsonObject, MutableObject } from '../model/json.js';
import type { IdentityKey, MappedMessage, MappedResource, PendingReference } from '../model/mapped.js';
import { identify, type Identified } from './identity.js';
import { canonicalJson } from './json.js';

const feed: Feed = {
  name: 'lab',
  title: 'Laboratory',
  owner: 'Interface team',
  format: 'hl7v2',
  mapping: 'hl7v2@1.0.0',
  zone: 'Europe/Berlin',
  authority: 'urn:oid:1.2.3',
  namespaces: new Map(),
  codeSystems: new Map(),
  limits: { bytes: 1_000_000, depth: 50 },
};
const context = { feed, payloadDigest: 'ab'.repeat(32), messageIndex: 0 };

const business = (key: string): IdentityKey => ({ scope: 'business', authority: 'urn:oid:1.2.3.4', key });
const content: IdentityKey = { scope: 'content', authority: '', key: '' };
const inMessage = (key: string): IdentityKey => ({ scope: 'message', authority: '', key });

function mapped(type: string, identity: IdentityKey, body: JsonObject, links: Record<string, MappedResource> = {}) {
  const own = structuredClone(body) as MutableObject;
  const references = Object.entries(links).map(([element, target]): PendingReference => {
    const holder: MutableObject = {};
    own[element] = holder;
    return { holder, target };
  });
  const lineage = () =>
    Object.keys(body).map((element) => ({
      element,
      from: [{ path: `${type}.${element}` }],
      rule: `m#${element}`,
      version: '1.0.0',
    }));
  const counts = { sourced: Object.keys(body).length, fixed: 0, assumed: 0 };
  return { type, identity, content: own, references, lineage, counts } satisfies MappedResource;
}

const message = (...resources: MappedResource[]): MappedMessage => ({
  resources,
  issues: [],
  residuals: [],
  unmapped: [],
  deletes: [],
});

const identified = (...resources: MappedResource[]): Identified => identify(message(...resources), context);
const ids = ({ resources }: Identified) => resources.map(({ id }) => id);
const codes = ({ issues }: Identified) => issues.map(({ code }) => code);

describe('ids', () => {
  it('depend on authority, type and key alone', () => {
    const one = identified(mapped('Patient', business('1'), { gender: 'male' }));
    const other = identify(message(mapped('Patient', business('1'), { active: true })), {
      ...context,
      messageIndex: 7,
    });
    expect(ids(other)).toEqual(ids(one));
  });

  it('differ between two authorities that use one key', () => {
    const elsewhere: IdentityKey = { scope: 'business', authority: 'urn:oid:9.9', key: '1' };
    const [one, two] = ids(identified(mapped('Patient', business('1'), {}), mapped('Patient', elsewhere, {})));
    expect(one).not.toBe(two);
  });

  it('of things known by content are equal for equal content, in any key order', () => {
    const one = identified(mapped('Practitioner', content, { name: [{ family: 'Noor' }], active: true }));
    const other = identified(mapped('Practitioner', content, { active: true, name: [{ family: 'Noor' }] }));
    expect(ids(one)).toEqual(ids(other));
  });

  it('of things known by content take in what they refer to', () => {
    const role = (key: string) => {
      const practitioner = mapped('Practitioner', business(key), {});
      return ids(identified(mapped('PractitionerRole', content, {}, { practitioner }), practitioner))[0];
    };
    expect(role('1')).not.toBe(role('2'));
    expect(role('1')).toBe(role('1'));
  });

  it('within a message depend on payload and position', () => {
    const resource = mapped('Observation', inMessage('OBX[1]'), {});
    const [here] = ids(identified(resource));
    const [next] = ids(identify(message(resource), { ...context, messageIndex: 1 }));
    expect(here).not.toBe(next);
  });

  it('fall back to the message for content that refers to itself', () => {
    const circle = () => {
      const part = mapped('Location', content, { name: 'bed' });
      const whole = mapped('Location', content, { name: 'room' }, { partOf: part });
      const holder: MutableObject = {};
      (part as { references: PendingReference[] }).references.push({ holder, target: whole });
      part.content['partOf'] = holder;
      return identified(whole, part);
    };
    expect(ids(circle())).toEqual(ids(circle()));
    expect(new Set(ids(circle())).size).toBe(2);
  });
});

describe('references to what another message brings', () => {
  it('carry the id that its business key gives there', () => {
    const elsewhere = mapped('Patient', business('1'), {});
    const { resources } = identified(mapped('Observation', business('o'), {}, { subject: elsewhere }));
    const [id] = ids(identified(mapped('Patient', business('1'), { active: true })));
    expect(resources[0]!.content).toEqual({ subject: { reference: `Patient/${id}` } });
  });

  it('are a fault of the mapping without a business key', () => {
    const nameless = mapped('Patient', content, {});
    expect(() => identified(mapped('Observation', business('o'), {}, { subject: nameless }))).toThrow('no key');
  });
});

describe('instances with one id', () => {
  it('are one resource when they say the same', () => {
    const observation = () => mapped('Observation', business('1'), { status: 'final' });
    expect(identified(observation(), observation()).resources).toHaveLength(1);
  });

  it('of an entity are merged, and disagreement is an issue at the place that lost', () => {
    const result = identified(
      mapped('Patient', business('1'), { gender: 'female' }),
      mapped('Patient', business('1'), { gender: 'male', birthDate: '1980' }),
    );
    expect(result.resources).toHaveLength(1);
    expect(result.resources[0]!.content).toEqual({ gender: 'female', birthDate: '1980' });
    expect(result.resources[0]!.lineage().map(({ element }) => element)).toEqual(['gender', 'birthDate']);
    expect(result.resources[0]!.counts).toEqual({ sourced: 2, fixed: 0, assumed: 0 });
    expect(result.issues).toMatchObject([
      {
        code: 'identity.conflict',
        expression: 'Patient.gender',
        position: { path: 'Patient.gender' },
        rule: 'm#gender',
      },
    ]);
  });

  it('of an event are told apart by ordinal, never merged', () => {
    const observation = (status: string) => mapped('Observation', business('1'), { status });
    const result = identified(observation('final'), observation('preliminary'), observation('final'));
    expect(result.resources.map((resource) => resource.content)).toEqual([
      { status: 'final' },
      { status: 'preliminary' },
    ]);
    expect(new Set(ids(result)).size).toBe(2);
  });

  it('differ when what they refer to differs', () => {
    const specimen = (type: string) => mapped('Specimen', business('s'), { type });
    const [blood, urine] = [specimen('blood'), specimen('urine')];
    const observation = (target: MappedResource) => mapped('Observation', business('o'), {}, { specimen: target });
    const report = (target: MappedResource) => mapped('DiagnosticReport', content, {}, { result: target });
    const [first, second] = [observation(blood), observation(urine)];
    const result = identified(first, second, blood, urine, report(first), report(second));
    expect(result.resources).toHaveLength(6);
    expect(new Set(ids(result)).size).toBe(6);
  });

  it('are the same when they differ in nothing but instances that are the same', () => {
    const pair = () => {
      const specimen = mapped('Specimen', business('s'), { type: 'blood' });
      return [specimen, mapped('Observation', business('o'), {}, { specimen })];
    };
    expect(identified(...pair(), ...pair()).resources).toHaveLength(2);
  });
});

describe('identity issues', () => {
  it('are raised once for a type', () => {
    const assumed = (key: string): IdentityKey => ({ ...business(key), assumedAuthority: true });
    const result = identified(
      mapped('Patient', assumed('1'), {}),
      mapped('Patient', assumed('2'), {}),
      mapped('Observation', inMessage('1'), {}),
      mapped('Observation', inMessage('2'), {}),
      mapped('MessageHeader', inMessage('1'), {}),
    );
    expect(codes(result)).toEqual(['identity.no-authority', 'identity.message-scoped']);
  });
});

const types = ['Patient', 'Observation', 'Specimen', 'Practitioner'];
const plan = fc.array(
  fc.record({
    type: fc.constantFrom(...types),
    scope: fc.constantFrom<IdentityKey['scope']>('business', 'content', 'message'),
    key: fc.constantFrom('1', '2'),
    body: fc.record({ a: fc.boolean(), b: fc.constantFrom('x', 'y') }, { requiredKeys: [] }),
    links: fc.dictionary(fc.constantFrom('p', 'q'), fc.nat({ max: 9 })),
  }),
  { minLength: 1, maxLength: 10 },
);
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/** The message of a plan; links may form circles. `turned` inserts every object's keys in the opposite order. */
function built(steps: Plan, turned: boolean): MappedMessage {
  const inOrder = <T>(entries: [string, T][]) => (turned ? entries.reverse() : entries);
  const resources = steps.map(({ type, scope, key, body }) => {
    const authority = scope === 'business' ? 'urn:oid:1' : '';
    return mapped(type, { scope, authority, key }, Object.fromEntries(inOrder(Object.entries(body))));
  });
  steps.forEach(({ links }, i) => {
    for (const [element, to] of inOrder(Object.entries(links))) {
      const holder: MutableObject = {};
      const { content: own, references } = resources[i]!;
      own[element] = holder;
      references.push({ holder, target: resources[to % resources.length]! });
    }
  });
  return message(...resources);
}

describe('identifying any message', () => {
  it('gives one id to each resource and resolves every reference', () => {
    fc.assert(
      fc.property(plan, (steps) => {
        const { resources } = identify(built(steps, false), context);
        const names = new Set(resources.map(({ type, id }) => `${type}/${id}`));
        expect(names.size).toBe(resources.length);
        const text = canonicalJson(resources.map((resource) => resource.content));
        for (const [, reference] of text.matchAll(/"reference":"([^"]*)"/g)) expect(names).toContain(reference);
      }),
    );
  });

  it('does not depend on the order of keys, nor on being done before', () => {
    const result = (of: MappedMessage) =>
      identify(of, context).resources.map(({ type, id, content: said }) => canonicalJson({ type, id, said }));
    fc.assert(
      fc.property(plan, (steps) => {
        const once = built(steps, false);
        const expected = result(once);
        expect(result(built(steps, true))).toEqual(expected);
        expect(result(once)).toEqual(expected);
      }),
    );
  });
});
