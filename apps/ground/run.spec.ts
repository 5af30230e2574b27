import { describe, expect, it } from '@jest/globals';
import { cleanUp } from './run.js';

describe('taking down what was put up', () => {
  it('goes from the last to the first, whatever fails on the way', async () => {
    const taken: string[] = [];
    const step = (name: string, works = true) => async () => {
      taken.push(name);
      if (!works) await Promise.reject(new Error(name));
    };
    expect(await cleanUp([step('database'), step('log', false), step('server')])).toEqual({ inTime: true });
    expect(taken).toEqual(['server', 'log', 'database']);
  });

  it('leaves a step that hangs behind, so that the others are taken too, and says so', async () => {
    const taken: string[] = [];
    const hangs = () => new Promise(() => undefined);
    const began = performance.now();
    expect(await cleanUp([() => Promise.resolve(taken.push('database')), hangs, () => Promise.resolve(taken.push('server'))], 80)).toEqual({ inTime: false });
    expect(taken).toEqual(['server', 'database']);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
