import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyLog, CopyRefused, type EventLog, openEventLog, type RecordedEvent } from '#event-log';
import { createScratchDatabase, type ScratchDatabase } from '#platform';
import { KurrentDouble } from './double/index.js';
import { event, events, failure } from './events.js';

const everything = async (log: EventLog): Promise<RecordedEvent[]> => (await log.readAll({ max: 10_000 })).events;
/** All that is the same wherever a log is kept. */
const content = (all: readonly RecordedEvent[]): object[] => all.map(({ position: _, ...rest }) => rest);

describe('copying the log to another server', () => {
  let databases: ScratchDatabase[];
  let double: KurrentDouble;
  let [home, kurrent, other] = [] as unknown as [EventLog, EventLog, EventLog];
  beforeAll(async () => {
    databases = await Promise.all([createScratchDatabase(), createScratchDatabase()]);
    double = await KurrentDouble.start();
    [home, kurrent, other] = (await Promise.all([databases[0]!.url, double.url(), databases[1]!.url].map((url) => openEventLog({ url })))) as [EventLog, EventLog, EventLog];
    for (let n = 0; n < 40; n++) await home.append(`dossier-ccm-${n % 7}`, events(1 + (n % 3)), { expected: 'any' });
    await home.append('odd "name" ß', [event({ z: 1, a: ['ü', null, { deep: 1.5 }] })], { expected: 'none' });
  });
  afterAll(async () => {
    await Promise.all([home, kurrent, other].map((log) => log.close()));
    double.stop();
    await Promise.all(databases.map((database) => database.drop()));
  });

  it('goes on where it was cut off, and the copy has the same events in the same order', async () => {
    const all = await everything(home);
    for (const one of all.slice(0, 25)) await kurrent.append(one.stream, [one], { expected: 'any' });
    const shown: number[] = [];
    const copied = await copyLog(home, kurrent, (done, whole) => shown.push(done / whole));
    expect(copied).toEqual({ events: all.length, written: all.length - 25, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(shown.at(-1)).toBe(1);
    expect(content(await everything(kurrent))).toEqual(content(all));
  });

  it('done again, writes nothing', async () => {
    expect(await copyLog(home, kurrent)).toMatchObject({ written: 0 });
  });

  it('goes back to PostgreSQL as it came, positions included', async () => {
    const there = await copyLog(home, kurrent);
    const back = await copyLog(kurrent, other);
    expect(back).toEqual({ ...there, written: there.events });
    expect(await everything(other)).toEqual(await everything(home));
  });

  it('a repeat of what was copied is known there', async () => {
    const [one] = await home.read('dossier-ccm-3');
    expect(await kurrent.append('dossier-ccm-3', [one!], { expected: 'any' })).toMatchObject({ revision: 0 });
  });

  it('writes nothing to a log that holds something else, and says so', async () => {
    await other.append('another', events(1), { expected: 'none' });
    await home.append('newer', events(1), { expected: 'none' });
    const before = await everything(other);
    expect(await failure(copyLog(home, other))).toBeInstanceOf(CopyRefused);
    expect(await everything(other)).toEqual(before);
  });
});
