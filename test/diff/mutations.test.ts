// Planted changes of the HL7 v2 package, compared over the inputs of its golden cases. `npm run diff:mutations -- --corpus DIR`
// does the same over any messages.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shippedPackages } from '../../src/adapters/packages/package-source.js';
import { goldenPayloads } from '../../src/cli/map/diff/payloads.js';
import { groupsOf, mutations } from './mutations.js';
import { faultsOf, kindsOf } from './verdict.js';
import { compare, remembered, together, version } from './versions.js';

const payloads = goldenPayloads(join(shippedPackages, 'hl7v2'));
const shipped = remembered(version());

describe('comparing two versions', () => {
  it('finds nothing between two that are the same', () => {
    const { rules, behaviour } = compare(shipped, version(), payloads);
    expect(rules).toEqual({ package: [], rules: [], codeMaps: [] });
    expect(behaviour).toMatchObject({ changed: 0, dispositions: [], causes: [] });
    expect(behaviour.messages).toBeGreaterThanOrEqual(payloads.length);
  });

  it('keeps no value of a message unless asked to', () => {
    const { edits } = mutations.find(({ name }) => name === 'a rule is dropped')!;
    const examples = (showValues: boolean) =>
      compare(shipped, version(edits), payloads.slice(0, 20), showValues).behaviour.causes.flatMap(({ elements }) =>
        elements.flatMap((element) => element.examples),
      );
    expect(examples(false).some((example) => 'before' in example || 'after' in example)).toBe(false);
    expect(examples(true).every(({ before }) => before !== undefined)).toBe(true);
  });

  it.each(groupsOf(mutations, 5).map((planted) => [planted.map(({ name }) => name).join(', '), planted] as const))(
    'finds where %s',
    (_, planted) => {
      const edits = together(planted.map((mutation) => mutation.edits));
      expect(faultsOf(planted, compare(shipped, version(edits), payloads))).toEqual([]);
    },
  );

  it('tells many changes apart that are made at once', () => {
    const planted = mutations.filter(({ alone }) => alone !== true);
    const { causes } = compare(shipped, version(together(planted.map(({ edits }) => edits))), payloads).behaviour;
    const found = new Map(causes.map((each) => [each.cause.name, kindsOf(each)]));
    const lost = planted.filter(({ cause, kinds }) => !kinds.every((kind) => found.get(cause)?.includes(kind)));
    expect(lost.map(({ name }) => name)).toEqual([]);
    expect([...found.keys()].filter((name) => !planted.some(({ cause }) => cause === name))).toEqual([]);
  });
});
