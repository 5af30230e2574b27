import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { createScratchDatabase, migrate, openPool, type ScratchDatabase, StoppedClock } from '#platform';
import { type Day, plus, TREATIES, type TreatyRules } from '#treaty';
import { Contacts } from '../contacts/contacts.js';
import { FALLBACK_STEPS } from '../fallback/tables.js';
import { Outbox } from '../outbox/outbox.js';
import { Planner } from '../outbox/planner.js';
import type { Subject } from '../plan/day-plan.js';
import { realRecord } from '../../../test/support/real-record.js';
import type { Scope } from './hold.js';
import { Holds } from './holds.js';

const rules = TREATIES.get('ccm') as TreatyRules;
const STATES = ['BGR', 'GNB', 'COG', 'CPV', 'SOM'];
const [FROM, TO] = ['2019-04-10', '2019-06-14'];

type Act = { on: Day; how: 'hold' | 'release' | 'skip'; scope: Omit<Scope, 'treaty'> };
interface Told {
  on: Day;
  contact: string;
  item: Subject;
}

let database: ScratchDatabase;
let pool: Pool;
let record: Awaited<ReturnType<typeof realRecord>>;
const clock = new StoppedClock(Temporal.Instant.from('2019-04-10T06:00:00Z'));
const at = (day: Day): void => clock.moveTo(Temporal.Instant.from(`${day}T06:00:00Z`));
const rowsOf = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> => (await pool.query<Row>(sql, values)).rows;

