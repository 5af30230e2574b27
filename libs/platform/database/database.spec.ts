import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createScratchDatabase, inTransaction, migrate, openPool, type ScratchDatabase } from './index.js';

let database: ScratchDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createScratchDatabase();
  pool = openPool(database.url);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const count = async (sql: string): Promise<number> => Number((await pool.query<{ count: string }>(sql)).rows[0]?.count);

describe('migrate', () => {
  it('runs each step once, also when several processes start at once', async () => {
    const steps = ['CREATE TABLE beads (color text)', "INSERT INTO beads VALUES ('red')"];
    const processes = Array.from({ length: 4 }, () => openPool(database.url));
    await Promise.all(processes.map((process) => migrate(process, 'beads', steps)));
    await Promise.all(processes.map((process) => process.end()));
    expect(await count('SELECT count(*) FROM beads')).toBe(1);
    expect(await count("SELECT count(*) FROM public.schema_steps WHERE area = 'beads'")).toBe(2);
  });

  it('runs only what is new', async () => {
    await migrate(pool, 'growing', ['CREATE TABLE growing (a int)']);
    await migrate(pool, 'growing', ['CREATE TABLE growing (a int)', 'ALTER TABLE growing ADD COLUMN b int']);
    expect(await count('SELECT count(b) FROM growing')).toBe(0);
  });

  it('leaves no trace of a step that fails, and takes it up again', async () => {
    const first = 'CREATE TABLE careful (a int)';
    await expect(migrate(pool, 'careful', [first, 'CREATE TABLE halfway (a int); SELECT 1/0'])).rejects.toThrow('division by zero');
    expect(await count("SELECT count(*) FROM pg_class WHERE relname = 'halfway'")).toBe(0);
    await migrate(pool, 'careful', [first, 'CREATE TABLE halfway (a int)']);
    expect(await count("SELECT count(*) FROM pg_class WHERE relname = 'halfway'")).toBe(1);
  });
});

describe('inTransaction', () => {
  beforeAll(() => pool.query('CREATE TABLE tried (a int)'));

  it('keeps all of it, or none when the work throws', async () => {
    await inTransaction(pool, (client) => client.query('INSERT INTO tried VALUES (1)'));
    const work = inTransaction(pool, async (client) => {
      await client.query('INSERT INTO tried VALUES (2)');
      throw new Error('second thoughts');
    });
    await expect(work).rejects.toThrow('second thoughts');
    expect(await count('SELECT count(*) FROM tried')).toBe(1);
  });

  it('does not call a commit done that PostgreSQL turned into a rollback', async () => {
    const work = inTransaction(pool, (client) => client.query('SELECT 1/0').catch(() => undefined));
    await expect(work).rejects.toThrow('rolled back');
  });
});

describe('openPool', () => {
  it('survives the death of its connections, idle or at work', async () => {
    const lost: Error[] = [];
    const mortal = openPool(database.url, { applicationName: 'mortal', onConnectionLost: (error) => lost.push(error) });
    await mortal.query('SELECT 1');
    const busy = inTransaction(mortal, (client) => client.query('SELECT pg_sleep(30)'));
    const idle = await mortal.connect();
    idle.release();
    while (await count("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") === 0);
    await pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mortal'");
    await expect(busy).rejects.toThrow();
    while (lost.length === 0) await sleep(5);
    expect((await mortal.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect(lost).toHaveLength(1);
    await mortal.end();
  });
});
