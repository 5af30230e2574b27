import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { type EventLog, openPostgresEventLog } from '#event-log';
import { createScratchDatabase, openPool, type ScratchDatabase } from '#platform';
import { TreatyRegister } from './treaty-register.js';

describe('the register of a treaty', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  let log: EventLog;
  /** Of another process. */
  let elsewhere: EventLog;
  beforeAll(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url);
    [log, elsewhere] = [await openPostgresEventLog({ pool }), await openPostgresEventLog({ url: database.url })];
  });
  afterAll(async () => {
    await elsewhere.close();
    await log.close();
    await pool.end();
    await database.drop();
  });

  let treaty: string;
  let register: TreatyRegister;
  beforeEach(() => {
    treaty = `trial${randomUUID().slice(0, 8)}`;
    register = new TreatyRegister(log);
  });

  const record = (stream: string, type: string, data: object, to = elsewhere): Promise<unknown> =>
    to.append(stream.replace('$', treaty), [{ id: randomUUID(), type, data: { effectiveOn: '2010-01-01', knownBy: null, knownOn: '2010-01-01', data: { ...data } }, metadata: {}, recordedAt: '2026-11-24T12:00:00.000Z' }], { expected: 'any' });
  const deposit = (iso3: string): Promise<unknown> => record(`dossier-$-${iso3}`, 'InstrumentDeposited.v1', { instrument: 'accession' });
  const depositors = async (): Promise<string[]> => [...(await register.at(treaty)).deposits.keys()];

  it('knows each deposit that another process recorded before the question', async () => {
    expect(await depositors()).toEqual([]);
    await deposit('LKA');
    expect(await depositors()).toEqual(['LKA']);
    await deposit('NIU');
    expect(await depositors()).toEqual(['LKA', 'NIU']);
  });

  it('knows the meetings as last scheduled, and until when the record is complete', async () => {
    await record('meeting-$-1MSP', 'MeetingScheduled.v1', { title: 'First meeting', start: '2010-11-09', end: '2010-11-12' });
    expect((await register.at(treaty)).meetings).toMatchObject([{ id: '1MSP', start: '2010-11-09' }]);
    await record('meeting-$-1MSP', 'MeetingMoved.v1', { start: '2010-11-10', end: '2010-11-13' });
    await record('record-$-all', 'CoverageStated.v1', { kind: 'clearance', completeUntil: '2020-01-01' });
    const { meetings, coverage } = await register.at(treaty);
    expect(meetings.at(-1)).toMatchObject({ id: '1MSP', start: '2010-11-10' });
    expect(coverage.completeUntil).toEqual({ clearance: '2020-01-01' });
  });

  it('is the same whether asked once at the end or all along, also by many at once', async () => {
    for (let n = 10; n < 40; n++) {
      await deposit(`S${n}`);
      await Promise.all([register.at(treaty), register.at(treaty), register.at(treaty)]);
    }
    expect(await register.at(treaty)).toEqual(await new TreatyRegister(log).at(treaty));
    expect((await register.at(treaty)).deposits.size).toBe(30);
  });

  it('knows more deposits than a page of the log holds', async () => {
    const deposits = Array.from({ length: 1_001 }, () => ({ id: randomUUID(), type: 'InstrumentDeposited.v1', data: { effectiveOn: '2010-01-01', knownBy: null, knownOn: '2010-01-01', data: {} }, metadata: {}, recordedAt: '2026-11-24T12:00:00.000Z' }));
    await elsewhere.append(`dossier-${treaty}-LKA`, deposits, { expected: 'none' });
    await deposit('NIU');
    const { deposits: known } = await register.at(treaty);
    expect([known.get('LKA')?.length, known.get('NIU')?.length]).toEqual([1_001, 1]);
  });

  it('says that it cannot tell while the log is away, and knows all again once it is back', async () => {
    await deposit('LKA');
    expect(await depositors()).toEqual(['LKA']);
    await pool.query('ALTER TABLE log.events RENAME TO away');
    const attempts = await Promise.allSettled([depositors(), depositors(), depositors()]);
    await pool.query('ALTER TABLE log.away RENAME TO events');
    expect(attempts.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await deposit('NIU');
    expect(await depositors()).toEqual(['LKA', 'NIU']);
  });

  it('keeps treaties apart, also where the name of one begins like that of the other', async () => {
    await deposit('LKA');
    expect((await register.at(`${treaty}x`)).deposits.size).toBe(0);
    expect((await register.at(treaty.slice(0, -1))).deposits.size).toBe(0);
  });
});
