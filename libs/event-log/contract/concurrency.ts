import { describe, expect, it } from '@jest/globals';
import { AppendConflict, type EventLog } from '../port.js';
import { freshStream, readToEnd, sampleEvent, sampleEvents } from './samples.js';

export const concurrency = (log: () => EventLog): void => describe('writers at the same time', () => {
  it('lets exactly one of forty win that believe the same', async () => {
    const stream = freshStream();
    await log().append(stream, sampleEvents(1), { expected: 'none' });
    const attempts = await Promise.allSettled(
      Array.from({ length: 40 }, () => log().append(stream, sampleEvents(2), { expected: 0 })),
    );
    const lost = attempts.filter((attempt) => attempt.status === 'rejected').map((attempt): unknown => attempt.reason);
    expect(lost).toHaveLength(39);
    for (const reason of lost) expect(reason).toBeInstanceOf(AppendConflict);
    expect(await log().read(stream)).toHaveLength(3);
  });

  it('gives writers that expect nothing a place each, without gaps', async () => {
    const stream = freshStream();
    const appended = await Promise.all(Array.from({ length: 40 }, () => log().append(stream, sampleEvents(1), { expected: 'any' })));
    expect(appended.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
    const read = await log().read(stream);
    for (const { revision, position } of appended) expect(read[revision]?.position).toBe(position);
  });

  it('keeps positions and revisions of a stream in the same order', async () => {
    const prefix = freshStream();
    const writer = async (name: string): Promise<void> => {
      for (let n = 0; n < 15; n++) await log().append(`${prefix}/${name}`, [sampleEvent({ n })], { expected: n === 0 ? 'none' : n - 1 });
    };
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map(writer));
    const all = await readToEnd(log(), prefix, 7);
    expect(all).toHaveLength(75);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const own = all.filter(({ stream }) => stream === `${prefix}/${name}`);
      expect(own.map(({ revision }) => revision)).toEqual(own.map((_, n) => n));
      expect(own.map(({ data }) => data.n)).toEqual(own.map((_, n) => n));
    }
  });
});
