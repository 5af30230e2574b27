import { describe, expect, it } from '@jest/globals';
import { AppendConflict, AppendRefused, type EventLog, type NewEvent } from '../port.js';
import { failure, freshStream, sampleEvent, sampleEvents } from './samples.js';

export const appending = (log: () => EventLog): void => describe('appending', () => {
  it('numbers the events of a stream from 0 and positions upwards', async () => {
    const stream = freshStream();
    const first = await log().append(stream, sampleEvents(2), { expected: 'none' });
    const second = await log().append(stream, sampleEvents(3), { expected: 1 });
    expect(first).toMatchObject({ stream, revision: 1 });
    expect(second).toMatchObject({ stream, revision: 4 });
    expect(second.position).toBeGreaterThan(first.position);
    expect(await log().lastPosition()).toBeGreaterThanOrEqual(second.position);
  });

  it.each([
    { expected: 'none', empty: true, filled: false },
    { expected: 'exists', empty: false, filled: true },
    { expected: 'any', empty: true, filled: true },
    { expected: 0, empty: false, filled: false },
    { expected: 1, empty: false, filled: true },
    { expected: 2, empty: false, filled: false },
  ] as const)('expecting $expected: fits an empty stream $empty, one at revision 1 $filled', async ({ expected, empty, filled }) => {
    const [none, two] = [freshStream(), freshStream()];
    await log().append(two, sampleEvents(2), { expected: 'none' });
    for (const [stream, fits, actual] of [[none, empty, -1], [two, filled, 1]] as const) {
      const attempt = log().append(stream, [sampleEvent()], { expected });
      if (fits) expect(await attempt).toMatchObject({ stream, revision: actual + 1 });
      else {
        const conflict = await failure(attempt);
        expect(conflict).toBeInstanceOf(AppendConflict);
        expect(conflict).toMatchObject({ stream, expected, actual });
        expect(await log().read(stream)).toHaveLength(actual + 1);
      }
    }
  });

  it('writes several streams in one step', async () => {
    const [one, two] = [freshStream(), freshStream()];
    const appended = await log().appendAll([
      { stream: one, events: sampleEvents(2), expected: 'none' },
      { stream: two, events: sampleEvents(1), expected: 'none' },
    ]);
    expect(appended).toMatchObject([{ stream: one, revision: 1 }, { stream: two, revision: 0 }]);
    expect((await log().read(one)).at(-1)?.position).toBe(appended[0]?.position);
    expect((await log().read(two)).at(-1)?.position).toBe(appended[1]?.position);
  });

  it('writes none of several streams when one is not where it should be', async () => {
    const [one, two] = [freshStream(), freshStream()];
    await log().append(two, [sampleEvent()], { expected: 'none' });
    const attempt = log().appendAll([
      { stream: one, events: sampleEvents(2), expected: 'none' },
      { stream: two, events: sampleEvents(1), expected: 'none' },
    ]);
    expect(await failure(attempt)).toMatchObject({ name: 'AppendConflict', stream: two, expected: 'none', actual: 0 });
    expect(await log().read(one)).toEqual([]);
    expect(await log().read(two)).toHaveLength(1);
  });

  it('takes the same event id in another stream', async () => {
    const event = sampleEvent();
    for (const stream of [freshStream(), freshStream()]) {
      expect(await log().append(stream, [event], { expected: 'none' })).toMatchObject({ revision: 0 });
    }
  });

  const twice = sampleEvent();
  it.each<[string, NewEvent[]]>([
    ['no events', []],
    ['the same id twice', [twice, twice]],
    ['the same id twice, written differently', [twice, { ...twice, id: twice.id.toUpperCase() }]],
    ['an id that is not a UUID', [sampleEvent({}, { id: 'first' })]],
    ['an event without type', [sampleEvent({}, { type: '' })]],
    ['NUL in data', [sampleEvent({ deep: [{ text: 'a\0b' }] })]],
    ['NUL in a key', [sampleEvent({ 'a\0b': 1 })]],
    ['NUL in metadata', [sampleEvent({}, { metadata: { note: '\0' } })]],
    ['NUL in a type', [sampleEvent({}, { type: 'Sampled\0.v1' })]],
    ['half a character in data', [sampleEvent({ text: '\ud83d' })]],
    ['a moment that is none', [sampleEvent({}, { recordedAt: '2023-02-30T00:00:00Z' })]],
    ['data that is no object', [sampleEvent(JSON.parse('[]') as NewEvent['data'])]],
  ])('refuses %s', async (_, events) => {
    const stream = freshStream();
    expect(await failure(log().append(stream, events, { expected: 'any' }))).toBeInstanceOf(AppendRefused);
    expect(await log().read(stream)).toEqual([]);
  });

  it('refuses a stream without name, a stream named twice, no stream at all and a revision below 0', async () => {
    const stream = freshStream();
    const write = (name: string) => ({ stream: name, events: sampleEvents(1), expected: 'any' as const });
    expect(await failure(log().append('', sampleEvents(1), { expected: 'any' }))).toBeInstanceOf(AppendRefused);
    expect(await failure(log().append('a\0b', sampleEvents(1), { expected: 'any' }))).toBeInstanceOf(AppendRefused);
    expect(await failure(log().append(stream, sampleEvents(1), { expected: -1 }))).toBeInstanceOf(AppendRefused);
    expect(await failure(log().appendAll([write(stream), write(stream)]))).toBeInstanceOf(AppendRefused);
    expect(await failure(log().appendAll([]))).toBeInstanceOf(AppendRefused);
    expect(await log().read(stream)).toEqual([]);
  });

  it('keeps text that only looks like NUL', async () => {
    const stream = freshStream();
    const data = { backslashes: '\\u0000 \\\\u0000', lines: 'one\ntwo\r\n', quotes: `"'{},`, emoji: '🕊', null: 'null', 'NULL': null };
    await log().append(stream, [sampleEvent(data)], { expected: 'none' });
    expect((await log().read(stream))[0]?.data).toEqual(data);
  });
});
