import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { CCM, fact, type HistoryItem, type Page, recorded } from '../support/facts.js';
import { get } from '../support/http.js';
import { headOf } from '../support/log.js';
import { ownService } from '../support/suite.js';

describe('an export', () => {
  const own = ownService();
  const file = async (name: string, query = ''): Promise<string> => (await get<string>(own.service, `${CCM}/exports/${name}?${query}`)).body;
  const csv = async (name: string, query = '') => parse<Record<string, string>>(await file(name, query), { columns: true });
  const lines = async (name: string, query = '') => (await file(name, query)).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

  it('of the history holds every event of the log, in its order, in both forms', async () => {
    const head = await headOf(own.database);
    const [rows, items] = [await csv('history.csv'), await lines('history.jsonl')];
    expect(rows.map(({ position }) => Number(position))).toEqual(items.map(({ position }) => position));
    const known = (await get<Page<HistoryItem>>(own.service, `${CCM}/history?limit=1000`)).body.items;
    expect(items).toEqual(known);
    expect(items.length).toBeGreaterThan(head - 100);
  });

  it.each(['states', 'obligations'])('of %s says the same in both forms', async (what) => {
    const [rows, items] = [await csv(`${what}.csv`, 'asAt=2020-09-28'), await lines(`${what}.jsonl`, 'asAt=2020-09-28')];
    expect(rows).toHaveLength(items.length);
    rows.forEach((row, index) => {
      const item = items[index] as Record<string, unknown>;
      for (const column of ['iso3', 'status', 'dueOn', 'kind', 'depositedOn']) if (column in row) expect([column, row[column]]).toEqual([column, item[column] ?? '']);
    });
  });

  it('of the obligations holds them all, however many pages they are', async () => {
    const { items, next } = (await get<Page<object>>(own.service, `${CCM}/obligations?limit=1000`)).body;
    expect(next).not.toBeNull();
    expect((await lines('obligations.jsonl')).slice(0, 1000)).toEqual(items);
    expect((await lines('obligations.jsonl')).length).toBeGreaterThan(1_000);
  });

  it('is named, and says what it is', async () => {
    for (const [name, type] of [['states.csv', 'text/csv; charset=utf-8'], ['history.jsonl', 'application/jsonl; charset=utf-8']] as const) {
      const { headers } = await get(own.service, `${CCM}/exports/${name}`);
      expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([type, `attachment; filename="ccm-${name}"`]);
    }
  });

  it('does not let a text become a formula, or break a row', async () => {
    const note = '=HYPERLINK("https://example.org";"x")\r\n"quoted", and more';
    const { position } = await recorded(own.service, 'NIU', { ...fact('remark-made', '2020-01-01', { about: 'a test' }), note });
    const row = (await csv('history.csv', `minPosition=${position}`)).find((one) => Number(one['position']) === position);
    expect(row?.['note']).toBe(`'${note}`);
    expect((await lines('history.jsonl')).at(-1)).toMatchObject({ position, note });
  });

  it('is smaller on the way for whoever takes gzip', async () => {
    const plain = await fetch(`${own.service.base}${CCM}/exports/history.jsonl`, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const whole = await plain.text();
    const response = await fetch(`${own.service.base}${CCM}/exports/history.jsonl`, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await response.text()).toBe(whole);
    expect(gunzipSync(await bytesOf(`${own.service.base}${CCM}/exports/history.jsonl`)).toString()).toBe(whole);
  });
});

/** What went over the wire: fetch would unpack it. */
const bytesOf = async (url: string): Promise<Buffer> => {
  const { get: request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject);
    }).on('error', reject);
  });
};
