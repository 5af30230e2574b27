import { describe, expect, it } from '@jest/globals';
import { CCM, today } from '../../support/facts.js';
import { get, post } from '../../support/http.js';
import { refusalIn } from '../../support/problem.js';
import { runCli } from '../../support/service.js';
import { ownService } from '../../support/suite.js';

interface Item {
  on: string;
  treaty: string;
  to: string;
  contactId: string | null;
  language: string;
  messageId: string;
  about: { iso3: string; article: number; kind: string; year?: number; dueOn: string | null; step: string }[];
}

const plusMonths = (months: number): string => Temporal.PlainDate.from(today()).add({ months }).toString();

describe('the forecast of reminders', () => {
  const own = ownService();
  const ask = async (query: string): Promise<Item[]> => {
    const answer = await get<{ items: Item[] }>(own.service, `${CCM}/reminders/forecast?${query}`);
    expect(answer.status).toBe(200);
    return answer.body.items;
  };

  it('shows what falls due also where nobody would be told', async () => {
    const items = await ask('iso3=GNB&months=13');
    expect(items.filter(({ to }) => to === 'focal-point').length).toBeGreaterThan(3);
    for (const { on, contactId, to, about, treaty } of items) {
      expect(on > today() && on <= plusMonths(13)).toBe(true);
      expect([treaty, new Set(about.map(({ iso3 }) => iso3))]).toEqual(['ccm', new Set(['GNB'])]);
      if (to === 'focal-point') expect(contactId).toBeNull();
    }
    // A year always holds the ladder of an annual report.
    const steps = items.flatMap(({ about }) => about.filter(({ kind }) => kind === 'annual-report').map(({ step }) => step));
    expect(steps).toEqual(expect.arrayContaining(['Y-02-01', 'Y-04-01', 'Y-04-23', 'T0']));
  });

  it('names the contact as soon as there is one, with the id that its message will have', async () => {
    const { body } = await post<{ id: string }>(own.service, '/v1/contacts', { role: 'deputy', iso3: 'FRA', email: 'deputy@example.org' });
    const items = (await ask('iso3=FRA')).filter(({ to }) => to !== 'coordinator' && to !== 'registrar');
    expect(items.length).toBeGreaterThan(0);
    for (const one of items) expect(one).toMatchObject({ to: 'deputy', contactId: body.id, language: 'fr', messageId: expect.stringMatching(/^<[0-9a-f-]{36}@pacta\.example>$/) as unknown });
  });

  it('of all States holds that of each, in the order of days, and is as long as asked', async () => {
    const all = await ask('months=6');
    expect(all.map(({ on }) => on)).toEqual(all.map(({ on }) => on).sort());
    for (const iso3 of ['GNB', 'BGR']) {
      const entries = (items: Item[]) => items.flatMap(({ on, to, about }) => about.filter((one) => one.iso3 === iso3).map((one) => `${on} ${to} ${one.kind} ${one.year} ${one.step}`)).sort();
      expect(entries(all)).toEqual(entries(await ask(`iso3=${iso3}&months=6`)));
    }
    expect((await ask('months=1')).every(({ on }) => on <= plusMonths(1))).toBe(true);
  });

  it('is the same on the command line', async () => {
    const { code, stdout } = await runCli(own.database, 'forecast', '--months', '6', '--iso3', 'GNB', '--json');
    expect([code, JSON.parse(stdout)]).toEqual([0, { items: await ask('iso3=GNB&months=6') }]);
    expect((await runCli(own.database, 'forecast', '--months', '37')).code).toBe(2);
  });

  it.each(['months=0', 'months=37', 'months=x', 'iso3=gnb', 'iso3=XXX', 'from=2026-01-01'])('is not given for %s', async (query) => {
    refusalIn(await get(own.service, `${CCM}/reminders/forecast?${query}`));
  });

  it('leaves others their turn', async () => {
    let done = false;
    const asked = ask('months=18').finally(() => (done = true));
    let slowest = 0;
    while (!done) {
      const started = performance.now();
      await get(own.service, '/health/live');
      slowest = Math.max(slowest, performance.now() - started);
    }
    expect((await asked).length).toBeGreaterThan(100);
    expect(slowest).toBeLessThan(1_000);
  });
});
