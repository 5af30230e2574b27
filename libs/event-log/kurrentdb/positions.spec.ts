import { describe, expect, it } from '@jest/globals';
import { placeAt, positionOf } from './positions.js';

describe('a position of KurrentDB as one number', () => {
  const event = (at: bigint) => ({ commit: at, prepare: at });
  const before = (at: bigint) => ({ commit: at, prepare: 0n });

  it('is greater the later it is, a checkpoint before an event included', () => {
    const inOrder = [event(731n), before(877n), event(877n), before(2_004_534n), event(2_004_534n), event(2n ** 51n)].map(positionOf);
    expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
    expect(new Set(inOrder).size).toBe(inOrder.length);
    expect(Math.min(...inOrder)).toBeGreaterThan(0);
  });

  it('is given back to the server as it came, because the server takes no other', () => {
    for (const place of [event(731n), before(2_004_534n), event(2n ** 51n)]) expect(placeAt(positionOf(place))).toEqual(place);
    expect(placeAt(0)).toBe('start');
  });
});
