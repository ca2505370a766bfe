// Golden cases of contracts, ownership and succession: what becomes of messages that follow one another, and what is
// recorded of their disagreements.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadGateway } from '../../src/adapters/composition.js';
import { packageRoot } from '../../src/adapters/definitions/artifacts.js';
import { printCase } from '../../src/pipeline/golden.js';
import { conversationCases, hold } from './conversation.js';

const folder = join(packageRoot, 'test/fixtures/contracts');
const gateway = loadGateway({ site: join(folder, 'site') });
const cases = conversationCases(folder);

describe('messages under contracts', () => {
  it.each(cases.map((each) => [each.shows, each] as const))('%s', (_shows, each) => {
    expect(printCase(hold(each, gateway))).toBe(each.expected ?? '(no expected.json yet)');
  });
});
