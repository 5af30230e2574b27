import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Seal } from './seal.js';

const key = randomBytes(32).toString('base64');
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('a secret in the database', () => {
  it('is encrypted with the operator’s key, each time differently, and comes back', () => {
    const seal = new Seal(key);
    const kept = [seal.close(secret), seal.close(secret)];
    expect(kept[0]).not.toBe(kept[1]);
    for (const one of kept) {
      expect(one).not.toContain(secret.slice(6));
      expect(new Seal(key).open(one)).toBe(secret);
    }
  });

  it('kept before there was a key still comes back', () => expect(new Seal(key).open(new Seal(undefined).close(secret))).toBe(secret));

  it('comes back with a former key that is still given, and is then kept with the new one', () => {
    const fresh = randomBytes(32).toString('base64');
    const both = new Seal(`${fresh},${key}`);
    const kept = new Seal(key).close(secret);
    expect(both.open(kept)).toBe(secret);
    expect([both.isCurrent(kept), both.isCurrent(secret), both.isCurrent(both.close(secret))]).toEqual([false, false, true]);
    expect(new Seal(fresh).open(both.close(secret))).toBe(secret);
    expect([new Seal(undefined).isCurrent(secret), new Seal(undefined).isCurrent(kept)]).toEqual([true, false]);
  });

  it('that was changed, or is opened with another key or none, is refused with what to do', () => {
    const kept = new Seal(key).close(secret);
    expect(() => new Seal(undefined).open(kept)).toThrow('set WEBHOOKS_SECRETS_KEY');
    expect(() => new Seal(randomBytes(32).toString('base64')).open(kept)).toThrow('is not the key');
    expect(() => new Seal(key).open(`${kept.slice(0, -6)}AAAA==`)).toThrow('is not the key');
    expect(() => new Seal('short')).toThrow('must be the base64 of 32 bytes');
  });
});
