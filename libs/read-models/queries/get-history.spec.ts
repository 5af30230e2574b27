import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { type EventLog, type JsonObject, openPostgresEventLog } from '#event-log';
import { createScratchDatabase, inTransaction, openPool, type ScratchDatabase, StoppedClock } from '#platform';
import { TREATIES } from '#treaty';
import { type HistoryItem, HistoryReader } from '../history/reader.js';
import { project } from '../projector/project.js';
import { createSchema, SERVING } from '../projector/schema.js';
import { GetHistory, GetHistoryHandler } from './get-history.js';
import type { AskedCut } from './cut.js';

const ccm = TREATIES.get('ccm')!;

describe('the history', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  let log: EventLog;
  let handler: GetHistoryHandler;
  let signature: string;
  beforeAll(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url);
    log = await openPostgresEventLog({ pool });
    await createSchema(pool, SERVING);
    handler = new GetHistoryHandler(new HistoryReader(pool), new StoppedClock(Temporal.Instant.from('2026-11-24T12:00:00Z')));
    signature = await record('dossier-ccm-NIU', 'Signed.v1', { effectiveOn: '2009-05-01', knownOn: '2009-05-01' }, '2026-01-01');
    await record('dossier-ccm-NIU', 'ReportSubmitted.v1', { effectiveOn: '2012', knownBy: '2012-09-11', knownOn: '2012-09-11', data: { kind: 'voluntary', years: [2011], form: 'full' } }, '2026-01-01');
    await record('dossier-ccm-NIU', 'RemarkMade.v1', { effectiveOn: '2010-06-01', knownOn: '2015-06-01', data: { about: 'found late' } }, '2026-01-02');
    await record('dossier-ccm-TUV', 'Signed.v1', { effectiveOn: '2009-06-01', knownOn: '2009-06-01' }, '2026-01-02');
    await record('meeting-ccm-1MSP', 'MeetingScheduled.v1', { effectiveOn: null, knownOn: '2008-12-03', data: { title: 'First meeting', start: '2010-11-09', end: '2010-11-12' } }, '2026-01-02');
    await record('dossier-ccm-NIU', 'FactCorrected.v1', { effectiveOn: null, knownOn: '2020-01-01', data: { fact: signature, reason: 'misread', effectiveOn: '2009-05-02' } }, '2026-01-03');
    await record('dossier-ccm-NIU', 'FactRetracted.v1', { effectiveOn: null, knownOn: '2022-01-01', data: { fact: signature, reason: 'never happened' } }, '2026-01-04');
    const { events, next } = await log.readAll();
    await inTransaction(pool, (client) => project(client, SERVING, events, next));
  });
  afterAll(async () => {
    await log.close();
    await pool.end();
    await database.drop();
  });

  const record = async (stream: string, type: string, fact: JsonObject, recordedOn: string): Promise<string> => {
    const id = randomUUID();
    const event = { id, type, data: { knownBy: null, data: {}, ...fact }, metadata: { actor: 'key:test', source: { title: 'C.N.1' }, note: 'read aloud' }, recordedAt: `${recordedOn}T08:00:00.000Z` };
    await log.append(stream, [event], { expected: 'any' });
    return id;
  };

  const ask = async (asked: AskedCut, iso3 = 'NIU', page = {}): Promise<HistoryItem[]> => (await handler.execute(new GetHistory(ccm, asked, { iso3 }, page))).items;
  const types = async (asked: AskedCut): Promise<string[]> => (await ask(asked)).map(({ type }) => type);

  it('holds what had happened by the day asked for', async () => {
    expect(await types({ asAt: '2009-04-30', knownOn: '2026-11-24' })).toEqual([]);
    expect(await types({ asAt: '2009-05-01', knownOn: '2019-12-31' })).toEqual(['signed']);
    expect(await types({ asAt: '2010-06-01', knownOn: '2019-12-31' })).toEqual(['signed', 'remark-made']);
  });

  it('holds only what was known then', async () => {
    expect(await types({ asAt: '2015-05-31' })).toEqual(['signed', 'report-submitted']);
    expect(await types({ asAt: '2015-06-01' })).toEqual(['signed', 'report-submitted', 'remark-made']);
  });

  it('holds what happened in a coarse date from its last possible day', async () => {
    expect(await types({ asAt: '2012-09-10', knownOn: '2019-12-31' })).toEqual(['signed', 'remark-made']);
    expect(await types({ asAt: '2012-09-11', knownOn: '2019-12-31' })).toEqual(['signed', 'report-submitted', 'remark-made']);
  });

  it('holds only what this system held at an instant', async () => {
    expect(await types({ recordedBy: '2026-01-01T07:59:59Z' })).toEqual([]);
    expect(await types({ recordedBy: '2026-01-01T08:00:00Z' })).toEqual(['signed', 'report-submitted']);
    expect(await types({ recordedBy: '2026-01-02T09:00:00+01:00' })).toEqual(['signed', 'report-submitted', 'remark-made']);
    expect(await types({})).toHaveLength(5);
  });

  it('names the last amendment of a fact, as soon as that is known', async () => {
    const [before] = await ask({ asAt: '2019-12-31' });
    expect(before).toMatchObject({ id: signature, effectiveOn: '2009-05-01' });
    expect(before?.supersededBy).toBeUndefined();
    const items = await ask({});
    expect(items[0]?.supersededBy).toBe(items.find(({ type }) => type === 'fact-retracted')?.id);
  });

  it('names the correction where the later retraction was not known yet, or not recorded', async () => {
    for (const asked of [{ asAt: '2021-01-01' }, { recordedBy: '2026-01-03T12:00:00Z' }]) {
      const items = await ask(asked);
      expect(items[0]?.supersededBy).toBe(items.find(({ type }) => type === 'fact-corrected')?.id);
    }
  });

  it('says who recorded a fact, from which source, with which note', async () => {
    expect((await ask({}))[0]).toMatchObject({ iso3: 'NIU', about: 'dossier', revision: 0, actor: 'key:test', source: { title: 'C.N.1' }, note: 'read aloud', recordedAt: '2026-01-01T08:00:00.000Z' });
  });

  it('keeps to one State, or holds everything', async () => {
    expect((await ask({}, 'TUV')).map(({ type }) => type)).toEqual(['signed']);
    const { items, position } = await handler.execute(new GetHistory(ccm, {}, {}, {}));
    expect(items.map((item) => item.position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(items[4]).toMatchObject({ about: 'meeting', meeting: '1MSP' });
    expect(position).toBe(7);
  });

  it('gives every fact once over all pages, forwards and backwards', async () => {
    for (const newestFirst of [false, true]) {
      const seen: number[] = [];
      for (let cursor: string | undefined; ; ) {
        const { items, next } = await handler.execute(new GetHistory(ccm, {}, {}, { limit: 2, newestFirst, cursor }));
        seen.push(...items.map(({ position }) => position));
        if (next === null) break;
        cursor = next;
      }
      expect(seen).toEqual(newestFirst ? [7, 6, 5, 4, 3, 2, 1] : [1, 2, 3, 4, 5, 6, 7]);
    }
  });
});
