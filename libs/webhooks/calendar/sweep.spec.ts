import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { type EventLog, type JsonObject, openPostgresEventLog, type RecordedEvent } from '#event-log';
import { createScratchDatabase, migrate, openPool, type ScratchDatabase, StoppedClock } from '#platform';
import { Assessor, createSchema, cursorOf, DossierReader, Projector, SERVING } from '#read-models';
import { dossierStream, recordStream } from '#treaty';
import { publicEventOf } from '../catalogue/public-event.js';
import { WEBHOOK_STEPS } from '../storage/tables.js';
import { ccm, realRecord } from '../testing/real-record.js';
import { CalendarSweep } from './sweep.js';

const clock = new StoppedClock(Temporal.Instant.from('2026-02-01T06:00:00Z'));
let database: ScratchDatabase;
let pool: Pool;
let log: EventLog;
let projector: Projector;
let sweep: CalendarSweep;

const dayOf = ({ data }: RecordedEvent): string => data['effectiveOn'] as string;
const told = async (): Promise<RecordedEvent[]> => (await log.readAll({ filter: { streamPrefixes: ['calendar-'] } })).events;
const projected = async (): Promise<void> => {
  const last = await log.lastPosition();
  while ((await cursorOf(pool)) < last) await new Promise((resolve) => setTimeout(resolve, 5));
};
const sweepOn = async (day: string): Promise<number> => {
  clock.moveTo(Temporal.Instant.from(`${day}T06:00:00Z`));
  await projected();
  return sweep.throughToday();
};
const append = async (stream: string, type: string, id: string, data: JsonObject, knownOn: string): Promise<void> => {
  await log.append(stream, [{ id, type, data: { effectiveOn: knownOn, knownBy: null, knownOn, data }, metadata: { actor: 'key:x', source: { title: 'x' } }, recordedAt: `${knownOn}T05:00:00.000Z` }], { expected: 'any' });
};

/** Vanuatu deposited on 5 September 2025; before it the thirty States whose instruments brought the Convention into force. */
beforeAll(async () => {
  database = await createScratchDatabase();
  pool = openPool(database.url, { max: 8 });
  log = await openPostgresEventLog({ pool });
  await createSchema(pool, SERVING);
  await migrate(pool, 'webhooks', WEBHOOK_STEPS);
  const deposits = (await realRecord()).filter(({ type }) => type === 'InstrumentDeposited.v1').sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
  await log.appendAll([...deposits.slice(0, 30), ...deposits.filter(({ stream }) => stream === dossierStream('ccm', 'VUT'))].map(({ stream, id, type, data, metadata, recordedAt }) => ({ stream, expected: 'none' as const, events: [{ id, type, data, metadata, recordedAt }] })));
  projector = new Projector(pool, log, () => undefined);
  projector.start();
  sweep = new CalendarSweep({ pool, log, clock, treaties: new Map([['ccm', ccm]]), assessor: new Assessor(new DossierReader(pool)) });
});
afterAll(async () => {
  await projector.stop();
  await log.close();
  await pool.end();
  await database.drop();
});

describe('what the calendar brings', () => {
  it('is told of nobody before the record is live', async () => expect(await sweepOn('2026-01-31')).toBe(0));

  it('is told on its day: the Convention enters into force for Vanuatu', async () => {
    await append(recordStream('ccm'), 'WentLive.v1', '0192f0c1-7a50-7c51-9f8e-3b1d7e8a1c01', { from: '2026-02-01' }, '2026-02-01');
    expect(await sweepOn('2026-02-28')).toBe(0);
    expect(await sweepOn('2026-03-01')).toBe(1);
    expect(await sweepOn('2026-03-01')).toBe(0);
    const [event] = await told();
    expect(event && publicEventOf(event, new Map([['ccm', ccm]]), () => undefined)).toMatchObject({
      type: 'treaty.in_force', state: 'VUT', theme: 'universalization', history: false, dates: { effectiveOn: '2026-03-01', knownOn: '2026-03-01' }, details: { inForceOn: '2026-03-01' },
      source: { title: 'Computed from the record', reference: 'Art. 17(1), Art. 17(2)' },
    });
  });

  it('is told the day after a deadline that passed, and not where what was due has come', async () => {
    await append(dossierStream('ccm', 'NOR'), 'ReportSubmitted.v1', '0192f0c1-7a50-7c51-9f8e-3b1d7e8a1c02', { kind: 'annual', years: [2025], form: 'full' }, '2026-04-15');
    expect(await sweepOn('2026-04-30')).toBe(0);
    expect(await sweepOn('2026-05-01')).toBe(29);
    const passed = (await told()).slice(1);
    expect(new Set(passed.map(({ stream }) => stream)).has('calendar-ccm-NOR')).toBe(false);
    expect(passed[0]).toMatchObject({ type: 'DeadlinePassed.v1', data: { effectiveOn: '2026-05-01', knownOn: '2026-05-01', data: { article: 7, kind: 'annual-report', year: 2025, dueOn: '2026-04-30', status: 'overdue' } }, metadata: { source: { reference: 'Art. 7(2)' } } });
  });

  it('is made up for days that were missed, each by what was known on it', async () => {
    await append(dossierStream('ccm', 'VUT'), 'ReportSubmitted.v1', '0192f0c1-7a50-7c51-9f8e-3b1d7e8a1c03', { kind: 'initial', years: [], form: 'full' }, '2026-09-02');
    expect(await sweepOn('2026-09-10')).toBe(1);
    expect((await told()).at(-1)).toMatchObject({ stream: 'calendar-ccm-VUT', data: { knownOn: '2026-08-29', data: { kind: 'initial-report', dueOn: '2026-08-28' } } });
  });

  it('is told once: a sweep that begins anew finds the same ids and content, and writes nothing', async () => {
    const before = await told();
    await pool.query('TRUNCATE webhooks.swept, webhooks.announced');
    await sweepOn('2026-09-10');
    expect(await told()).toEqual(before);
  });
});
