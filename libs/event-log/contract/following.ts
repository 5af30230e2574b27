import { describe, expect, it } from '@jest/globals';
import type { Batch, EventLog, RecordedEvent } from '../port.js';
import { freshStream, sampleEvent, sampleEvents } from './samples.js';

/** Follows until `enough` says so of all that was seen; every batch must carry the cursor on. */
const seenUntil = async (batches: AsyncIterable<Batch>, enough: (events: RecordedEvent[], batch: Batch) => boolean): Promise<RecordedEvent[]> => {
  const seen: RecordedEvent[] = [];
  let cursor = 0;
  for await (const batch of batches) {
    for (const { position } of batch.events) {
      expect(position).toBeGreaterThan(cursor);
      expect(position).toBeLessThanOrEqual(batch.position);
      cursor = position;
    }
    cursor = Math.max(cursor, batch.position);
    seen.push(...batch.events);
    if (enough(seen, batch)) break;
  }
  return seen;
};

export const following = (log: () => EventLog): void => describe('following', () => {
  const unending = (): AbortSignal => new AbortController().signal;

  it('gives what is there, says when that was all, then gives what comes', async () => {
    const stream = freshStream();
    const after = await log().lastPosition();
    const old = sampleEvents(5);
    await log().append(stream, old, { expected: 'none' });
    const fresh = sampleEvent();
    const liveAfter: number[] = [];
    const seen = await seenUntil(
      log().follow({ after, filter: { streamPrefixes: [stream] }, max: 2, signal: unending() }),
      (events, { live }) => {
        if (live && liveAfter.push(events.length) === 1) void log().append(stream, [fresh], { expected: 'exists' });
        return events.length === 6;
      },
    );
    expect(liveAfter[0]).toBe(5);
    expect(seen.map(({ id }) => id)).toEqual([...old, fresh].map(({ id }) => id));
  });

  it('says it is live on an end where nothing is waiting, once', async () => {
    const stop = new AbortController();
    const batches: Batch[] = [];
    const after = await log().lastPosition();
    setTimeout(() => stop.abort(), 1_500);
    for await (const batch of log().follow({ after, signal: stop.signal })) batches.push(batch);
    expect(batches).toEqual([{ events: [], position: after, live: true }]);
  });

  it('moves the cursor past events it leaves out', async () => {
    const after = await log().lastPosition();
    const { position } = await log().append(freshStream(), sampleEvents(3), { expected: 'none' });
    for await (const batch of log().follow({ after, filter: { types: ['Nobody.v1'] }, signal: unending() })) {
      expect(batch.events).toEqual([]);
      if (batch.position >= position) break;
    }
  });

  it('gives two followers everything once, in order, while several write', async () => {
    const prefix = freshStream();
    const after = await log().lastPosition();
    const follower = (max: number): Promise<RecordedEvent[]> =>
      seenUntil(log().follow({ after, filter: { streamPrefixes: [prefix] }, max, signal: unending() }), (events) => events.length >= 120);
    const followers = [follower(3), follower(500)];
    const writer = async (name: string): Promise<void> => {
      for (let n = 0; n < 20; n++) await log().append(`${prefix}/${name}`, sampleEvents(2), { expected: 'any' });
    };
    await Promise.all(['a', 'b', 'c'].map(writer));
    const whole = (await log().readAll({ after, filter: { streamPrefixes: [prefix] }, max: 1_000 })).events;
    expect(whole).toHaveLength(120);
    for (const seen of await Promise.all(followers)) expect(seen).toEqual(whole);
  });

  it('waits for a slow consumer and loses nothing meanwhile', async () => {
    const stream = freshStream();
    const after = await log().lastPosition();
    await log().append(stream, sampleEvents(1), { expected: 'none' });
    const seen: number[] = [];
    for await (const { events } of log().follow({ after, filter: { streamPrefixes: [stream] }, max: 4, signal: unending() })) {
      expect(events.length).toBeLessThanOrEqual(4);
      if (seen.length === 0) for (let n = 0; n < 10; n++) await log().append(stream, sampleEvents(1), { expected: 'any' });
      seen.push(...events.map(({ revision }) => revision));
      if (seen.length >= 11) break;
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('ends at once and without error when the signal aborts, waiting or not', async () => {
    const stop = new AbortController();
    const started = performance.now();
    for await (const { live } of log().follow({ after: await log().lastPosition(), signal: stop.signal })) {
      if (live) setTimeout(() => stop.abort(), 20);
    }
    expect(performance.now() - started).toBeLessThan(700);
    for await (const _ of log().follow({ after: 0, signal: AbortSignal.abort() })) throw new Error('nothing was expected');
  });
});
