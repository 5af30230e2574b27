import { describe, expect, it } from '@jest/globals';
import { AppendRefused, type EventLog, type Expectation } from '../port.js';
import { failure, freshStream, sampleEvent, sampleEvents } from './samples.js';

export const repeating = (log: () => EventLog): void => describe('repeating an append', () => {
  it.each<[Expectation]>([['any'], ['none'], ['exists'], [0], [7]])(
    'answers what the first one answered, after other writes and expecting %s', async (expected) => {
      const [stream, other] = [freshStream(), freshStream()];
      await log().append(stream, sampleEvents(1), { expected: 'none' });
      const events = sampleEvents(2);
      const first = await log().append(stream, events, { expected: 0 });
      await log().append(stream, sampleEvents(3), { expected: 'any' });
      await log().append(other, sampleEvents(3), { expected: 'any' });
      expect(await log().append(stream, events, { expected })).toEqual(first);
      expect(await log().append(stream, [{ ...events[0]! }, events[1]!], { expected })).toEqual(first);
      expect(await log().read(stream)).toHaveLength(6);
    },
  );

  it('answers for several streams at once', async () => {
    const writes = [freshStream(), freshStream()].map((stream) => ({ stream, events: sampleEvents(2), expected: 'none' as const }));
    const first = await log().appendAll(writes);
    await log().append(writes[0]!.stream, sampleEvents(1), { expected: 'any' });
    expect(await log().appendAll(writes)).toEqual(first);
    expect(await log().append(writes[1]!.stream, writes[1]!.events, { expected: 'none' })).toEqual(first[1]);
  });

  it('refuses events of which only some are stored', async () => {
    const [stream, other] = [freshStream(), freshStream()];
    const events = sampleEvents(2);
    await log().append(stream, events, { expected: 'none' });
    expect(await failure(log().append(stream, [events[0]!, sampleEvent()], { expected: 'any' }))).toBeInstanceOf(AppendRefused);
    expect(await failure(log().append(stream, [sampleEvent(), ...events], { expected: 1 }))).toBeInstanceOf(AppendRefused);
    const half = log().appendAll([
      { stream: other, events: sampleEvents(1), expected: 'any' },
      { stream, events, expected: 'any' },
    ]);
    expect(await failure(half)).toBeInstanceOf(AppendRefused);
    expect(await log().read(stream)).toHaveLength(2);
    expect(await log().read(other)).toEqual([]);
  });

  it('writes once what is sent many times at the same moment', async () => {
    const stream = freshStream();
    const events = sampleEvents(3);
    const answers = await Promise.all(Array.from({ length: 20 }, () => log().append(stream, events, { expected: 'none' })));
    expect(new Set(answers.map(({ revision, position }) => `${revision} ${position}`)).size).toBe(1);
    expect((await log().read(stream)).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });
});
