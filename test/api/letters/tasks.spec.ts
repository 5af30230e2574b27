import { beforeAll, describe, expect, it } from '@jest/globals';
import { CCM } from '../../support/facts.js';
import { get, post } from '../../support/http.js';
import { rowsOf } from '../../support/log.js';
import { problemIn } from '../../support/problem.js';
import { registrarKey, runCli } from '../../support/service.js';
import { ownService } from '../../support/suite.js';

const registrar = { authorization: `Bearer ${registrarKey()}` };

describe('tasks for the registrar', () => {
  const own = ownService();
  type Task = { id: string; kind: string; treaty: string | null; iso3: string | null; text: string; link: string; contactId?: string };
  const list = async (query = '') => (await get<{ items: Task[]; next: string | null; counts: Record<string, number> }>(own.service, `/v1/tasks?${query}`, registrar)).body;
  const of = async (iso3: string): Promise<string[]> => (await list(`limit=1000&iso3=${iso3}`)).items.map(({ kind }) => kind).filter((kind) => kind !== 'discrepancy');
  let contact: { id: string };
  beforeAll(async () => {
    contact = (await post<{ id: string }>(own.service, '/v1/contacts', { role: 'focal-point', iso3: 'GNB', name: 'Maria Exemplo', email: 'maria@example.org' })).body;
  });

  it('come and go with their causes', async () => {
    expect(await of('GNB')).toEqual([]);
    expect(await of('FRA')).toEqual(['state-without-contact']);
    await rowsOf(own.database, `UPDATE notices.contacts SET unreachable_since = '2026-11-01' WHERE id = $1`, [contact.id]);
    expect(await of('GNB')).toEqual(['contact-unreachable', 'state-without-contact']);
    await post(own.service, '/v1/contacts', { role: 'deputy', iso3: 'GNB', email: 'deputy@example.org' });
    expect(await of('GNB')).toEqual(['contact-unreachable']);
    await fetch(`${own.service.base}/v1/contacts/${contact.id}`, { method: 'DELETE', headers: registrar });
    expect(await of('GNB')).toEqual([]);
  });

  it('hold the open discrepancies of the register, and no name or address', async () => {
    const { items, counts } = await list('limit=1000');
    const register = (await get<{ items: { id: string }[] }>(own.service, `${CCM}/discrepancies`)).body.items;
    expect(items.filter(({ kind }) => kind === 'discrepancy').map(({ id }) => id).sort()).toEqual(register.map(({ id }) => `discrepancy:ccm:${id}`).sort());
    expect(counts).toMatchObject({ discrepancy: register.length });
    expect(JSON.stringify(items)).not.toMatch(/Maria|@/);
    for (const { text, link } of items) expect([text, link]).toEqual([expect.stringMatching(/^\S.{20,}\.$/s), expect.stringMatching(/^\/v1\//)]);
  });

  it('come in pages, and by treaty, kind and State', async () => {
    const all = (await list('limit=1000')).items;
    const paged: Task[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: Task[]; next: string | null } = await list(`limit=40${cursor ? `&cursor=${cursor}` : ''}`);
      paged.push(...page.items);
      cursor = page.next;
    }
    expect(paged).toEqual(all);
    expect((await list('treaty=apmbc')).items).toEqual([]);
    expect((await list('kind=state-without-contact&iso3=FRA&treaty=ccm')).items).toMatchObject([{ id: 'state-without-contact:ccm:FRA', link: `${CCM}/states/FRA` }]);
    for (const query of ['kind=other', 'iso3=gnb', 'iso3=XXX', 'treaty=none', 'limit=0', 'cursor=x', 'cursor=WyJ4Il0', 'who=me']) {
      expect(problemIn(await get(own.service, `/v1/tasks?${query}`, registrar)).status).toBeLessThan(500);
    }
  });

  it('are the same on the command line', async () => {
    const { code, stdout } = await runCli(own.database, 'tasks', '--kind', 'state-without-contact', '--json');
    expect([code, (JSON.parse(stdout) as { items: object[] }).items]).toEqual([0, (await list('kind=state-without-contact&limit=1000')).items]);
    expect((await runCli(own.database, 'tasks', '--iso3', 'FRA')).stdout).toMatch(/^state-without-contact: France is owed letters/);
    expect((await runCli(own.database, 'tasks', '--kind', 'other')).code).toBe(2);
  });
});
