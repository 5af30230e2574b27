import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rowsOf } from '../support/log.js';
import { createDatabase, type Database, type Service, startService } from '../support/service.js';

const LOST = '44444444-4444-4444-8444-444444444444';
const FRESH = '55555555-5555-4555-8555-555555555555';

describe('a letter whose process died while it was being sent', () => {
  let database: Database;
  let service: Service;
  let home: string;
  beforeAll(async () => {
    database = await createDatabase();
    home = await mkdtemp(join(tmpdir(), 'pacta-lost-'));
    // Prepares the tables, and ends as in a power cut.
    await (await startService(database, { PACTA_HOME: home })).kill();
    for (const [id, since] of [[LOST, '1 hour'], [FRESH, '1 minute']]) {
      await rowsOf(database, `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, attempts, message_id, changed_at, mime, sha256, on_record)
        VALUES ($1, 'ccm', '2026-01-05', 'registrar', 'registrar', 'en', '[]', ARRAY['GNB'], 'sending', now() - interval '1 hour', 1, '<x@example.org>', now() - $2::interval, 'Subject: perhaps it arrived', 'abc', true)`, [id, since]);
    }
    service = await startService(database, { PACTA_HOME: home });
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
    await rm(home, { recursive: true });
  });

  it('is left to a person, on record as unknown, and never sent again; one that may still be under way is left alone', async () => {
    const facts = () => rowsOf<{ message: string }>(database, "SELECT data->>'message' AS message FROM log.events WHERE type = 'ReminderOutcomeUnknown.v1' AND stream = 'correspondence-ccm-GNB'");
    for (let attempt = 0; attempt < 200 && (await facts()).length === 0; attempt++) await sleep(150);
    expect(await facts()).toEqual([{ message: LOST }]);
    // Another round passes, and nothing is sent.
    await sleep(16_000);
    const rows = await rowsOf<{ id: string; status: string; attempts: number }>(database, 'SELECT id, status, attempts FROM notices.messages ORDER BY id');
    expect(rows).toEqual([{ id: LOST, status: 'unknown', attempts: 1 }, { id: FRESH, status: 'sending', attempts: 1 }]);
    expect(await facts()).toHaveLength(1);
    expect(await readdir(home).then((names) => names.filter((name) => name === 'mailbox'))).toEqual([]);
  }, 90_000);
});
