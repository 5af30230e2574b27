import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { type EventLog, InMemoryEventLog, type NewEvent, OtherEventLog } from '#event-log';
import { createScratchDatabase, instantOf, migrate, openPool, type ScratchDatabase, StoppedClock } from '#platform';
import { dossierStream } from '#treaty';
import { WEBHOOK_STEPS } from '../storage/tables.js';
import { ccm } from '../testing/real-record.js';
import { cursorIn, goOnFromEnd, placeIn, readCursor } from './cursor.js';
import { Follower } from './follower.js';
import { PublishedEvents } from './published-events.js';

const clock = new StoppedClock(Temporal.Instant.from('2026-12-01T08:00:00Z'));

interface Written {
  stream: string;
  event: NewEvent;
}

const deposit = (iso3: string): Written => ({
  stream: dossierStream('ccm', iso3),
  event: { id: v7(), type: 'InstrumentDeposited.v1', data: { effectiveOn: '2026-11-30', knownBy: null, knownOn: '2026-11-30', data: {} }, metadata: { actor: 'key:x', source: { title: 'Depositary notification' } }, recordedAt: instantOf(clock) },
});
/** Nobody outside may see what was sent to whom. */
const letter = (iso3: string): Written => ({ stream: `correspondence-ccm-${iso3}`, event: { id: v7(), type: 'ReminderSent.v1', data: { to: 'x' }, metadata: { actor: 'system' }, recordedAt: instantOf(clock) } });

/** A log in which so many events of other streams came first, so that positions in it are its own. */
const logAfter = async (others: number): Promise<EventLog> => {
  const log = new InMemoryEventLog();
  for (let n = 0; n < others; n++) await log.append('before', [letter('XXX').event], { expected: 'any' });
  return log;
};
const write = async (log: EventLog, all: readonly Written[]): Promise<void> => {
  for (const { stream, event } of all) await log.append(stream, [event], { expected: 'any' });
};

describe('the public log, when the log of facts is moved to another server', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url, { max: 4 });
    await migrate(pool, 'webhooks', WEBHOOK_STEPS);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  const reset = (): Promise<unknown> => pool.query('TRUNCATE webhooks.events; UPDATE webhooks.cursor SET position = 0, ahead = 0, stream = NULL, revision = NULL, event = NULL, event_position = NULL');
  beforeEach(reset);

  const takeIn = async (log: EventLog): Promise<void> => {
    const stop = new AbortController();
    const errors: unknown[] = [];
    const following = new Follower({ pool, log, clock, treaties: new Map([['ccm', ccm]]), onError: (error) => errors.push(error), onOwed: () => undefined }).follow(stop.signal);
    const newest = (await log.readAll({ max: 1_000 })).events.at(-1);
    while (errors.length === 0 && (await readCursor(pool)).last?.id !== newest?.id) await new Promise((resolve) => setTimeout(resolve, 2));
    stop.abort();
    await following;
    if (errors.length > 0) throw errors[0] as Error;
  };
  const published = async (): Promise<{ id: string; position: number }[]> => (await new PublishedEvents(pool).after(0, 1_000)).items.map(({ id, position }) => ({ id, position }));

  it('keeps every position that outsiders know, goes on behind the last one, and has nothing twice', () =>
    fc.assert(fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), fc.array(fc.boolean(), { maxLength: 12 }), fc.nat(40), fc.nat(40),
      async (before, after, othersHere, othersThere) => {
        await reset();
        const [old, fresh] = [before, after].map((all) => all.map((isPublic, n) => (isPublic ? deposit : letter)(['GNB', 'PER', 'TUV'][n % 3] as string))) as [Written[], Written[]];
        const here = await logAfter(othersHere);
        await write(here, old);
        await takeIn(here);
        const known = await published();

        const there = await logAfter(othersThere);
        await write(there, [...old, ...fresh]);
        await takeIn(there);
        const all = await published();
        expect(all.slice(0, known.length)).toEqual(known);
        expect(all.map(({ id }) => id)).toEqual([...old, ...fresh].filter(({ stream }) => stream.startsWith('dossier')).map(({ event }) => event.id));
        expect(all.map(({ position }) => position)).toEqual([...new Set(all.map(({ position }) => position))].sort((a, b) => a - b));
      },
    ), { numRuns: 25 }));

  it('goes on in the log that it knows as if nothing had been', async () => {
    const log = await logAfter(3);
    await write(log, [deposit('GNB'), letter('GNB')]);
    await takeIn(log);
    expect(await cursorIn(pool, log)).toBe(5);
    expect(await readCursor(pool)).toMatchObject({ position: 5, logPosition: 5 });
  });

  it('is told where it stands in a log that was moved, and stays where it is until somebody follows that log', async () => {
    const one = deposit('GNB');
    const [here, there] = [await logAfter(0), await logAfter(3)];
    for (const log of [here, there]) await write(log, [one]);
    await takeIn(here);
    const before = await readCursor(pool);
    expect(await placeIn(there, before)).toBe(4);
    expect(await readCursor(pool)).toEqual(before);
  });

  it('takes in nothing of a log that it has never followed, and says what to do', async () => {
    const log = await logAfter(0);
    await write(log, [deposit('GNB')]);
    await takeIn(log);
    const other = await logAfter(0);
    await write(other, [deposit('GNB'), deposit('PER')]);
    const refusal = await takeIn(other).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OtherEventLog);
    expect(String(refusal)).toContain('EVENT_LOG_URL');
    expect(await published()).toHaveLength(1);
  });

  it('of a log that was brought back from an older backup, goes on from its end with greater positions', async () => {
    const all = [deposit('GNB'), deposit('PER'), letter('PER'), deposit('TUV')];
    const log = await logAfter(0);
    await write(log, all);
    await takeIn(log);
    const known = await published();
    const older = await logAfter(0);
    await write(older, all.slice(0, 2));
    expect(await goOnFromEnd(pool, older)).toBe(true);
    const later = deposit('TUV');
    await write(older, [later]);
    await takeIn(older);
    expect(await published()).toEqual([...known, { id: later.event.id, position: 5 }]);
    expect(await goOnFromEnd(pool, older)).toBe(false);
  });

  it('trusts a cursor that a former version moved on', async () => {
    const log = await logAfter(0);
    await write(log, [deposit('GNB'), deposit('PER')]);
    await takeIn(log);
    await pool.query('UPDATE webhooks.cursor SET position = position + 1');
    await write(log, [letter('PER'), deposit('TUV')]);
    await takeIn(log);
    expect((await published()).map(({ position }) => position)).toEqual([1, 2, 4]);
  });
});