beforeAll(async () => {
  record = await realRecord(rules, STATES);
  database = await createScratchDatabase();
  pool = openPool(database.url);
  const [contacts, outbox, holds] = [new Contacts(pool, clock), new Outbox(pool, clock), new Holds(pool, clock)];
  await contacts.prepare();
  await outbox.prepare();
  await holds.prepare();
  await migrate(pool, 'fallback', FALLBACK_STEPS);
  // The coordinators of transparency and stockpile destruction of that spring hear of several States at once.
  const coordinators = ['AUT', 'MOZ', 'HRV', 'IRQ', 'CHL', 'NZL', 'NLD', 'ZMB', 'AFG', 'LBN', 'PER', 'SWE', 'NIC'];
  for (const iso3 of STATES) await contacts.add({ role: 'focal-point', iso3, name: null, office: null, email: `focal@${iso3.toLowerCase()}.example.org`, language: 'en', timeZone: 'UTC' });
  for (const iso3 of coordinators) await contacts.add({ role: 'coordinator', iso3, name: null, office: null, email: `coordinator@${iso3.toLowerCase()}.example.org`, language: 'en', timeZone: 'UTC' });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Plays day after day: first what a person does, then the day's plan, then all that may go goes. */
const play = async (acts: readonly Act[], { runLimit = 1_000 } = {}): Promise<Told[]> => {
  await pool.query('TRUNCATE notices.planned, notices.watched, notices.taken, notices.messages, notices.holds, notices.acts');
  const holds = new Holds(pool, clock);
  const planner = new Planner(pool, record, new Contacts(pool, clock), clock, { mailDomain: 'isu.example', runLimit });
  const told: Told[] = [];
  for (let day: Day = FROM; day <= TO; day = plus(day, { days: 1 })) {
    at(day);
    for (const { how, scope } of acts.filter(({ on }) => on === day)) await holds[how]({ treaty: 'ccm', ...scope }, { actor: 'key:test', reason: 'Looked at.' });
    await planner.planThroughToday(rules, FROM);
    const gone = await rowsOf<{ contact: string; about: Subject[] }>(`UPDATE notices.messages SET status = 'sent' WHERE status = 'planned' RETURNING contact_id AS contact, about`);
    told.push(...gone.flatMap(({ contact, about }) => about.map((item) => ({ on: day, contact, item }))));
  }
  return told;
};

const nameOf = ({ contact, item: { iso3, kind, year, dueOn, step } }: Told): string => [contact, iso3, kind, year, dueOn, step].join(' ');
const isWeekly = ({ item }: Told): boolean => item.step === 'digest';

describe('what is held', () => {
  let free: Told[];
  beforeAll(async () => {
    free = await play([]);
  });
  const everything = (): Set<string> => new Set(free.map(nameOf));

  it('is enough to show something: letters of several States to one contact, on many days', () => {
    expect(new Set(free.map(({ on }) => on)).size).toBeGreaterThan(10);
    expect([...Map.groupBy(free, ({ on, contact }) => `${on} ${contact}`).values()].some((one) => new Set(one.map(({ item }) => item.iso3)).size > 2)).toBe(true);
  });

  it('of a State is told to nobody while the hold lasts, and all of it once it is over; others notice nothing', async () => {
    const told = await play([{ on: '2019-04-23', how: 'hold', scope: { iso3: 'GNB' } }, { on: '2019-06-05', how: 'release', scope: { iso3: 'GNB' } }]);
    expect(told.filter(({ on, item }) => item.iso3 === 'GNB' && on >= '2019-04-23' && on < '2019-06-05')).toEqual([]);
    expect(new Set(told.map(nameOf))).toEqual(everything());
    const others = (all: readonly Told[]): string[] => all.filter(({ item }) => item.iso3 !== 'GNB').map((one) => `${one.on} ${nameOf(one)}`).sort();
    expect(others(told)).toEqual(others(free));
  });

  it('goes as one message to each contact when it is let go', async () => {
    await play([{ on: '2019-04-15', how: 'hold', scope: { iso3: 'GNB' } }, { on: '2019-06-12', how: 'release', scope: { iso3: 'GNB' } }]);
    const sent = await rowsOf<{ contact: string; steps: number }>(`SELECT contact_id AS contact, json_array_length(about) AS steps FROM notices.messages WHERE status = 'sent' AND changed_at >= '2019-06-12' AND states = ARRAY['GNB']`);
    expect(sent.length).toBeGreaterThan(1);
    expect(new Set(sent.map(({ contact }) => contact)).size).toBe(sent.length);
    expect(Math.max(...sent.map(({ steps }) => Number(steps)))).toBeGreaterThan(3);
  });

  it('waits as a whole day where there are too many messages, and goes when a person says so', async () => {
    const days = [...new Set(free.map(({ on }) => on))];
    const busy = (await play([], { runLimit: 6 })).map(({ on }) => on);
    const held = await rowsOf<{ on: Day; waiting: number }>(`SELECT on_day::text AS "on" FROM notices.holds WHERE released_at IS NULL AND held_by = 'pacta'`);
    expect(held.length).toBeGreaterThan(0);
    expect(busy.some((on) => held.some((run) => run.on === on))).toBe(false);
    for (const { on } of held) await new Holds(pool, clock).release({ treaty: 'ccm', on }, { actor: 'key:test', reason: null });
    const status = await rowsOf<{ status: string }>('SELECT DISTINCT status FROM notices.messages');
    expect(status.map((row) => row.status).sort()).toEqual(['planned', 'sent']);
    expect(days.length).toBeGreaterThan(held.length);
  });

  it('is neither lost nor told twice, whatever is held and released when', async () => {
    const scope = fc.oneof(fc.constantFrom(...STATES).map((iso3) => ({ iso3 })), fc.constant({}), fc.constantFrom('2019-04-23', '2019-04-30', '2019-05-14').map((on) => ({ on })));
    const act = fc.record({ on: fc.integer({ min: 0, max: 55 }).map((days) => plus(FROM, { days })), how: fc.constantFrom('hold' as const, 'release' as const), scope });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (drawn) => {
        const acts = inOrder(drawn);
        const told = await play(acts);
        expect(new Set(told.map(nameOf))).toEqual(everything());
        const names = told.filter((one) => !isWeekly(one)).map(nameOf);
        expect(names.length).toBe(new Set(names).size);
        for (const one of told) expect([one, isHeld(acts, one)]).toEqual([one, false]);
        expect(await rowsOf(`SELECT 1 FROM notices.messages WHERE status NOT IN ('sent', 'suppressed')`)).toEqual([]);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  }, 120_000);
});

/** Only what can be done: a release follows a hold, and at the end everything is released. */
const inOrder = (drawn: readonly Act[]): Act[] => {
  const held = new Map<string, Act['scope']>();
  const acts: Act[] = [];
  for (const act of drawn.toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
    const key = JSON.stringify(act.scope);
    if (act.how === 'release' && !held.has(key)) continue;
    if (act.how === 'hold') held.set(key, act.scope);
    else held.delete(key);
    acts.push(act);
  }
  return [...acts, ...[...held.values()].map((scope): Act => ({ on: plus(TO, { days: -2 }), how: 'release', scope }))];
};

/** Whether at the end of that day's acts all that this speaks of was on hold. */
const isHeld = (acts: readonly Act[], { on, item }: Told): boolean => {
  const last = (scope: Act['scope']): string | undefined => acts.findLast((act) => act.on <= on && JSON.stringify(act.scope) === JSON.stringify(scope))?.how;
  return last({}) === 'hold' || last({ iso3: item.iso3 }) === 'hold';
};
