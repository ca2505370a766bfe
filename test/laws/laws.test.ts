// The laws of the core on inputs that nobody wrote; `npm run fuzz` runs the same on many more.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadArtifacts, loadGateway } from '../../src/adapters/composition.js';
import { feeds, inputMaker, loadSeeds } from './inputs.js';
import { examine, type Subject } from './laws.js';

const artifacts = loadArtifacts();
const subject: Subject = { gateway: loadGateway({ artifacts }), dictionary: artifacts.dictionary };
const seeds = loadSeeds();
const make = inputMaker(artifacts.dictionary, seeds);

describe('every payload is answered, traced and accounted for, the same each time, and none makes the core throw', () => {
  it.each(feeds)('the known payloads of the feed %s', (feed) => {
    const breaches = seeds[feed].flatMap((bytes) => examine({ feed, bytes }, subject).breaches);
    expect(breaches).toEqual([]);
  });

  it('generated payloads, and what mishaps make of them', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(examine(make(seed), subject).breaches).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the examination itself', () => {
  const bytes = seeds.hl7v2[0]!;
  const outcomes = () =>
    subject.gateway.normalize({ bytes, digest: 'a', feed: 'hl7v2', receivedAt: '2026-01-01T00:00:00.000Z' }).outcomes;

  it('finds a leaf that has no lineage, a count that is none of it, and a value that nobody accounts for', () => {
    const [outcome] = outcomes();
    const [first, ...others] = outcome!.lineage();
    const forgetful: Subject = {
      ...subject,
      gateway: {
        ...subject.gateway,
        normalize: (envelope) => ({
          envelope,
          issues: [],
          outcomes: [{ ...outcome!, lineage: () => [{ ...first!, leaves: first!.leaves.slice(1) }, ...others] }],
        }),
      },
    };
    expect(examine({ feed: 'hl7v2', bytes }, forgetful).breaches).toEqual([
      expect.stringMatching(/has no lineage$/),
      expect.stringMatching(/^\d+ leaves are counted as \w+, \d+ have lineage$/),
    ]);
  });

  it('finds an input that makes the core throw', () => {
    const faulty: Subject = {
      ...subject,
      gateway: {
        ...subject.gateway,
        normalize: () => {
          throw new TypeError('undefined is not a function');
        },
      },
    };
    expect(examine({ feed: 'hl7v2', bytes }, faulty).breaches).toEqual([
      expect.stringMatching(/^the core threw: TypeError/),
    ]);
  });
});
