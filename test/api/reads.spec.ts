import { describe, expect, it } from '@jest/globals';
import { CCM, type HistoryItem, type Obligation, type Page } from '../support/facts.js';
import { get } from '../support/http.js';
import { ownService } from '../support/suite.js';

type Listed = Obligation & { iso3: string; theme: string };

describe('lists', () => {
  const own = ownService();
  const page = async <Item>(path: string): Promise<Page<Item>> => (await get<Page<Item>>(own.service, `${CCM}/${path}`)).body;
  const all = async <Item>(path: string): Promise<Item[]> => {
    const items: Item[] = [];
    for (let cursor = ''; ; ) {
      const { items: more, next } = await page<Item>(`${path}${cursor}`);
      items.push(...more);
      if (next === null) return items;
      cursor = `&cursor=${next}`;
    }
  };

  it('cover the history page by page, everything once and in order', async () => {
    const found = await all<HistoryItem>('history?limit=97');
    const whole = await all<HistoryItem>('history?limit=1000');
    expect(found).toEqual(whole);
    const positions = found.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    expect(found.length).toBeGreaterThan(850);
  });

  it('turn the history round', async () => {
    const forwards = await all<HistoryItem>('history?limit=1000');
    expect(await all<HistoryItem>('history?limit=211&newestFirst=true')).toEqual(forwards.reverse());
  });

  it('keep to one State and one kind of fact', async () => {
    const grants = await all<HistoryItem>('states/BGR/history?type=extension-granted&limit=1');
    expect(grants.map(({ iso3, data }) => [iso3, data['meeting']])).toEqual([['BGR', '9MSP'], ['BGR', '2RC'], ['BGR', '10MSP']]);
  });

  it('cover the obligations page by page, everything once, by due date', async () => {
    const found = await all<Listed>('obligations?limit=89&asAt=2020-09-28');
    const keys = found.map(({ iso3, article, kind, year, dueOn }) => `${dueOn ?? '9'} ${iso3} ${article} ${kind} ${year ?? ''}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual([...keys].sort());
    expect(found).toEqual(await all<Listed>('obligations?limit=1000&asAt=2020-09-28'));
  });

  it('take both days of a period of deadlines', async () => {
    const due = async (from: string, to: string): Promise<string[]> => (await page<Listed>(`deadlines?kind=stockpile-destruction&asAt=2019-06-01&from=${from}&to=${to}`)).items.map(({ iso3 }) => iso3);
    expect(await due('2019-05-01', '2019-05-01')).toContain('GNB');
    expect(await due('2019-05-02', '2019-09-30')).not.toContain('GNB');
    expect(await due('2019-01-01', '2019-04-30')).not.toContain('GNB');
  });

  it.each([
    ['iso3=GNB', ({ iso3 }: Listed) => iso3 === 'GNB'],
    ['article=3&limit=1000', ({ article }: Listed) => article === 3],
    ['kind=clearance&limit=1000', ({ kind }: Listed) => kind === 'clearance'],
    ['status=overdue&limit=1000', ({ status }: Listed) => status === 'overdue'],
    ['theme=clearance&limit=1000', ({ theme }: Listed) => theme === 'clearance'],
    ['dueFrom=2020-01-01&dueTo=2020-12-31&limit=1000', ({ dueOn }: Listed) => dueOn !== null && dueOn.startsWith('2020')],
  ])('keep to what is asked for: obligations?%s', async (query, fits) => {
    const everything = await all<Listed>('obligations?limit=1000&asAt=2020-09-28');
    const { items } = await page<Listed>(`obligations?${query}&asAt=2020-09-28`);
    expect(items.length).toBeGreaterThan(0);
    expect(items).toEqual(everything.filter(fits));
  });

  it('know meetings from the end of the one before', async () => {
    const ids = async (query: string): Promise<string[]> => (await page<{ id: string }>(`meetings?${query}`)).items.map(({ id }) => id);
    expect(await ids('asAt=2018-09-04')).not.toContain('9MSP');
    expect(await ids('asAt=2018-09-05')).toContain('9MSP');
    expect((await page<object>('meetings')).items[9]).toMatchObject({ id: '9MSP', start: '2019-09-02', end: '2019-09-04', place: 'Geneva', held: true });
  });

  it('count the year 2019 as it was', async () => {
    const { body } = await get(own.service, `${CCM}/statistics?year=2019`);
    expect(body).toMatchObject({
      treaty: 'ccm', year: 2019, joined: ['MDV', 'PHL'], enteredIntoForceFor: ['GMB', 'NAM', 'PHL'], withdrew: [], reports: { initial: { owed: 4, submitted: 4, onTime: 4, overdue: 0, rate: 1 } },
      completions: [{ iso3: 'CHE', article: 3, on: '2019-03-19', status: 'met' }], extensions: { granted: [{ iso3: 'BGR', months: 12 }, { iso3: 'DEU', months: 60 }, { iso3: 'LAO', months: 60 }] },
    });
  });

  it('show where a decision’s own arithmetic, and where a source, disagrees with what is computed now', async () => {
    const { items } = await page<{ iso3?: string; subject: string; computed: string; stated: string }>('discrepancies');
    expect(items.filter(({ iso3 }) => iso3 === 'BGR')).toContainEqual(expect.objectContaining({ subject: 'extension under Article 3 granted by 10MSP', computed: '15 months from the former due date would be 2024-01-01', stated: 'until 2023-12-31' }));
    expect(items.filter(({ iso3 }) => iso3 === 'GIN')).toContainEqual(expect.objectContaining({ subject: expect.stringContaining('initial report'), computed: '2015-09-28', stated: expect.stringContaining('Apr') }));
  });

  it('name every State with something on record, and keep to a status', async () => {
    const states = (await page<{ iso3: string; name: string; region: string; status: string }>('states')).items;
    expect(states.every(({ name, region }) => name && region)).toBe(true);
    expect((await page<{ iso3: string }>('states?status=withdrawn')).items.map(({ iso3 }) => iso3)).toEqual(['LTU']);
    expect((await page<{ iso3: string }>('states?status=signatory&asAt=2020-09-28')).items).toHaveLength(13);
  });
});
