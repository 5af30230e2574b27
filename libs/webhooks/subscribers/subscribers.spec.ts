import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { createScratchDatabase, migrate, openPool, type ScratchDatabase, StoppedClock } from '#platform';
import { DisabledEndpoints, type ServiceLetter } from '../endpoints/disabled-endpoints.js';
import { WEBHOOK_STEPS } from '../storage/tables.js';
import { ownerOfSubscriber, Subscribers } from './subscribers.js';

const clock = new StoppedClock(Temporal.Instant.from('2026-12-01T08:00:00Z'));
let database: ScratchDatabase;
let pool: Pool;
let subscribers: Subscribers;
beforeAll(async () => {
  database = await createScratchDatabase();
  pool = openPool(database.url, { max: 6 });
  await migrate(pool, 'webhooks', WEBHOOK_STEPS);
  subscribers = new Subscribers(pool, clock);
});
beforeEach(() => pool.query('TRUNCATE webhooks.sign_ups, webhooks.subscribers, webhooks.endpoints'));
afterAll(async () => {
  await pool.end();
  await database.drop();
});
const later = (time: Temporal.DurationLike): void => clock.moveTo(clock.now().add(time));
const ask = async (email: string): Promise<string> => {
  const token = await subscribers.ask(email);
  if (!token) throw new Error('No token.');
  return token;
};

describe('a link that was sent to an address', () => {
  it('proves it once', async () => {
    const token = await ask('reader@example.org');
    expect(await subscribers.invited(token)).toBe('reader@example.org');
    const answers = await Promise.all([1, 2, 3].map(() => subscribers.confirm(token)));
    expect(answers.filter((email) => email !== null)).toEqual(['reader@example.org']);
    expect(await subscribers.invited(token)).toBeNull();
  });

  it('is good for a day', async () => {
    const token = await ask('reader@example.org');
    later({ hours: 25 });
    expect([await subscribers.invited(token), await subscribers.confirm(token), await subscribers.confirm('made up')]).toEqual([null, null, null]);
  });

  it('is not kept: a copy of the database lets nobody in', async () => {
    const token = await ask('reader@example.org');
    const { rows } = await pool.query<{ row: string }>('SELECT sign_ups::text AS row FROM webhooks.sign_ups');
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('is sent to one address three times a day at the most, in whatever letters it is written', async () => {
    const asked = await Promise.all(['a@example.org', 'A@example.org', 'a@EXAMPLE.org', 'a@example.org'].map((email) => subscribers.ask(email)));
    expect(asked.filter((token) => token === null)).toHaveLength(1);
    later({ hours: 25 });
    expect(await subscribers.ask('a@example.org')).not.toBeNull();
  });

  it('is sent to two hundred addresses a day at the most', async () => {
    await pool.query("INSERT INTO webhooks.sign_ups SELECT sha256(n::text::bytea), n || '@example.org', $1 FROM generate_series(1, 200) AS n", [clock.now().toString()]);
    await expect(subscribers.ask('a@example.org')).rejects.toMatchObject({ status: 429, code: 'too-many-sign-ups' });
  });
});

describe('an address', () => {
  it('is one subscriber’s, however often it asks, in whatever letters it is written, and at once', async () => {
    const ids = await Promise.all(['a@example.org', 'A@example.org', 'a@EXAMPLE.org'].map((email) => subscribers.at(email)));
    expect(new Set(ids).size).toBe(1);
    expect(await subscribers.at('b@example.org')).not.toBe(ids[0]);
    expect(await subscribers.list()).toMatchObject([{ id: ids[0] }, { email: 'b@example.org' }]);
  });

  it('whose letter could not be sent may ask again', async () => {
    for (let time = 0; time < 5; time++) await subscribers.withdraw(await ask('a@example.org'));
    expect(await subscribers.ask('a@example.org')).not.toBeNull();
  });
});

describe('the owner of an endpoint that was disabled', () => {
  it('is written to once, and again only where the letter could not be handed over', async () => {
    const letters: { address: string; letter: ServiceLetter }[] = [];
    let reachable = false;
    const disabled = new DisabledEndpoints(pool, 'https://pacta.example', subscribers, (address, letter) => {
      letters.push({ address, letter });
      return Promise.resolve(reachable);
    }, () => undefined);
    for (const owner of [ownerOfSubscriber(await subscribers.at('reader@example.org')), 'key:by-hand']) {
      await pool.query(`INSERT INTO webhooks.endpoints (id, owner, url, host, types, ordered, status, reason, secret, challenge, owner_told, created_at, changed_at)
        VALUES (gen_random_uuid(), $1, 'https://example.org/hooks/secret-path', 'example.org', '{}', false, 'disabled', 'Its receiver answered 410: it wants no more.', '', '', false, $2, $2)`, [owner, clock.now().toString()]);
    }
    await disabled.tellOwners();
    reachable = true;
    await disabled.tellOwners();
    await disabled.tellOwners();
    expect(letters.map(({ address }) => address)).toEqual(['reader@example.org', 'reader@example.org']);
    expect(letters[0]).toEqual(letters[1]);
    expect(letters[0]?.letter.text).toContain('Its receiver answered 410');
    expect(letters[0]?.letter.text).not.toContain('secret-path');
  });

  it('who was forgotten is written to no more', async () => {
    const owner = ownerOfSubscriber(await subscribers.at('reader@example.org'));
    expect(await subscribers.addressOf(owner)).toBe('reader@example.org');
    await subscribers.forget(owner);
    expect([await subscribers.addressOf(owner), await subscribers.list()]).toEqual([null, []]);
  });
});
