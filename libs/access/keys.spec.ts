import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createScratchDatabase, openPool, type ScratchDatabase, systemClock } from '#platform';
import { Keys, type NewKey } from './keys.js';

describe('API keys', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  let keys: Keys;
  beforeAll(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url);
    await new Keys(pool, systemClock).prepare();
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  beforeEach(() => {
    keys = new Keys(pool, systemClock);
  });

  /** The same key with another last-but-one character. */
  const almost = (key: string): string => `${key.slice(0, -2)}${key.at(-2) === 'A' ? 'B' : 'A'}${key.at(-1)}`;

  it('stand for the role, and for the State or the theme, that they were made for', async () => {
    const made: [NewKey, object][] = [
      [{ role: 'registrar' }, { role: 'registrar' }],
      [{ role: 'focal-point', iso3: 'NIU' }, { role: 'focal-point', iso3: 'NIU' }],
      [{ role: 'coordinator', theme: 'clearance', label: 'Ottawa' }, { role: 'coordinator', theme: 'clearance' }],
    ];
    for (const [asked, principal] of made) {
      const { id, key } = await keys.create(asked);
      expect(await keys.identify(key)).toEqual({ actor: `key:${id}`, ...principal });
    }
  });

  it('are not made for a role that is none, a focal point of no State, or a coordinator of no theme', async () => {
    for (const asked of [{ role: 'root' as 'admin' }, { role: 'focal-point' as const }, { role: 'coordinator' as const }]) {
      await expect(keys.create(asked)).rejects.toMatchObject({ status: 400 });
    }
  });

  it('are nowhere in the database, neither whole nor their secret part', async () => {
    const { key } = await keys.create({ role: 'registrar', label: 'kept as a hash' });
    const secret = key.split('_').slice(2).join('_');
    const { rows: tables } = await pool.query<{ name: string }>(
      "SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')");
    let all = '';
    for (const { name } of tables) all += (await pool.query<{ row: string }>(`SELECT one::text AS row FROM ${name} AS one`)).rows.map(({ row }) => row).join('\n');
    expect(all).toContain('kept as a hash');
    for (const trace of [key, secret, Buffer.from(secret).toString('hex'), Buffer.from(secret, 'base64url').toString('hex')]) expect(all).not.toContain(trace);
  });

  it('are not told again by the list', async () => {
    const { id, key } = await keys.create({ role: 'auditor', label: 'for the list' });
    const listed = await keys.list();
    expect(listed.find((one) => one.id === id)).toEqual({ id, role: 'auditor', label: 'for the list', createdAt: expect.stringMatching(/Z$/) as unknown, revokedAt: null });
    expect(JSON.stringify(listed)).not.toContain(key.slice(-20));
  });

  it('identify nobody with one character changed, cut short, lengthened, or put under another id', async () => {
    const [one, two] = [await keys.create({ role: 'registrar' }), await keys.create({ role: 'admin' })];
    const swapped = one.key.replace(one.id, two.id);
    for (const wrong of [almost(one.key), one.key.slice(0, -1), `${one.key}A`, swapped, one.key.toUpperCase(), one.id, '', 'pacta_', "pacta_' OR true --"]) {
      expect(await keys.identify(wrong)).toBeNull();
    }
    expect(await keys.identify(one.key)).toMatchObject({ actor: `key:${one.id}` });
  });

  it('are all different', async () => {
    const made = await Promise.all(Array.from({ length: 50 }, () => keys.create({ role: 'subscriber' })));
    expect(new Set(made.map(({ key }) => key)).size).toBe(50);
    expect(new Set(made.map(({ id }) => id)).size).toBe(50);
  });

  it('are out of use at once where they are revoked, and within seconds in every other process', async () => {
    const elsewhere = new Keys(pool, systemClock);
    const { id, key } = await keys.create({ role: 'registrar' });
    expect([await keys.identify(key), await elsewhere.identify(key)]).not.toContain(null);
    expect(await keys.revoke(id)).toBe(true);
    expect(await keys.identify(key)).toBeNull();
    const started = performance.now();
    while (await elsewhere.identify(key)) await sleep(50);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect((await keys.list()).find((one) => one.id === id)?.revokedAt).toMatch(/Z$/);
  });

  it('cannot be revoked twice, nor where there are none', async () => {
    const { id } = await keys.create({ role: 'registrar' });
    expect([await keys.revoke(id), await keys.revoke(id), await keys.revoke('000000000000')]).toEqual([true, false, false]);
  });
});
