import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createScratchDatabase, openPool, type ScratchDatabase } from '#platform';
import { untilCurrent, waitForPosition } from './freshness.js';
import { createSchema, SERVING } from './schema.js';

describe('waiting for a position', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url);
    await createSchema(pool, SERVING);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('is over at once where the read models have it', async () => {
    await expect(waitForPosition(pool, 0, 0)).resolves.toBeUndefined();
  });

  it('ends when the read models have taken it in', async () => {
    let over = false;
    const waiting = waitForPosition(pool, 7).then(() => (over = true));
    await sleep(100);
    expect(over).toBe(false);
    await pool.query(`UPDATE ${SERVING}.cursor SET position = 7`);
    await waiting;
  });

  it('answers 503 with the position reached when patience ends', async () => {
    const started = performance.now();
    await expect(waitForPosition(pool, 1_000, 200)).rejects.toMatchObject({ status: 503, code: 'not-that-far-yet', more: { position: 7 } });
    expect(performance.now() - started).toBeGreaterThanOrEqual(199);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('of the end of the log is over when they have taken that in, or when nobody waits any more', async () => {
    const log = { lastPosition: () => Promise.resolve(9) };
    const patience = new AbortController();
    const [known, given] = [untilCurrent(pool, log, new AbortController().signal).then(() => 'known'), untilCurrent(pool, log, patience.signal)];
    expect(await Promise.race([known, sleep(150)])).toBeUndefined();
    patience.abort();
    await given;
    await pool.query(`UPDATE ${SERVING}.cursor SET position = 9`);
    expect(await known).toBe('known');
  });
});
