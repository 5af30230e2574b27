import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { get } from '../support/http.js';
import { createDatabase, type Database, type Service, startService } from '../support/service.js';
import { contentOfLog, gapsInLog, gapsInReadModels, HEAD, lookInto, type Looking } from './looking.js';

const BOARD = '/v1/treaties/ccm/status?asAt=2020-09-28';

describe('a first start that is killed again and again', () => {
  let [database, untouched]: Database[] = [];
  let [looking, beside]: Looking[] = [];
  let service: Service;
  let loaded: number;
  beforeAll(async () => {
    untouched = await createDatabase();
    beside = lookInto(untouched);
    loaded = await beside.number(HEAD);
    database = await createDatabase({ loaded: false });
    looking = lookInto(database);
    // Once while it makes its tables, or before; then at some moment in each part of the load.
    await killed(() => sleep(Math.random() * 1_000));
    for (const part of [0, 1]) await killed(() => looking!.untilAtLeast(1 + Math.floor(((part + Math.random()) / 2) * loaded), HEAD));
    service = await startService(database);
  }, 180_000);
  afterAll(async () => {
    await service.stop();
    for (const each of [looking, beside]) await each?.close();
    for (const each of [database, untouched]) await each?.drop();
  });

  const killed = async (moment: () => Promise<void>): Promise<void> => {
    const first = await startService(database!, {}, { untilReady: false });
    await moment();
    await first.kill();
  };

  it('ends with the record as an undisturbed load leaves it, each fact once', async () => {
    expect(await contentOfLog(looking!)).toEqual(await contentOfLog(beside!));
    expect(await gapsInLog(looking!)).toEqual([]);
  });

  it('ends with read models that are what the log gives', async () => {
    expect(await gapsInReadModels(looking!)).toEqual([]);
    expect(await looking!.number('SELECT count(*) FROM read_v2.history')).toBe(await beside!.number('SELECT count(*) FROM read_v2.history'));
  });

  it('gives the figures of the Convention’s own review', async () => {
    const { participation, obligations } = (await get<{ participation: object; obligations: object[] }>(service, BOARD)).body;
    expect(participation).toMatchObject({ contractingStates: 110, statesParties: 108, signatories: 13 });
    expect(obligations).toContainEqual(expect.objectContaining({ kind: 'initial-report', owed: 107, met: 100 }));
  });

  it('shows a registrar key where none was shown before', async () => {
    expect(service.output()).toContain('Registrar key');
    expect(await looking!.number('SELECT count(*) FROM access.keys')).toBe(1);
  });
});
