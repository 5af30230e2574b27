import { describe, expect, it } from '@jest/globals';
import { together } from './together.js';

describe('what is asked for together', () => {
  it('goes in one call, each with its own answer; what comes meanwhile goes in the next', async () => {
    const calls: number[][] = [];
    const double = together(async (all: readonly number[]) => {
      calls.push([...all]);
      await new Promise((resolve) => setTimeout(resolve, 10));
      return all.map((one) => 2 * one);
    }, 3);
    const first = [double(1), double(2)];
    await new Promise((resolve) => setTimeout(resolve, 5));
    const later = [3, 4, 5, 6].map(double);
    expect(await Promise.all([...first, ...later])).toEqual([2, 4, 6, 8, 10, 12]);
    expect(calls).toEqual([[1, 2], [3, 4, 5], [6]]);
  });

  it('fails together, and the next call is not touched by it', async () => {
    let down = true;
    const ask = together((all: readonly string[]) => (down ? Promise.reject(new Error('away')) : Promise.resolve(all)));
    expect(await Promise.allSettled([ask('a'), ask('b')])).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    down = false;
    expect(await ask('c')).toBe('c');
  });
});
