import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../model/json.js';
import { contentHash, oidNamespace, sha256Hex, urlNamespace, uuidV5 } from './digest.js';

describe('SHA-256', () => {
  it('hashes text as UTF-8 and bytes as they are', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex('ä')).toBe(sha256Hex(Uint8Array.of(0xc3, 0xa4)));
  });
});

describe('name-based UUIDs', () => {
  it('agree with RFC 9562 appendix A.4', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('agree with the vectors of other implementations', () => {
    expect(uuidV5(urlNamespace, 'http://python.org/')).toBe('4c565f0d-3f5a-5890-b41b-20cf47701c5e');
    expect(uuidV5(oidNamespace, '1.3.6.1')).toBe('1447fa61-5277-5fef-a9b3-fbc6e44f4af3');
  });

  it('are the SHA-1 of the namespace and the name as UTF-8, but for version and variant', () => {
    for (const name of ['', 'a', 'Müller', '\u20ac', '\ud83d\ude00', '\ud800', 'x'.repeat(5000)]) {
      const octets = Buffer.concat([Buffer.from(urlNamespace.replaceAll('-', ''), 'hex'), Buffer.from(name)]);
      const digest = createHash('sha1').update(octets).digest('hex');
      const hex = uuidV5(urlNamespace, name).replaceAll('-', '');
      expect([hex.slice(0, 12), hex.slice(13, 16), hex.slice(17)]).toEqual([
        digest.slice(0, 12),
        digest.slice(13, 16),
        digest.slice(17, 32),
      ]);
    }
  });

  it('always carry version 5 and the RFC variant', () => {
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    fc.assert(fc.property(fc.uuid(), fc.string(), (namespace, name) => form.test(uuidV5(namespace, name))));
  });
});

describe('the content hash', () => {
  const patient = { resourceType: 'Patient', id: 'p', gender: 'female' };

  it('passes over what a stored copy adds', () => {
    const stored = { ...patient, meta: { versionId: '3', lastUpdated: '2026-01-31T08:00:00Z', source: 'urn:x' } };
    expect(contentHash(stored)).toBe(contentHash(patient));
  });

  it('keeps profiles and tags', () => {
    expect(contentHash({ ...patient, meta: { profile: ['http://example.org/p'] } })).not.toBe(contentHash(patient));
  });

  it('passes over the moment a Provenance was recorded, and over nobody else’s', () => {
    const recorded = (resourceType: string, moment: string) => contentHash({ resourceType, recorded: moment });
    expect(recorded('Provenance', '2026-01-31T08:00:00Z')).toBe(recorded('Provenance', '2026-02-01T08:00:00Z'));
    expect(recorded('List', '2026-01-31T08:00:00Z')).not.toBe(recorded('List', '2026-02-01T08:00:00Z'));
  });

  it('tells 1.5 from 1.50', () => {
    const quantity = (text: string) => contentHash({ resourceType: 'Observation', value: new Decimal(text) });
    expect(quantity('1.5')).not.toBe(quantity('1.50'));
  });
});
