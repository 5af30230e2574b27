import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppendConflict, type EventLog, LogOutOfReach, openEventLog } from '#event-log';
import { KurrentDouble } from './double/index.js';
import type { Fault } from './double/faults.js';
import { events, failure, followed, freshStream } from './events.js';

/** So that nobody waits for two seconds here. */
const SOON = { answerWithin: 400 };

describe('one node of KurrentDB, when things go wrong', () => {
  let double: KurrentDouble;
  let log: EventLog;
  beforeAll(async () => {
    double = await KurrentDouble.start();
    log = await openEventLog({ url: double.url(), ...SOON });
  });
  afterAll(async () => {
    await log.close();
    double.stop();
  });

  const faults: Fault[] = ['reply lost', 'silence', 'unavailable', 'deadline exceeded', 'overloaded'];
  it.each(faults)('an append that meets "%s", twice, is written once and answered', async (fault) => {
    const stream = freshStream();
    await log.append(stream, events(1), { expected: 'none' });
    double.node.faults.next('BatchAppend', fault, fault);
    const answer = await log.append(stream, events(2), { expected: 'any' });
    const stored = double.database.eventsOf(stream);
    expect(stored).toHaveLength(3);
    expect(answer).toEqual({ stream, revision: 2, position: 2 * stored[2]!.position + 1 });
  });

  it.each(faults)('an append to several streams that meets "%s", twice, is written once and answered', async (fault) => {
    const streams = [freshStream(), freshStream()];
    double.node.faults.next('AppendRecords', fault, fault);
    const answers = await log.appendAll(streams.map((stream) => ({ stream, events: events(2), expected: 'none' as const })));
    for (const [index, stream] of streams.entries()) {
      const stored = double.database.eventsOf(stream);
      expect(stored).toHaveLength(2);
      expect(answers[index]).toEqual({ stream, revision: 1, position: 2 * stored[1]!.position + 1 });
    }
  });

  it('neighbours of an append whose reply is lost get their answers too', async () => {
    const streams = Array.from({ length: 20 }, () => freshStream());
    double.node.faults.next('BatchAppend', 'reply lost');
    const answers = await Promise.all(streams.map((stream) => log.append(stream, events(1), { expected: 'none' })));
    for (const answer of answers) expect((await log.read(answer.stream)).map(({ position }) => position)).toEqual([answer.position]);
  });

  it('neighbours whose client is given up because all of them wait in vain are sent again', async () => {
    const streams = Array.from({ length: 32 }, () => freshStream());
    double.node.faults.next('BatchAppend', ...Array.from({ length: 32 }, (): Fault => 'silence'));
    await Promise.all(streams.map((stream) => log.append(stream, events(1), { expected: 'none' })));
    for (const stream of streams) expect(double.database.eventsOf(stream)).toHaveLength(1);
  });

  it('an append that meets a node which has lost its leader is written once and answered', async () => {
    const stream = freshStream();
    double.node.faults.next('BatchAppend', 'no leader', 'no leader');
    expect(await log.append(stream, events(1), { expected: 'none' })).toMatchObject({ revision: 0 });
    expect(double.database.eventsOf(stream)).toHaveLength(1);
  });

  it('no limit grows because a server was away', async () => {
    const stream = freshStream();
    let appended: Promise<unknown> | undefined;
    await double.restart(double.node, async () => {
      appended = log.append(stream, events(1), { expected: 'none' });
      await sleep(1_500);
      double.node.faults.next('BatchAppend', 'silence');
    });
    const back = performance.now();
    await appended;
    expect(performance.now() - back).toBeLessThan(4_000);
  });

  it('what the server refuses for good is not tried again', async () => {
    double.node.faults.next('BatchAppend', 'access denied');
    const before = double.node.calls.length;
    expect(await failure(log.append(freshStream(), events(1), { expected: 'none' }))).toMatchObject({ type: 'access-denied' });
    expect(double.node.calls.length - before).toBe(1);
  });

  it('a repeat writes nothing after a restart that forgot all ids, whatever it expects and whoever repeats', async () => {
    const expectations = ['any', 'exists', 'none', 0] as const;
    const first = await Promise.all(expectations.map(async (expected) => {
      const [stream, sent] = [freshStream(), events(2)];
      await log.append(stream, events(1), { expected: 'none' });
      return { expected, stream, sent, answer: await log.append(stream, sent, { expected: 'any' }) };
    }));
    await double.restart();
    const another = await openEventLog({ url: double.url(), ...SOON });
    for (const again of [log, another]) {
      for (const { expected, stream, sent, answer } of first) {
        expect(await again.append(stream, sent, { expected })).toEqual(answer);
        expect(double.database.eventsOf(stream)).toHaveLength(3);
      }
    }
    await another.close();
  });

  it('an append is answered across a restart', async () => {
    const stream = freshStream();
    await log.append(stream, events(1), { expected: 'none' });
    let answer: unknown;
    await double.restart(double.node, async () => {
      answer = log.append(stream, events(1), { expected: 0 });
      await sleep(300);
    });
    expect(await answer).toMatchObject({ stream, revision: 1 });
  });

  it('a follower goes on after its connection was torn and after a restart, with what came meanwhile', async () => {
    const stream = freshStream();
    const after = await log.lastPosition();
    const seen = await followed(log, 7, {
      after, filter: { streamPrefixes: [stream] },
      onEvents: async ({ length }) => {
        if (length === 0) await log.append(stream, events(2), { expected: 'none' });
        if (length === 2) double.node.dropConnections();
        if (length === 2) await log.append(stream, events(2), { expected: 1 });
        if (length === 4) await double.restart();
        if (length === 4) await log.append(stream, events(3), { expected: 'any' });
      },
    });
    expect(seen.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('a follower whose subscription says nothing finds by itself what there is', async () => {
    const stream = freshStream();
    const after = await log.lastPosition();
    let told = false;
    const seen = await followed(log, 2, {
      after, filter: { streamPrefixes: [stream] },
      onEvents: () => {
        // The one before the subscription was for catching up.
        if (!told) double.node.faults.next('Read', 'silence');
        if (!told) setTimeout(() => void log.append(stream, events(2), { expected: 'none' }), 100);
        told = true;
      },
    });
    expect(seen).toHaveLength(2);
  });

  it('a stream that somebody deleted takes new events, and their answers say where they are', async () => {
    const stream = freshStream();
    await log.append(stream, events(1), { expected: 'none' });
    double.database.delete(stream, false);
    const other = await openEventLog({ url: double.url(), ...SOON });
    const answer = await other.append(stream, events(2), { expected: 'none' });
    expect(answer.revision).toBe(2);
    expect((await other.read(stream)).map(({ revision }) => revision)).toEqual([1, 2]);
    expect(await other.append(stream, events(1), { expected: 2 })).toMatchObject({ revision: 3 });
    await other.close();
  });

  it('a stream that somebody deleted for ever is said to be so', async () => {
    const streams = [freshStream(), freshStream()];
    for (const stream of streams) await log.append(stream, events(1), { expected: 'none' });
    double.database.delete(streams[0]!, true);
    for (const writes of [streams.slice(0, 1), streams]) {
      const error = await failure(log.appendAll(writes.map((stream) => ({ stream, events: events(1), expected: 'any' as const }))));
      expect(error).not.toBeInstanceOf(AppendConflict);
      expect(String(error.name)).not.toBe('NoAnswer');
    }
    expect(await log.read(streams[1]!)).toHaveLength(1);
  });

  it('says within its limit that the server is away', async () => {
    const lonely = await KurrentDouble.start();
    const orphan = await openEventLog({ url: lonely.url(), ...SOON });
    lonely.stop();
    expect(await failure(orphan.ping())).toBeInstanceOf(LogOutOfReach);
    await orphan.close();
  });
});

describe('three nodes of KurrentDB', () => {
  let double: KurrentDouble;
  let log: EventLog;
  beforeEach(async () => {
    double = await KurrentDouble.start({ nodes: 3 });
    log = await openEventLog({ url: double.url(), ...SOON });
  });
  afterEach(async () => {
    await log.close();
    double.stop();
  });

  it('appends to several streams go on when another node leads', async () => {
    const append = () => log.appendAll([freshStream(), freshStream()].map((stream) => ({ stream, events: events(1), expected: 'none' as const })));
    await append();
    double.lead(double.nodes[1]);
    expect(await append()).toHaveLength(2);
    double.lead(double.nodes[2]);
    expect(await append()).toHaveLength(2);
  });

  it('reading goes on when another node leads', async () => {
    const stream = freshStream();
    await log.append(stream, events(3), { expected: 'none' });
    double.lead(double.nodes[2]);
    expect(await log.read(stream)).toHaveLength(3);
    expect((await log.readAll({ filter: { streamPrefixes: [stream] } })).events).toHaveLength(3);
  });

  it.each([
    ['another is elected after 0.7 s, which followers notice', 700, false],
    ['another is elected after 0.7 s, which followers notice late: what they are asked to write goes nowhere', 700, true],
    ['another is elected after 3 s', 3_000, false],
  ])('loses and doubles nothing when its leader dies under load, and goes on within five seconds, where %s', async (_, election, unnoticed) => {
    await log.close();
    // With the limits that it has everywhere.
    log = await openEventLog({ url: double.url() });
    const told = new Map<string, number>();
    let stopped = false;
    let longest = 0;
    const writer = async (client: number): Promise<void> => {
      for (let n = 0; !stopped; n++) {
        const sent = events(1);
        const started = performance.now();
        const together = n % 4 === 0 ? [{ stream: `side-${client}`, events: events(1), expected: 'any' as const }] : [];
        const [answer] = await log.appendAll([{ stream: `load-${client % 5}`, events: sent, expected: 'any' }, ...together]);
        longest = Math.max(longest, performance.now() - started);
        told.set(sent[0]!.id, answer!.position);
      }
    };
    const stop = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const batch of log.follow({ after: 0, filter: { streamPrefixes: ['load-'] }, signal: stop.signal })) seen.push(...batch.events.map(({ id }) => id));
    })();
    const writing = Promise.all(Array.from({ length: 16 }, (_, client) => writer(client)));
    await sleep(500);
    double.leader.kill();
    double.lead(undefined, { unnoticed });
    await sleep(election);
    double.lead(double.nodes[1]);
    const before = told.size;
    while (told.size < before + 50) await sleep(20);
    stopped = true;
    await writing;

    const stored = [];
    for (let client = 0; client < 5; client++) stored.push(...(await log.read(`load-${client}`, { max: 100_000 })));
    expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
    const places = new Map(stored.map(({ id, position }) => [id, position]));
    for (const [id, position] of told) expect(places.get(id)).toBe(position);
    expect(longest).toBeLessThan(5_000);
    while (seen.length < stored.length) await sleep(20);
    expect(seen).toEqual(stored.sort((a, b) => a.position - b.position).map(({ id }) => id));
    stop.abort();
    await following;
  });
});
