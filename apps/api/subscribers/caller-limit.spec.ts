import { expect, it } from '@jest/globals';
import { StoppedClock } from '#platform';
import { CallerLimit } from './caller-limit.js';

it('admits each caller so often within an hour, and no other is held up by that', () => {
  const clock = new StoppedClock(Temporal.Instant.from('2026-12-01T08:00:00Z'));
  const limit = new CallerLimit(2, clock);
  const ask = (caller: string): boolean => limit.admits(caller);
  expect(['a', 'a', 'a', 'b'].map(ask)).toEqual([true, true, false, true]);
  clock.moveTo(clock.now().add({ minutes: 59 }));
  expect(ask('a')).toBe(false);
  clock.moveTo(clock.now().add({ minutes: 2 }));
  expect(ask('a')).toBe(true);
});
