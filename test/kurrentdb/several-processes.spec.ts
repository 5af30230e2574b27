import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppendConflict, AppendRefused, type EventLog, openEventLog, UnfitEventLog } from '#event-log';
import { event, events, failure, followed, freshStream } from './events.js';
import { openTarget } from './target.js';

/** What one process cannot know of another: each has an event log of its own, on one server. */
describe('several processes on one KurrentDB', () => {
  let target: Awaited<ReturnType<typeof openTarget>>;
  let [one, other] = [] as unknown as [EventLog, EventLog];
  beforeAll(async () => {
    target = await openTarget();
    [one, other] = await Promise.all([openEventLog(target), openEventLog(target)]);
  });
  afterAll(async () => {
    await Promise.all([one.close(), other.close()]);
    target.stop();
  });

  it.each(['any', 'exists', 'none', 0, 1, 7] as const)('one repeats what another wrote, expecting %s, and nothing is written', async (expected) => {
    const stream = freshStream();
    await one.append(stream, events(1), { expected: 'none' });
    const sent = events(2);
    const first = await one.append(stream, sent, { expected: 0 });
    await one.append(stream, events(1), { expected: 'any' });
    expect(await other.append(stream, sent, { expected })).toEqual(first);
    expect(await one.read(stream)).toHaveLength(4);
  });

  it('one that has read of a stream long ago still knows what was written to it since', async () => {
    const stream = freshStream();
    await one.append(stream, events(1), { expected: 'none' });
    await other.append(stream, events(3), { expected: 0 });
    expect(await one.append(stream, events(1), { expected: 3 })).toMatchObject({ revision: 4 });
    expect(await other.append(stream, events(1), { expected: 'any' })).toMatchObject({ revision: 5 });
    expect(await failure(one.append(stream, events(1), { expected: 4 }))).toMatchObject({ name: 'AppendConflict', actual: 5 });
  });

  it('refuses events of which another wrote only some', async () => {
    const stream = freshStream();
    await one.append(stream, events(1), { expected: 'none' });
    const [known, fresh] = events(2);
    await other.append(stream, [known!], { expected: 0 });
    expect(await failure(one.append(stream, [known!, fresh!], { expected: 'any' }))).toBeInstanceOf(AppendRefused);
    expect(await one.read(stream)).toHaveLength(2);
  });

  it('lets exactly one of forty win that believe the same', async () => {
    const stream = freshStream();
    await one.append(stream, events(1), { expected: 'none' });
    const attempts = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => (index % 2 ? one : other).append(stream, events(1), { expected: 0 })));
    const lost = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason as unknown] : []));
    expect(lost).toHaveLength(39);
    for (const reason of lost) expect(reason).toBeInstanceOf(AppendConflict);
  });

  it('gives writers that expect nothing a place each, in one stream and over several', async () => {
    const [left, right] = [freshStream(), freshStream()];
    const alone = Array.from({ length: 30 }, (_, index) => (index % 2 ? one : other).append(left, events(1), { expected: 'any' }));
    const together = Array.from({ length: 10 }, (_, index) => (index % 2 ? one : other).appendAll([left, right].map((stream) => ({ stream, events: events(2), expected: 'any' as const }))));
    const appended = [...(await Promise.all(alone)), ...(await Promise.all(together)).flat()];
    const read = new Map([[left, await one.read(left)], [right, await one.read(right)]]);
    expect(read.get(left)!.map(({ revision }) => revision)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(read.get(right)).toHaveLength(20);
    for (const { stream, revision, position } of appended) expect(read.get(stream)![revision]?.position).toBe(position);
  });

  it('gives a follower everything once, in order, from catching up into being live, while all write', async () => {
    const prefix = freshStream();
    const after = await one.lastPosition();
    const writing = Promise.all([one, other].map(async (log, process) => {
      for (let n = 0; n < 60; n++) await log.append(`${prefix}/${process}-${n % 5}`, events(3), { expected: 'any' });
    }));
    const seen = await followed(other, 360, { after, filter: { streamPrefixes: [prefix] }, max: 25 });
    await writing;
    const whole = await one.readAll({ after, filter: { streamPrefixes: [prefix] }, max: 1_000 });
    expect(seen).toEqual(whole.events);
  });

  it('goes on from any place that it was told of, without a gap or a repeat', async () => {
    const [prefix, noise] = [freshStream(), freshStream('noise')];
    const after = await one.lastPosition();
    for (let n = 0; n < 4; n++) {
      await one.append(prefix, events(2), { expected: 'any' });
      await one.append(noise, events(150), { expected: 'any' });
    }
    const filter = { streamPrefixes: [prefix] };
    const whole = (await one.readAll({ after, filter })).events;
    const places = new Set<number>();
    for await (const { position, live } of one.follow({ after, filter, max: 1, signal: new AbortController().signal })) {
      places.add(position);
      if (live) break;
    }
    for (const place of places) {
      const rest = whole.filter(({ position }) => position > place);
      expect((await one.readAll({ after: place, filter })).events).toEqual(rest);
      if (rest.length > 0) expect(await followed(other, rest.length, { after: place, filter })).toEqual(rest);
    }
  });

  it('holds back what a slow follower has not asked for, and loses none of it', async () => {
    const stream = freshStream();
    const after = (await one.append(stream, events(1), { expected: 'none' })).position;
    let wrote = false;
    const seen = await followed(other, 3_001, {
      after: after - 1, filter: { streamPrefixes: [stream] }, max: 200,
      onEvents: async () => {
        if (!wrote) for (let n = 0; n < 6; n++) await one.append(stream, events(500), { expected: 'any' });
        wrote = true;
      },
    });
    expect(seen.map(({ revision }) => revision)).toEqual(Array.from({ length: 3_001 }, (_, n) => n));
  });

  it('says that a place is none of this log, instead of asking for ever', async () => {
    await one.append(freshStream(), events(3), { expected: 'none' });
    const none = (await one.lastPosition()) - 2;
    expect(await failure(one.readAll({ after: none }))).toBeInstanceOf(UnfitEventLog);
    expect(await failure(followed(one, 1, { after: none }))).toBeInstanceOf(UnfitEventLog);
  });

  it('refuses what the server would not take, before it is sent', async () => {
    expect(await failure(one.append('$own', events(1), { expected: 'any' }))).toBeInstanceOf(AppendRefused);
    expect(await failure(one.append(freshStream(), [event({ text: 'x'.repeat(16 * 1024 * 1024) })], { expected: 'any' }))).toBeInstanceOf(AppendRefused);
    const [stream, large] = [freshStream(), event({ text: 'x'.repeat(3 * 1024 * 1024) })];
    await one.append(stream, [large], { expected: 'none' });
    expect((await one.read(stream))[0]?.data).toEqual(large.data);
  });
});
