import { describe, expect, it } from '@jest/globals';
import { CCM, obligationOf, pageOf, recorded, fact, type StatePage } from '../support/facts.js';
import { get } from '../support/http.js';
import { problemIn } from '../support/problem.js';
import { ownService } from '../support/suite.js';

const own = ownService();

describe('a State’s page', () => {
  const page = (iso3: string, query = ''): Promise<StatePage> => pageOf(own.service, iso3, query);

  it('shows Guinea-Bissau overdue on 1 June 2019, by what was known that day', async () => {
    const known = await page('GNB', 'asAt=2019-06-01');
    expect(known).toMatchObject({ name: 'Guinea-Bissau', asAt: '2019-06-01', knownOn: '2019-06-01', participation: { status: 'party', depositedOn: '2010-11-29', inForceOn: '2011-05-01' } });
    expect(obligationOf(known, 'stockpile-destruction')).toMatchObject({ article: 3, dueOn: '2019-05-01', status: 'overdue', extended: false });
  });

  it('shows the same day otherwise by what was known in June 2022: there had never been any stocks', async () => {
    const known = await page('GNB', 'asAt=2019-06-01&knownOn=2022-06-30');
    expect(obligationOf(known, 'stockpile-destruction')).toMatchObject({ dueOn: '2019-05-01', status: 'not-owed' });
    expect(obligationOf(await page('GNB', 'asAt=2019-06-01&knownOn=2022-05-01'), 'stockpile-destruction').status).toBe('overdue');
  });

  it('says step by step, with articles, how a due date comes about', async () => {
    expect(obligationOf(await page('GNB', 'asAt=2019-06-01'), 'stockpile-destruction').derivation).toEqual(['deposited 29 Nov 2010', 'in force 1 May 2011 (Art. 17(2))', '+ 8 years = 1 May 2019 (Art. 3(2))']);
    const { dueOn, derivation } = obligationOf(await page('BGR'), 'stockpile-destruction');
    expect([dueOn, derivation.length]).toEqual(['2023-12-31', 6]);
    expect(derivation.slice(3).every((step) => /granted by .*(9MSP|2RC|10MSP) = .*\(Art\. 3\(3\)\)$/.test(step))).toBe(true);
  });

  it('follows Lithuania out: notified, bound for six more months, then gone, its obligations ended', async () => {
    expect((await page('LTU', 'asAt=2024-09-05')).participation).toMatchObject({ status: 'party', withdrawalNotifiedOn: null });
    expect((await page('LTU', 'asAt=2025-03-05')).participation).toMatchObject({ status: 'party', withdrawalNotifiedOn: '2024-09-06', withdrawalTakesEffectOn: '2025-03-06' });
    const gone = await page('LTU', 'asAt=2025-03-06');
    expect(gone.participation).toMatchObject({ status: 'withdrawn', inForceOn: '2011-09-01' });
    expect(gone.obligations.filter(({ status }) => status === 'pending' || status === 'overdue')).toEqual([]);
    expect(gone.obligations.filter(({ dueOn }) => dueOn !== null && dueOn > '2025-03-06')).toEqual([]);
  });

  it('of a State with nothing on record is empty, at revision −1', async () => {
    expect(await page('USA')).toMatchObject({ name: 'United States of America', revision: -1, participation: { status: 'none', signedOn: null, depositedOn: null, inForceOn: null }, obligations: [] });
  });

  it.each(['gnb', 'GN', 'GNBX', 'XXX', 'Guinea-Bissau', '624'])('is not found under "%s"', async (code) => {
    const answer = await get(own.service, `${CCM}/states/${code}`);
    expect(problemIn(answer)).toMatchObject({ status: 404, code: 'unknown-state', detail: expect.stringContaining('three capitals') });
  });

  it('is the same at the same ETag, and 304 without a body says so', async () => {
    const first = await get(own.service, `${CCM}/states/SOM`);
    const etag = first.headers.get('etag') as string;
    expect(etag).toMatch(/^"r\d+\.[\w-]{12}"$/);
    for (const known of [etag, `W/${etag}`, `"r1.other", ${etag}`, '*']) {
      const again = await get<string | object>(own.service, `${CCM}/states/SOM`, { 'if-none-match': known });
      expect({ known, status: again.status, body: again.body, etag: again.headers.get('etag') }).toEqual({ known, status: 304, body: '', etag });
    }
    expect((await get(own.service, `${CCM}/states/SOM`, { 'if-none-match': '"r1.other"' })).status).toBe(200);
  });

  it('has another ETag for another question, and for another day', async () => {
    const tags = await Promise.all(['', 'asAt=2020-01-01', 'asAt=2020-01-01&knownOn=2021-01-01', 'recordedBy=2020-01-01T00:00:00Z'].map(async (query) => (await get(own.service, `${CCM}/states/SOM?${query}`)).headers.get('etag')));
    expect(new Set(tags).size).toBe(4);
  });

  it('has another ETag once something is recorded', async () => {
    const before = await get(own.service, `${CCM}/states/SOM`);
    const { position } = await recorded(own.service, 'SOM', fact('remark-made', '2026-01-01', { about: 'a test' }));
    const after = await get(own.service, `${CCM}/states/SOM?minPosition=${position}`, { 'if-none-match': before.headers.get('etag') as string });
    expect(after.status).toBe(200);
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  });
});

describe('every read', () => {
  const position = async (path: string): Promise<unknown> => ((await get(own.service, path)).body as { position?: unknown }).position;

  it.each(['status', 'obligations?dueFrom=2022-01-01', 'deadlines?from=2019-01-01&to=2019-12-31', 'history', 'meetings', 'statistics?year=2022', 'discrepancies', 'states', 'states/GNB', 'states/GNB/history'])('/%s takes asAt, knownOn and recordedBy, and says where the log stood', async (path) => {
    const answers = await Promise.all(['', 'asAt=2022-09-30', 'recordedBy=2020-01-01T00:00:00Z'].map(async (query) => {
      const { status, body } = await get(own.service, `${CCM}/${path}${path.includes('?') ? '&' : '?'}${query}`);
      expect(status).toBe(200);
      return JSON.stringify(body);
    }));
    expect(new Set(answers).size).toBe(3);
    expect(await position(`${CCM}/${path}`)).toBeGreaterThan(800);
  });

  it.each(['states.csv', 'states.jsonl', 'obligations.csv', 'obligations.jsonl', 'history.csv', 'history.jsonl'])('/exports/%s does so too', async (file) => {
    const [now, before, unrecorded] = await Promise.all(['', 'asAt=2010-01-01', 'recordedBy=2020-01-01T00:00:00Z'].map(async (query) => (await get<string>(own.service, `${CCM}/exports/${file}?${query}`)).body));
    expect(new Set([now, before, unrecorded]).size).toBe(3);
  });
});
