import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../model/error.js';
import { Decimal } from '../../model/json.js';
import { weight } from '../../../test/store/outcomes.js';
import { resourceText, storedText } from './resource-text.js';

const added = { version: 3, lastUpdated: '2026-01-31T08:00:00.000Z' };

describe('A stored resource', () => {
  it('is printed with its version, type and id first', () => {
    expect(resourceText({ ...storedText(weight('w1', '70.50')), ...added })).toBe(
      '{"resourceType":"Observation","id":"w1","meta":{"versionId":"3","lastUpdated":"2026-01-31T08:00:00.000Z",' +
        '"profile":["http://example.org/weight"],"source":"urn:feed:northlab"},' +
        '"status":"final","valueQuantity":{"unit":"kg","value":70.50}}',
    );
  });

  it('takes its version from the store alone', () => {
    const meta = { versionId: '9', lastUpdated: '1999-01-01T00:00:00Z' };
    const text = resourceText({ ...storedText({ resourceType: 'Basic', id: 'b', meta }), ...added });
    expect(JSON.parse(text)).toEqual({
      resourceType: 'Basic',
      id: 'b',
      meta: { versionId: '3', lastUpdated: added.lastUpdated },
    });
  });

  it('has a hash that its order of members and its source leave as it is', () => {
    const { hash } = storedText({ resourceType: 'Basic', id: 'b', a: new Decimal('1.0'), b: '2' });
    expect(
      storedText({ b: '2', a: new Decimal('1.0'), meta: { source: 'x' }, id: 'b', resourceType: 'Basic' }).hash,
    ).toBe(hash);
    expect(storedText({ resourceType: 'Basic', id: 'b', a: new Decimal('1.00'), b: '2' }).hash).not.toBe(hash);
  });

  it('needs a type and an id', () => {
    expect(() => storedText({ resourceType: 'Basic' })).toThrow(GatewayError);
  });
});
