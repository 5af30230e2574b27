import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Connection } from './connection.js';
import { KnownStreams } from './known-streams.js';
import { Reader } from './reader.js';

describe('what is kept in memory of streams', () => {
  // Nobody is asked here.
  const connection = new Connection('kurrentdb://127.0.0.1:1?tls=false');
  afterEach(() => connection.close());

  const learned = (most: number, streams: Record<string, number>): KnownStreams => {
    const known = new KnownStreams(new Reader(connection), most);
    for (const [stream, count] of Object.entries(streams)) known.learn(stream, Array.from({ length: count }, (_, revision) => ({ id: randomUUID(), revision, position: revision + 1 })));
    return known;
  };
  const kept = (known: KnownStreams): string[] => ['a', 'b', 'c'].filter((stream) => known.has(stream));

  it('is let go for those first that were not written to for longest, until little enough is left', () => {
    const known = learned(4, { a: 2, b: 2, c: 2 });
    known.learn('a', []);
    known.forgetOldest(() => false);
    expect(kept(known)).toEqual(['a', 'c']);
    known.forgetOldest(() => false);
    expect(kept(known)).toEqual(['a', 'c']);
  });

  it('is kept for those that an append rests on: else only their end would be known from then on, and a repeat of what came before be written again', () => {
    const known = learned(1, { a: 2, b: 2, c: 2 });
    known.forgetOldest((stream) => stream === 'a');
    expect(kept(known)).toEqual(['a']);
  });
});
