import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { InMemoryEventLog } from '#event-log';
import { createScratchDatabase, openPool, type ScratchDatabase, StoppedClock } from '#platform';
import { Contacts } from '../contacts/contacts.js';
import { recordActs, recordHolds } from '../outbox/acts.js';
import { Outbox } from '../outbox/outbox.js';
import { Steps } from '../outbox/steps.js';
import type { Subject } from '../plan/day-plan.js';
import { Holds } from './holds.js';

let database: ScratchDatabase;
let pool: Pool;
const clock = new StoppedClock(Temporal.Instant.from('2019-04-24T06:00:00Z'));
const rowsOf = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> => (await pool.query<Row>(sql, values)).rows;

beforeAll(async () => {
  database = await createScratchDatabase();
  pool = openPool(database.url);
  for (const part of [new Contacts(pool, clock), new Outbox(pool, clock), new Holds(pool, clock)]) await part.prepare();
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('a hold', () => {
  const [A, B] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  const item = (iso3: string): Subject => ({ iso3, article: 7, kind: 'annual-report', year: 2018, dueOn: '2019-04-30', step: 'T-7' });
  const by = (reason: string) => ({ actor: 'key:test', reason });
  let holds: Holds;
  let outbox: Outbox;
  const insert = (id: string, status: string, ...states: string[]): Promise<unknown> =>
    pool.query(
      `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at, mime)
       VALUES ($1::uuid, 'ccm', '2019-04-23', 'coordinator', 'somebody', 'en', $2, $3, $4, '2019-04-23T08:00:00Z', '<' || $1::text || '@isu.example>', '2019-04-23T06:00:00Z', 'Subject: perhaps stale')`,
      [id, JSON.stringify(states.map(item)), states, status],
    );
  const rows = () => rowsOf<{ id: string; status: string; states: string[]; reason: string | null; mime: Buffer | null }>('SELECT id, status, states, reason, mime, message_id FROM notices.messages ORDER BY states');
  beforeEach(async () => {
    await pool.query('TRUNCATE notices.messages, notices.holds, notices.acts');
    [holds, outbox] = [new Holds(pool, clock), new Outbox(pool, clock)];
  });

  it('takes what it says of the State out of a message that was put into words already', async () => {
    await insert(A, 'rendered', 'BGR', 'GNB', 'SOM');
    expect(await holds.hold({ treaty: 'ccm', iso3: 'GNB' }, by('The ministry asked.'))).toMatchObject({ turned: 1, onTheirWay: 0, hold: { iso3: 'GNB', waiting: 1, by: 'key:test' } });
    const [rest, part] = await rows();
    expect(rest).toMatchObject({ id: A, status: 'planned', states: ['BGR', 'SOM'], mime: null });
    expect(part).toMatchObject({ status: 'held', states: ['GNB'], reason: 'The ministry asked.', mime: null, message_id: `<${part?.id}@isu.example>` });
  });

  it('does not reach what is with the mail server already, and says so', async () => {
    await insert(A, 'sending', 'GNB');
    expect(await holds.hold({ treaty: 'ccm', iso3: 'GNB' }, by('Too late.'))).toMatchObject({ turned: 0, onTheirWay: 1 });
  });

  it('lets nothing be sent that came in by another way, and takes it in with the next round', async () => {
    await holds.hold({ treaty: 'ccm', iso3: 'GNB' }, by('Wait.'));
    await insert(A, 'rendered', 'GNB');
    expect(await new Steps(pool, clock).claim(A)).toBeNull();
    await holds.sweep();
    expect(await rows()).toMatchObject([{ id: A, status: 'held', reason: 'Wait.' }]);
  });

  it('asked for twice, released twice, is one', async () => {
    await insert(A, 'planned', 'GNB');
    const scope = { treaty: 'ccm', iso3: 'GNB' };
    const both = await Promise.all([holds.hold(scope, by('First.')), holds.hold(scope, by('Second.'))]);
    expect(both.map(({ turned }) => turned).sort()).toEqual([0, 1]);
    expect(new Set(both.map(({ hold }) => hold?.id)).size).toBe(1);
    const released = await Promise.all([holds.release(scope, by('Good.')), holds.release(scope, by('Good.'))]);
    expect(released.map(({ turned }) => turned).sort()).toEqual([0, 1]);
    expect(released.map(({ hold }) => hold?.releasedAt)).toEqual([expect.any(Date), expect.any(Date)]);
    await expect(holds.release({ treaty: 'ccm', on: '2019-04-24' }, by('What?'))).rejects.toThrow('is not on hold');
  });

  it('of a State keeps its messages back also when their run, or one of them, is released', async () => {
    await insert(A, 'planned', 'GNB');
    await insert(B, 'planned', 'BGR');
    await holds.hold({ treaty: 'ccm', iso3: 'GNB' }, by('State.'));
    await expect(outbox.release(A, by('Now.'))).rejects.toThrow('the letters about GNB are on hold');
    await holds.hold({ treaty: 'ccm', on: '2019-04-23' }, by('Run.'));
    await holds.release({ treaty: 'ccm', iso3: 'GNB' }, by('State is well.'));
    expect(await rows()).toMatchObject([{ id: B, status: 'held', reason: 'Run.' }, { id: A, status: 'held', reason: 'Run.' }]);
    await outbox.release(B, by('This one may go.'));
    await holds.sweep();
    expect(await rows()).toMatchObject([{ id: B, status: 'planned' }, { id: A, status: 'held' }]);
    expect((await holds.skip({ treaty: 'ccm', on: '2019-04-23' }, by('Told by telephone.'))).turned).toBe(2);
    expect(await holds.list('ccm')).toEqual([]);
  });

  it('skipped takes from a message what it says of the State, however that was held', async () => {
    await insert(A, 'planned', 'BGR', 'GNB');
    await outbox.hold(A, by('This one.'));
    expect((await holds.skip({ treaty: 'ccm', iso3: 'GNB' }, by('Settled by telephone.'))).turned).toBe(1);
    expect(await rows()).toMatchObject([{ id: A, status: 'held', states: ['BGR'] }, { status: 'skipped', states: ['GNB'] }]);
  });

  it('is on record with whoever did it, every step of a message too, however soon the next came', async () => {
    const log = new InMemoryEventLog();
    await insert(A, 'planned', 'GNB');
    await holds.hold({ treaty: 'ccm', iso3: 'GNB' }, by('Wait.'));
    await holds.release({ treaty: 'ccm', iso3: 'GNB' }, by('Go.'));
    for (let time = 0; time < 2; time++) {
      await recordActs(pool, log, clock);
      await recordHolds(pool, log, clock);
    }
    const events = await log.read('correspondence-ccm-GNB');
    expect(events.map(({ type, data, metadata }) => `${type} ${metadata['actor'] as string} ${JSON.stringify(data['reason'])}`)).toEqual([
      'ReminderPlanned.v1 pacta null', 'ReminderHeld.v1 key:test "Wait."', 'ReminderPlanned.v1 key:test "Go."', 'RemindersHeld.v1 key:test "Wait."', 'RemindersReleased.v1 key:test "Go."',
    ]);
  });
});

describe('a message whose outcome is not known', () => {
  const ID = '44444444-4444-4444-8444-444444444444';
  const by = { actor: 'key:test', reason: 'Asked by telephone.' };
  let outbox: Outbox;
  const stateOf = async (): Promise<{ status: string; attempts: number; mime: Buffer | null; at: string }> => (await rowsOf<{ status: string; attempts: number; mime: Buffer | null; at: string }>('SELECT status, attempts, mime, changed_at::text AS at FROM notices.messages'))[0] as never;
  beforeEach(async () => {
    await pool.query('TRUNCATE notices.messages, notices.holds, notices.acts');
    outbox = new Outbox(pool, clock);
    await pool.query(
      `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, attempts, message_id, changed_at, mime, sha256)
       VALUES ($1, 'ccm', '2019-04-23', 'focal-point', 'x', 'en', '[]', ARRAY['GNB'], 'unknown', now(), 3, '<x@isu.example>', '2019-04-23T09:00:00.123456Z', 'Subject: x', 'abc')`, [ID],
    );
  });

  it('arrived, where a person says so; the message stays as proof', async () => {
    await outbox.arrived(ID, by);
    expect(await stateOf()).toMatchObject({ status: 'sent', mime: Buffer.from('Subject: x') });
    await expect(outbox.sendAgain(ID, '2019-04-23T09:00:00.123Z', by)).rejects.toThrow('no longer as it was');
  });

  it('is planned anew once, also where two ask, and not again for the same request when it fails once more', async () => {
    const asked = await Promise.allSettled([outbox.sendAgain(ID, '2019-04-23T09:00:00.123Z', by), outbox.sendAgain(ID, '2019-04-23T09:00:00.123Z', by)]);
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await stateOf()).toMatchObject({ status: 'planned', attempts: 0, mime: null });
    await pool.query(`UPDATE notices.messages SET status = 'unknown', changed_at = '2019-04-24T09:00:00Z'`);
    await expect(outbox.sendAgain(ID, '2019-04-23T09:00:00.123Z', by)).rejects.toThrow('no longer as it was');
    await outbox.sendAgain(ID, '2019-04-24T11:00:00+02:00', by);
    expect(await stateOf()).toMatchObject({ status: 'planned' });
  });

  it('waits with its State, if that is on hold by now', async () => {
    await new Holds(pool, clock).hold({ treaty: 'ccm', iso3: 'GNB' }, { actor: 'key:test', reason: 'Wait.' });
    expect(await stateOf()).toMatchObject({ status: 'unknown' });
    await outbox.sendAgain(ID, '2019-04-23T09:00:00.123Z', by);
    expect(await stateOf()).toMatchObject({ status: 'held' });
  });
});
