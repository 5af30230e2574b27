import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type Database } from '../support/service.js';
import { addLetter, atRest, endings, startWorker } from './letters.js';
import { lookInto, type Looking } from './looking.js';
import { type MailServer, startMailServer } from './mail-server.js';
import type { Program } from './programs.js';

/** Where each letter is when its worker dies. */
const [PLANNED, STORED, CLAIMED, TAKEN, ANSWERED, SENT, ELSEWHERE, LAST] = ['1', '2', '3', '4', '5', '6', '7', '8'].map((digit) => `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`) as [string, string, string, string, string, string, string, string];
const to = (id: string): string => `letter${id[0]}@mfa.example`;
/** Of the lock that whoever appends to the log waits for. */
const WRITER_LOCK = 7_026_812_001;
const WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

describe('a worker that is killed while letters are between any two steps', () => {
  let database: Database;
  let looking: Looking;
  let server: MailServer;
  let worker: Program;
  beforeAll(async () => {
    database = await createDatabase();
    looking = lookInto(database);
    server = await startMailServer({ [to(CLAIMED)]: 'rcpt', [to(TAKEN)]: 'data', [to(ANSWERED)]: 'data' });
    await addLetter(looking, { id: PLANNED, address: to(PLANNED), status: 'planned' });
    for (const id of [STORED, CLAIMED, TAKEN, ANSWERED, SENT]) await addLetter(looking, { id, address: to(id), status: 'rendered' });
    // Another worker took this one up a minute ago.
    await addLetter(looking, { id: ELSEWHERE, address: to(ELSEWHERE), status: 'sending' });
  });
  afterAll(async () => {
    if (worker.runs()) await worker.signal('SIGTERM');
    await server.close();
    await looking.close();
    await database.drop();
  });
  const statusOf = (id: string, status: string): Promise<void> => looking.untilAtLeast(1, `SELECT count(*) FROM notices.messages WHERE id = '${id}' AND status = '${status}'`);
  const start = (): Program => startWorker({ DATABASE_URL: database.url, SMTP_URL: server.url });

  it('is stopped between each pair of steps at once', async () => {
    // Put into words and not yet stored; stored and not yet claimed; sent and not yet on record.
    const letGo = await looking.hold(`SELECT pg_advisory_xact_lock(${WRITER_LOCK}); SELECT FROM notices.messages WHERE id IN ('${PLANNED}', '${STORED}') FOR UPDATE`);
    worker = start();
    await statusOf(SENT, 'sent');
    // Claimed and not yet handed over; taken by the mail server, which has not said so.
    for (const id of [CLAIMED, TAKEN]) await statusOf(id, 'sending');
    while (server.taken(to(TAKEN)) + server.taken(to(ANSWERED)) < 2) await sleep(5);
    // Answered and not yet written down.
    const letGoOfAnswered = await looking.hold(`SELECT FROM notices.messages WHERE id = '${ANSWERED}' FOR UPDATE`);
    server.answer(to(ANSWERED));
    // The row that is put into words, the row that was answered, and the log.
    await looking.untilAtLeast(3, WAITING);
    await worker.signal('SIGKILL');
    await looking.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'pacta%'");
    await looking.untilAtLeast(0, `SELECT 0 - (${WAITING})`);
    await Promise.all([letGo(), letGoOfAnswered()]);
    expect((await looking.rows<{ status: string }>('SELECT status FROM notices.messages WHERE contact_id = id::text ORDER BY id')).map(({ status }) => status)).toEqual(['planned', 'rendered', 'sending', 'sending', 'sending', 'sent', 'sending']);
  });

  it('leaves nothing that its successor would lose or send twice: each letter is sent once, or shown as unknown', async () => {
    server.behave();
    // More time passes than any attempt may take.
    await looking.rows("UPDATE notices.messages SET changed_at = changed_at - interval '11 minutes' WHERE status = 'sending' AND id <> $1", [ELSEWHERE]);
    worker = start();
    await atRest(looking, 6);
    await sleep(1_500);
    expect(await endings(looking)).toEqual({
      [PLANNED]: 'sent: Sent.v1', [STORED]: 'sent: Sent.v1', [CLAIMED]: 'unknown: OutcomeUnknown.v1', [TAKEN]: 'unknown: OutcomeUnknown.v1', [ANSWERED]: 'unknown: OutcomeUnknown.v1', [SENT]: 'sent: Sent.v1',
      [ELSEWHERE]: 'sending: no fact',
    });
    expect([PLANNED, STORED, CLAIMED, TAKEN, ANSWERED, SENT, ELSEWHERE].map((id) => server.taken(to(id)))).toEqual([1, 1, 0, 1, 1, 1, 0]);
  });

  it('that is told to end does not wait for a mail server that says nothing: the letter is unknown at once', async () => {
    server.behave({ [to(LAST)]: 'data' });
    await addLetter(looking, { id: LAST, address: to(LAST), status: 'rendered' });
    while (server.taken(to(LAST)) < 1) await sleep(5);
    const told = performance.now();
    expect(await worker.signal('SIGTERM')).toBe(0);
    expect(performance.now() - told).toBeLessThan(10_000);
    expect((await endings(looking))[LAST]).toMatch(/^unknown/);
  });
});
