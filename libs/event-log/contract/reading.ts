import { beforeAll, describe, expect, it } from '@jest/globals';
import type { EventLog, NewEvent, Position } from '../port.js';
import { freshStream, readToEnd, sampleEvent, sampleEvents } from './samples.js';

export const reading = (log: () => EventLog): void => describe('reading', () => {
  const stream = freshStream('read');
  const events = sampleEvents(10);
  const numbers = (page: readonly { revision: number }[]): number[] => page.map(({ revision }) => revision);
  let after: Position;
  beforeAll(async () => {
    after = await log().lastPosition();
    await log().append(stream, events, { expected: 'none' });
  });

  it('gives back what was written', async () => {
    const written: NewEvent[] = [
      sampleEvent(
        { z: 1, a: [true, null, 1.5, 'ü', { '': {} }], big: Number.MAX_SAFE_INTEGER, tiny: 5e-324, empty: {} },
        { metadata: { actor: 'ä', nested: { source: ['C.N.478'] } }, recordedAt: '2010-08-01T00:00:00.000Z' },
      ),
      sampleEvent({}, { metadata: {}, recordedAt: '2024-02-29T23:59:59.123Z', type: 'Other.v2' }),
    ];
    const name = freshStream("it's a 100% odd_name / ß");
    await log().append(name, written, { expected: 'none' });
    const read = await log().read(name);
    expect(read).toEqual(written.map((event, revision) => ({ ...event, stream: name, revision, position: read[revision]?.position })));
    expect(JSON.stringify(read[0]?.data)).toBe(JSON.stringify(written[0]?.data));
  });

  it('knows a stream nobody wrote to as empty', async () => {
    expect(await log().read(freshStream())).toEqual([]);
    expect(await log().read(freshStream(), { direction: 'backwards' })).toEqual([]);
  });

  it('pages through a stream forwards', async () => {
    expect(numbers(await log().read(stream))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(numbers(await log().read(stream, { max: 3 }))).toEqual([0, 1, 2]);
    expect(numbers(await log().read(stream, { from: 3, max: 3 }))).toEqual([3, 4, 5]);
    expect(numbers(await log().read(stream, { from: 9, max: 3 }))).toEqual([9]);
    expect(numbers(await log().read(stream, { from: 10 }))).toEqual([]);
  });

  it('pages through a stream backwards', async () => {
    const direction = 'backwards';
    expect(numbers(await log().read(stream, { direction, max: 1 }))).toEqual([9]);
    expect(numbers(await log().read(stream, { direction, from: 5, max: 3 }))).toEqual([5, 4, 3]);
    expect(numbers(await log().read(stream, { direction, from: 1 }))).toEqual([1, 0]);
    expect(numbers(await log().read(stream, { direction, from: 50, max: 2 }))).toEqual([9, 8]);
  });

  it('reads the whole log in order, in pages that join without gap or repeat', async () => {
    const whole = await log().readAll({ after, max: 10 });
    expect(whole.events).toEqual(await log().read(stream));
    expect(whole.next).toBe(whole.events[9]?.position);
    for (const max of [1, 3, 10, 11]) {
      expect((await readToEnd(log(), stream, max, after)).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    }
  });

  it('reads nothing after the end', async () => {
    const last = await log().lastPosition();
    expect(await log().readAll({ after: last })).toEqual({ events: [], next: last });
  });

  describe('with a filter', () => {
    const prefix = freshStream('filter');
    const kinds: [string, string][] = [['a', 'Red.v1'], ['b', 'Red.v1'], ['b', 'Blue.v1'], ['c', 'Blue.v1'], ['a', 'Blue.v1']];
    beforeAll(async () => {
      for (const [name, type] of kinds) {
        await log().append(`${prefix}_%${name}`, [sampleEvent({}, { type })], { expected: 'any' });
        await log().append(freshStream('noise'), sampleEvents(2), { expected: 'any' });
      }
    });
    const found = async (streams: string[], types?: string[]): Promise<string[]> => {
      const filter = { streamPrefixes: streams.map((name) => prefix + name), types };
      return (await log().readAll({ filter, max: 100 })).events.map(({ stream: name, type }) => name.at(-1)! + type[0]);
    };

    it('finds streams by the beginning of their names', async () => {
      expect(await found([''])).toEqual(['aR', 'bR', 'bB', 'cB', 'aB']);
      expect(await found(['_%a'])).toEqual(['aR', 'aB']);
      expect(await found(['_%c', '_%a'])).toEqual(['aR', 'cB', 'aB']);
      expect(await found(['_%%', 'x_a'])).toEqual([]);
    });

    it('finds events by type, and by both', async () => {
      expect(await found([''], ['Blue.v1'])).toEqual(['bB', 'cB', 'aB']);
      expect(await found(['_%a', '_%b'], ['Red.v1', 'Green.v1'])).toEqual(['aR', 'bR']);
      expect(await found([''], ['Blue'])).toEqual([]);
    });

    it('finds nothing for an empty list', async () => {
      expect(await found([])).toEqual([]);
      expect(await found([''], [])).toEqual([]);
    });

    it('comes past what it leaves out', async () => {
      const last = await log().lastPosition();
      const page = await log().readAll({ filter: { streamPrefixes: [freshStream()] }, max: 2 });
      expect(page).toEqual({ events: [], next: last });
      expect(await readToEnd(log(), prefix, 2)).toHaveLength(5);
    });
  });
});
