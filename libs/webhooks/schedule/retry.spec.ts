import { describe, expect, it } from '@jest/globals';
import { isFailingTooLong, nextAttempt, secondsAsked, verdictOf } from './retry.js';

const now = Temporal.Instant.from('2026-11-24T08:00:00Z');
const waits = (random: number) => Array.from({ length: 10 }, (_, made) => nextAttempt({ attempts: made + 1, now, random })?.since(now).total('seconds') ?? null);

describe('an attempt that failed is repeated', () => {
  it('after about 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, then no more', () =>
    expect(waits(0.5)).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null]));

  it('a tenth earlier or later, so that not all come back at once', () => {
    expect(waits(0).slice(0, 3)).toEqual([4.5, 270, 1_620]);
    expect(waits(1).slice(0, 3)).toEqual([5.5, 330, 1_980]);
  });

  it('for more than two days, whatever the jitter', () => expect(waits(0).reduce<number>((sum, wait) => sum + (wait ?? 0), 0)).toBeGreaterThan(2 * 86_400));

  it('not before the receiver asked for, but within a day', () => {
    const after = (retryAfter: string, attempts = 1) => nextAttempt({ attempts, now, random: 0.5, retryAfter })?.toString();
    expect(after('120')).toBe('2026-11-24T08:02:00Z');
    expect(after('1')).toBe('2026-11-24T08:00:05Z');
    expect(after('Tue, 24 Nov 2026 09:00:00 GMT')).toBe('2026-11-24T09:00:00Z');
    expect(after('99999999999')).toBe('2026-11-25T08:00:00Z');
    expect(after('Thu, 24 Nov 2033 09:00:00 GMT')).toBe('2026-11-25T08:00:00Z');
    expect(after('120', 10)).toBeUndefined();
  });
});

it.each(['', '-5', '1.5', 'soon', '1e9', '2026-11-25T08:00:00Z', 'Tue, 99 Nov 2026 09:00:00 GMT', 'Mon, 23 Nov 2026 08:00:00 GMT', null, undefined])('a Retry-After of %j asks for nothing', (text) =>
  expect(secondsAsked(text, now)).toBe(0));

describe('an answer', () => {
  it.each([200, 201, 202, 204, 299])('%d has it', (status) => expect(verdictOf(status)).toBe('delivered'));
  it.each([100, 199, 300, 301, 302, 304, 307, 308, 400, 401, 404, 429, 500, 503, null])('%j has failed', (status) => expect(verdictOf(status)).toBe('failed'));
  it('410 wants no more', () => expect(verdictOf(410)).toBe('gone'));
});

it('an endpoint is disabled after five days without a success', () => {
  expect(isFailingTooLong(Temporal.Instant.from('2026-11-19T08:00:01Z'), now)).toBe(false);
  expect(isFailingTooLong(Temporal.Instant.from('2026-11-19T08:00:00Z'), now)).toBe(true);
});
