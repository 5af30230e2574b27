import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { InMemoryEventLog } from '#event-log';
import { createScratchDatabase, openPool, type ScratchDatabase, Settings, StoppedClock } from '#platform';
import { createSchema, SERVING } from '#read-models';
import { TREATIES } from '#treaty';
import { type Notices, openNotices } from '../open-notices.js';

const NOW = '2026-11-23T12:00:00Z';
const BY = { actor: 'key:test', reason: 'Sent before.' };
/** What the log says of each message, and what becomes of its row, which a backup brought back as planned. */
const MESSAGES: Record<string, [said: string[], becomes: string]> = {
  sent: [['ReminderSent.v1'], 'sent'],
  'sent in the end': [['ReminderOutcomeUnknown.v1', 'ReminderPlanned.v1', 'ReminderSent.v1'], 'sent'],
  'perhaps sent': [['ReminderOutcomeUnknown.v1'], 'unknown'],
  skipped: [['ReminderSkipped.v1'], 'skipped'],
  'held and released': [['ReminderHeld.v1', 'ReminderPlanned.v1'], 'planned'],
  'never heard of': [[], 'planned'],
};

describe('rows that are older than the log', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  let notices: Notices;
  const log = new InMemoryEventLog();
  const ids = new Map(Object.keys(MESSAGES).map((name) => [name, v7()]));
  beforeAll(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url);
    await createSchema(pool, SERVING);
    notices = await openNotices({ settings: new Settings(), clock: new StoppedClock(Temporal.Instant.from(NOW)), pool, log, treaties: TREATIES, nameOf: (iso3) => iso3, home: '/nowhere' });
    for (const [name, [said]] of Object.entries(MESSAGES)) {
      const id = ids.get(name) as string;
      await pool.query(
        `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at)
         VALUES ($1, 'ccm', '2026-11-23', 'focal-point', 'nobody', 'en', '[]', ARRAY['GNB'], 'planned', $2, $3, $2)`, [id, NOW, `<${id}@isu.example>`],
      );
      for (const type of said) await log.append('correspondence-ccm-GNB', [{ id: v7(), type, data: { message: id }, metadata: {}, recordedAt: NOW }], { expected: 'any' });
    }
  });
  afterAll(async () => {
    notices.mailer.close();
    await pool.end();
    await database.drop();
  });

  const statuses = async (): Promise<object> =>
    Object.fromEntries(await Promise.all([...ids].map(async ([name, id]) => [name, (await notices.outbox.find(id))?.status] as const)));

  it('take from it what was sent, may have been sent, or was not to be', async () => {
    expect(await notices.toldBefore.byLog(BY)).toBe(4);
    expect(await statuses()).toEqual(Object.fromEntries(Object.entries(MESSAGES).map(([name, [, becomes]]) => [name, becomes])));
    expect(await notices.toldBefore.byLog(BY)).toBe(0);
  });

  it('take from the mail server what it has, also of what may have been sent', async () => {
    const known = ['perhaps sent', 'never heard of', 'sent'].map((name) => `<${ids.get(name) as string}@isu.example>`);
    expect(await notices.toldBefore.byMessageIds([...known, '<somebody@elsewhere.example>'], BY)).toBe(2);
    expect(await statuses()).toMatchObject({ 'perhaps sent': 'sent', 'never heard of': 'sent', 'held and released': 'planned' });
  });
});
