import { describe, expect, it } from 'vitest';
import { gathering } from './gathering.js';

/** Work that waits until it is let go, and notes what it was given. */
function held(failing: (items: readonly number[]) => boolean = () => false) {
  const groups: (readonly number[])[] = [];
  const letGo: (() => void)[] = [];
  const work = async (items: readonly number[]) => {
    groups.push(items);
    await new Promise<void>((resolve) => void letGo.push(resolve));
    if (failing(items)) throw new Error('refused');
    return items.map((item) => item * 10);
  };
  const release = async () => {
    letGo.shift()?.();
    await new Promise((resolve) => void setTimeout(resolve));
  };
  return { groups, work, release };
}

describe('work that arrives while other work is under way', () => {
  it('is done together, and each is answered its own', async () => {
    const { groups, work, release } = held();
    const record = gathering(work, { together: 10, atOnce: 1 });
    const answers = [record([1]), record([2, 3]), record([4])];
    await release();
    await release();
    expect(groups).toEqual([[1], [2, 3, 4]]);
    expect(await Promise.all(answers)).toEqual([[10], [20, 30], [40]]);
  });

  it('is done in groups of a size, never parted from what it came with', async () => {
    const { groups, work, release } = held();
    const record = gathering(work, { together: 3, atOnce: 1 });
    const answers = [record([1]), record([2, 3, 4, 5]), record([6, 7]), record([8]), record([9])];
    for (let turn = 0; turn < 4; turn++) await release();
    expect(groups).toEqual([[1], [2, 3, 4, 5], [6, 7, 8], [9]]);
    expect((await Promise.all(answers)).flat()).toHaveLength(9);
  });

  it('has so many groups under way', async () => {
    const { groups, work } = held();
    const record = gathering(work, { together: 10, atOnce: 2 });
    for (const item of [1, 2, 3]) void record([item]);
    await Promise.resolve();
    expect(groups).toEqual([[1], [2]]);
  });

  it('fails alone, not those that were done with it', async () => {
    const { groups, work, release } = held((items) => items.includes(3));
    const record = gathering(work, { together: 10, atOnce: 1 });
    const answers = Promise.allSettled([record([1]), record([2]), record([3]), record([4])]);
    for (let turn = 0; turn < 5; turn++) await release();
    expect(groups).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });
});
