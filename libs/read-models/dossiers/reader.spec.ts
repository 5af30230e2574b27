import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type EventLog, type JsonObject, openPostgresEventLog } from '#event-log';
import { createScratchDatabase, openPool, type ScratchDatabase } from '#platform';
import { cursorOf, Projector } from '../projector/projector.js';
import { rebuild } from '../projector/rebuild.js';
import { createSchema, SERVING } from '../projector/schema.js';
import { DossierReader } from './reader.js';

describe('reading dossiers', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  let log: EventLog;
  let projector: Projector;
  const failures: unknown[] = [];
  /** One for all: what it keeps between questions is what is tried. */
  let reader: DossierReader;
  beforeAll(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url);
    log = await openPostgresEventLog({ pool });
    await createSchema(pool, SERVING);
    projector = new Projector(pool, log, (error) => failures.push(error));
    projector.start();
    reader = new DossierReader(pool);
  });
  afterAll(async () => {
    expect(failures).toEqual([]);
    await projector.stop();
    await log.close();
    await pool.end();
    await database.drop();
  });

  let treaty: string;
  beforeEach(() => {
    treaty = `trial${randomUUID().slice(0, 8)}`;
  });

  const record = async (stream: string, type: string, data: JsonObject, effectiveOn: string | null = '2018-03-01'): Promise<number> => {
    const { position } = await log.append(stream.replace('$', treaty), [{
      id: randomUUID(), type, data: { effectiveOn, knownBy: null, knownOn: effectiveOn ?? '2018-03-01', data }, metadata: { actor: 'key:test', source: { title: 'test' } }, recordedAt: '2026-11-24T12:00:00.000Z',
    }], { expected: 'any' });
    while ((await cursorOf(pool)) < position) await sleep(2);
    return position;
  };

  it('says of a State of which nothing is on record that nothing is', async () => {
    expect(await reader.state(treaty, 'NIU')).toMatchObject({ facts: [], revision: -1 });
    expect((await reader.treaty(treaty)).dossiers.size).toBe(0);
  });

  it('gives the facts of a State in the order of recording, and the position that they stand at', async () => {
    await record('dossier-$-LKA', 'Signed.v1', {});
    const position = await record('dossier-$-LKA', 'InstrumentDeposited.v1', { instrument: 'ratification' });
    const { facts, revision, position: at } = await reader.state(treaty, 'LKA');
    expect(facts.map(({ type }) => type)).toEqual(['signed', 'instrument-deposited']);
    expect([revision, at]).toEqual([1, position]);
  });

  it('knows a deposit as soon as it is taken in, of whichever State it is asked', async () => {
    await record('dossier-$-LKA', 'InstrumentDeposited.v1', { instrument: 'accession' });
    expect([...(await reader.state(treaty, 'LKA')).record.deposits.keys()]).toEqual(['LKA']);
    await record('dossier-$-NIU', 'InstrumentDeposited.v1', { instrument: 'accession' });
    expect([...(await reader.state(treaty, 'LKA')).record.deposits.keys()]).toEqual(['LKA', 'NIU']);
    expect([...(await reader.treaty(treaty)).record.deposits.keys()]).toEqual(['LKA', 'NIU']);
  });

  it('knows a meeting that was moved, and until when the record is complete', async () => {
    await record('meeting-$-13MSP', 'MeetingScheduled.v1', { title: 'Thirteenth meeting', start: '2025-09-16', end: '2025-09-19' }, null);
    expect((await reader.state(treaty, 'LKA')).record.meetings).toHaveLength(1);
    await record('meeting-$-13MSP', 'MeetingMoved.v1', { start: '2025-09-15', end: '2025-09-18' }, null);
    await record('record-$-all', 'CoverageStated.v1', { kind: 'clearance', completeUntil: '2025-09-19' }, null);
    const { meetings, coverage } = (await reader.state(treaty, 'LKA')).record;
    expect(meetings.at(-1)).toMatchObject({ id: '13MSP', start: '2025-09-15', end: '2025-09-18' });
    expect(coverage.completeUntil).toEqual({ clearance: '2025-09-19' });
  });

  it('answers the same from tables that a rebuild has put in place', async () => {
    await record('dossier-$-LKA', 'InstrumentDeposited.v1', { instrument: 'accession' });
    await record('meeting-$-13MSP', 'MeetingScheduled.v1', { title: 'Thirteenth meeting', start: '2025-09-16', end: '2025-09-19' }, null);
    const before = [await reader.state(treaty, 'LKA'), await reader.treaty(treaty)];
    await rebuild(pool, log);
    expect([await reader.state(treaty, 'LKA'), await reader.treaty(treaty)]).toEqual(before);
    expect(await new DossierReader(pool).treaty(treaty)).toEqual(before[1]);
  });

  it('keeps treaties apart', async () => {
    await record('dossier-$-LKA', 'InstrumentDeposited.v1', { instrument: 'accession' });
    expect((await reader.treaty(`${treaty}x`)).record.deposits.size).toBe(0);
  });
});
