import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { get } from '../support/http.js';
import { createDatabase, type Database, type Service, startService } from '../support/service.js';

interface Tally {
  article: number;
  kind: string;
  owed: number;
  met: number;
  outstanding: number;
  overdue: number;
  states: { owed: string[]; outstanding: string[]; overdue: string[] };
}

interface Board {
  participation: { contractingStates: number; statesParties: number; signatories: number; withdrawn: number };
  obligations: Tally[];
}

describe('the status board over HTTP', () => {
  let database: Database;
  let service: Service;
  beforeAll(async () => {
    database = await createDatabase();
    service = await startService(database);
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
  });

  const board = async (query: string): Promise<Board> => (await get<Board>(service, `/v1/treaties/ccm/status?${query}`)).body;
  const tally = ({ obligations }: Board, kind: string): Tally => obligations.find((one) => one.kind === kind) as Tally;

  it('gives the figures of the Convention’s own review as at 28 September 2020', async () => {
    const review = await board('asAt=2020-09-28');
    expect(review.participation).toMatchObject({ contractingStates: 110, statesParties: 108, signatories: 13, withdrawn: 0 });
    expect(tally(review, 'initial-report')).toMatchObject({ article: 7, owed: 107, met: 100, outstanding: 7, overdue: 7 });
    expect(tally(review, 'initial-report').states.overdue).toEqual(['COG', 'COM', 'CPV', 'GIN', 'MDG', 'RWA', 'TGO']);
    expect(tally(review, 'stockpile-destruction')).toMatchObject({ article: 3, owed: 41, met: 36 });
    expect(tally(review, 'stockpile-destruction').states.outstanding).toEqual(['BGR', 'GNB', 'PER', 'SVK', 'ZAF']);
    expect(tally(review, 'clearance').states.outstanding).toEqual(['AFG', 'BIH', 'CHL', 'DEU', 'IRQ', 'LAO', 'LBN', 'MRT', 'SOM', 'TCD']);
  });

  it('names the States behind every number', async () => {
    for (const one of (await board('asAt=2020-09-28')).obligations.filter(({ kind }) => kind !== 'annual-report')) {
      expect(one.states.owed).toHaveLength(one.owed);
      expect(one.states.outstanding).toHaveLength(one.outstanding);
    }
  });

  it('keeps to one theme when asked', async () => {
    const kinds = (await board('asAt=2020-09-28&theme=clearance')).obligations.map(({ article, kind }) => `${article} ${kind}`);
    expect(kinds).toEqual(['4 clearance', '4 extension-request']);
  });

  it('knew nothing before anything was recorded', async () => {
    expect((await board('recordedBy=2020-01-01T00:00:00Z')).participation.contractingStates).toBe(0);
  });
});
