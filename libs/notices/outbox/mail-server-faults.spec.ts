import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { SMTPServer } from 'smtp-server';
import { v7 } from 'uuid';
import { InMemoryEventLog } from '#event-log';
import { createScratchDatabase, openPool, type ScratchDatabase, Settings, StoppedClock } from '#platform';
import { createSchema, SERVING } from '#read-models';
import { TREATIES } from '#treaty';
import { openWorkQueues, type WorkQueue, type WorkQueues } from '#work-queue';
import { type Notices, openNotices } from '../open-notices.js';
import type { Postman } from './postman.js';

type Ending = { status: string; attempts: number; reason: string | null };

/** What the mail server does to whom; and what must become of the letter, after how many tries, and how often it was taken. */
const BEHAVIOURS: Record<string, [ending: string, attempts: number, taken: number]> = {
  'takes-it': ['sent', 1, 1],
  'greylists-twice': ['sent', 3, 1],
  'always-450': ['failed', 7, 0],
  'always-421': ['failed', 7, 0],
  'no-such-user-550': ['failed', 1, 0],
  'content-refused-554': ['failed', 1, 1],
  'not-now-451-after-data': ['sent', 2, 2],
  'hangs-at-rcpt-once': ['sent', 2, 1],
  'hangs-after-data': ['unknown', 1, 1],
  'closes-after-data': ['unknown', 1, 1],
  'closes-at-rcpt-once': ['sent', 2, 1],
};

const reply = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

