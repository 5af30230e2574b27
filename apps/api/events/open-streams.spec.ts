import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { pause } from '#platform';
import { LIFE_MS, OpenStreams, PATIENCE_MS, type StreamLimits } from './open-streams.js';

const KILOBYTE = 'x'.repeat(1_024);
const streamsWith = (limits: Partial<StreamLimits> = {}): OpenStreams & { counted: () => number } => {
  let open = 0;
  return Object.assign(new OpenStreams({ perCaller: 50, inAll: 1_000, patience: PATIENCE_MS, life: LIFE_MS, ...limits }, (count) => (open = count)), { counted: () => open });
};
const unexpected = (error: unknown): void => {
  throw error;
};

/** As many pieces as are taken; counts them. */
const endless = () => {
  const made = { pieces: 0, ended: false };
  const pieces = async function* (signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    while (!signal.aborted) {
      made.pieces++;
      yield await Promise.resolve(KILOBYTE);
    }
    made.ended = true;
  };
  return { made, pieces };
};
const waiting = async function* (signal: AbortSignal): AsyncGenerator<string, void, undefined> {
  yield 'first';
  await pause(60_000, signal);
};
const ended = (stream: { once(event: 'close', listener: () => void): unknown }): Promise<void> => new Promise((resolve) => stream.once('close', resolve));

describe('a stream', () => {
  it('makes no piece before the one before has gone out: a reader who is slow costs nothing', async () => {
    const streams = streamsWith();
    const { made, pieces } = endless();
    const stuck = new Writable({ highWaterMark: 16_384, write: () => undefined });
    const stream = streams.start('a', pieces, unexpected);
    stream.pipe(stuck);
    await pause(30, new AbortController().signal);
    expect(made.pieces).toBeLessThan(20);
    stream.destroy();
  });

  it('is cut off where a piece is left lying for too long', async () => {
    const streams = streamsWith({ patience: 20 });
    const stream = streams.start('a', endless().pieces, unexpected);
    stream.pipe(new Writable({ highWaterMark: 1, write: () => undefined }));
    await ended(stream);
    expect(streams.counted()).toBe(0);
  });

  it('ends by itself after its life, however much there still is, and its reader may come again', async () => {
    const stream = streamsWith({ life: 20 }).start('a', waiting, unexpected);
    const read: string[] = [];
    for await (const piece of stream) read.push(String(piece));
    expect(read).toEqual(['first']);
  });

  it('ends, and is no failure of the answer, where its source fails', async () => {
    const errors: unknown[] = [];
    const failing = async function* (): AsyncGenerator<string, void, undefined> {
      yield await Promise.resolve('first');
      throw new Error('The database is away.');
    };
    const read: string[] = [];
    for await (const piece of streamsWith().start('a', failing, (error) => errors.push(error))) read.push(String(piece));
    expect([read, errors]).toEqual([['first'], [new Error('The database is away.')]]);
  });

  it('that is left by its reader stops its source at once and gives its place free', async () => {
    const streams = streamsWith({ perCaller: 1 });
    const stream = streams.start('a', waiting, unexpected);
    stream.resume();
    expect(() => streams.start('a', waiting, unexpected)).toThrow(expect.objectContaining({ status: 429, code: 'too-many-streams' }));
    streams.start('b', waiting, unexpected).destroy();
    stream.destroy();
    await ended(stream);
    streams.start('a', waiting, unexpected).destroy();
    expect(streams.counted()).toBe(0);
  });

  it('is refused where as many are open as there may be', () => {
    const streams = streamsWith({ inAll: 2 });
    const open = ['a', 'b'].map((caller) => streams.start(caller, waiting, unexpected));
    expect(() => streams.start('c', waiting, unexpected)).toThrow(expect.objectContaining({ status: 503, code: 'too-many-streams' }));
    for (const stream of open) stream.destroy();
  });

  it('ends with the service: those who read come to the end, those who do not are cut off, and nobody comes in any more', async () => {
    const streams = streamsWith();
    const read = streams.start('a', waiting, unexpected).resume();
    const stuck = streams.start('b', endless().pieces, unexpected);
    stuck.pipe(new Writable({ highWaterMark: 1, write: () => undefined }));
    let reachedEnd = false;
    read.once('end', () => (reachedEnd = true));
    await streams.beforeApplicationShutdown();
    expect([reachedEnd, stuck.destroyed]).toEqual([true, true]);
    expect(() => streams.start('c', waiting, unexpected)).toThrow(expect.objectContaining({ status: 503, code: 'shutting-down' }));
  });
});