describe('whatever the mail server does, each letter ends once: sent, failed or unknown', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  let server: SMTPServer;
  let queues: WorkQueues;
  let queue: WorkQueue;
  let notices: Notices;
  let postman: Postman;
  const log = new InMemoryEventLog();
  const clock = new StoppedClock(Temporal.Instant.from('2026-11-23T08:00:00Z'));
  const errors: unknown[] = [];
  const asked = new Map<string, number>();
  const taken = new Map<string, number>();
  const sockets = new Map<number, Socket>();
  const count = (counts: Map<string, number>, name: string): number => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts.get(name) as number;
  };
  const nameOf = (address = ''): string => address.split('@')[0] ?? '';

  beforeAll(async () => {
    server = new SMTPServer({
      authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false, closeTimeout: 50,
      onRcptTo: ({ address }, { remotePort }, done) => {
        const [name, time] = [nameOf(address), count(asked, nameOf(address))];
        if (name === 'always-450' || (name === 'greylists-twice' && time <= 2)) return done(reply(450, `<${address}> not now`));
        if (name === 'always-421') return done(reply(421, 'too busy'));
        if (name === 'no-such-user-550') return done(reply(550, `5.1.1 <${address}> no such user`));
        if (name === 'hangs-at-rcpt-once' && time === 1) return undefined;
        if (name === 'closes-at-rcpt-once' && time === 1) return void sockets.get(remotePort)?.destroy();
        return done();
      },
      onData: (stream, { envelope, remotePort }, done) => {
        const name = nameOf(envelope.rcptTo[0]?.address);
        stream.resume().on('end', () => {
          const time = count(taken, name);
          if (name === 'content-refused-554') return done(reply(554, 'content refused'));
          if (name === 'not-now-451-after-data' && time === 1) return done(reply(451, 'try later'));
          if (name === 'hangs-after-data') return undefined;
          if (name === 'closes-after-data') return void sockets.get(remotePort)?.destroy();
          return done(null, 'taken');
        });
      },
    });
    server.on('error', () => undefined);
    server.server.on('connection', (socket: Socket) => sockets.set(socket.remotePort as number, socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    database = await createScratchDatabase();
    pool = openPool(database.url, { max: 10, onConnectionLost: () => undefined });
    await createSchema(pool, SERVING);
    const settings = Object.assign(new Settings(), { SMTP_URL: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}/?socketTimeout=400` });
    notices = await openNotices({ settings, clock, pool, log, treaties: TREATIES, nameOf: (iso3) => iso3, home: '/nowhere' });
    queues = await openWorkQueues({ databaseUrl: database.url });
    queue = queues.open('letters', (error) => errors.push(error));
    postman = notices.postman(queue, (error) => errors.push(error));
    for (const [index, name] of Object.keys(BEHAVIOURS).entries()) await store(name, `X${String.fromCharCode(65 + index)}A`);
  });
  afterAll(async () => {
    await postman.stop();
    await queue.close();
    await queues.close();
    notices.mailer.close();
    await new Promise<void>((resolve) => server.close(resolve));
    await pool.end();
    await database.drop();
  });

  /** A letter that only has to be sent, to a contact of a State of its own: it asks whether the contact is still the right one, so it stands until it is sent. */
  const store = async (name: string, iso3: string): Promise<void> => {
    const { id } = await notices.contacts.add({ role: 'focal-point', iso3, name: null, office: null, email: `${name}@mfa.example`, language: 'en', timeZone: 'UTC' });
    await pool.query("UPDATE notices.contacts SET confirmed_on = '2025-01-01'");
    await pool.query(
      `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at, mime, sha256, on_record)
       VALUES ($1, 'ccm', '2026-11-23', 'focal-point', $2, 'en', '[]', ARRAY[$3], 'rendered', $4, $5, $4, $6, 'abc', true)`,
      [v7(), id, iso3, clock.now().toString(), `<${name}@isu.example>`, Buffer.from(`Subject: ${name}\r\n\r\nHello\r\n`)],
    );
  };

  const endings = async (): Promise<Record<string, Ending>> => {
    const { rows } = await pool.query<Ending & { name: string }>("SELECT split_part(message_id, '@', 1) AS name, status, attempts, reason FROM notices.messages WHERE message_id LIKE '%@isu.example>'");
    return Object.fromEntries(rows.map(({ name, ...ending }) => [name.slice(1), ending]));
  };

  /** Rounds until nothing is open, the clock moved each time to when the next letter is due. */
  const untilAllRest = async (): Promise<void> => {
    for (;;) {
      await postman.once();
      const { rows: [open] } = await pool.query<{ due: Date | null; sending: string }>("SELECT min(send_after) FILTER (WHERE status <> 'sending') AS due, count(*) FILTER (WHERE status = 'sending') AS sending FROM notices.messages WHERE status IN ('planned', 'rendered', 'sending')");
      if (open && open.due === null && open.sending === '0') return;
      const due = open?.due ? Temporal.Instant.fromEpochMilliseconds(open.due.getTime() + 1) : clock.now();
      if (open?.sending !== '0' || Temporal.Instant.compare(due, clock.now()) <= 0) await new Promise((resolve) => setTimeout(resolve, 20));
      else clock.moveTo(due);
    }
  };

  it('in one day of retries', async () => {
    await untilAllRest();
    const found = await endings();
    expect(Object.fromEntries(Object.entries(found).map(([name, { status, attempts }]) => [name, [status, attempts, taken.get(name) ?? 0]]))).toEqual(BEHAVIOURS);
    expect(found['hangs-after-data']?.reason).toBe('The mail server did not say whether it took it.');
    expect(found['always-450']?.reason).toBe('The mail server did not take it in 7 tries.');
    expect(errors).toEqual([]);
  });

  it('and is on record once, without the address that the server repeated', async () => {
    await postman.once();
    const { events } = await log.readAll();
    const facts = events.filter(({ stream }) => /^correspondence-ccm-X/.test(stream)).map(({ type, data }) => ({ type, data }));
    expect(facts.map(({ type }) => type).sort()).toEqual(Object.values(BEHAVIOURS).map(([ending]) => ({ sent: 'ReminderSent.v1', failed: 'ReminderFailed.v1', unknown: 'ReminderOutcomeUnknown.v1' })[ending]).sort());
    expect(JSON.stringify(facts)).not.toContain('mfa.example');
  });
});
