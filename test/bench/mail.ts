import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import nodemailer from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import { v5 } from 'uuid';
import { openPostgresEventLog } from '#event-log';
import { type Notices, openNotices } from '#notices';
import { openPool, Settings, StoppedClock } from '#platform';
import { createSchema, SERVING } from '#read-models';
import { openWorkQueues, type WorkQueues } from '#work-queue';
import { median, onScratchPostgres, say } from './scratch.js';

type Pool = ReturnType<typeof openPool>;

/** A working hour everywhere in Europe and Africa. */
const NOON = Temporal.Instant.from('2026-11-24T12:00:00Z');
/** As many as a pool of the library opens unless told otherwise, and as the program opens. */
const CONNECTIONS = 5;
const WARM = 500;
const NAMESPACE = '2f7d3c1a-6e0b-4c55-9d43-8a1f5e7b9c20';

/**
 * Letters that are put into words and stored, on their way through the queue, the rows and the mail server, beside the
 * library alone with the same bytes, the same server and as many connections: rounds of the one and the other in turn.
 */
export const mail = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { letters: { type: 'string' }, rounds: { type: 'string' }, short: { type: 'boolean', default: false } } });
  const letters = Number(values.letters ?? (values.short ? 2_000 : 5_000));
  const rounds = Number(values.rounds ?? (values.short ? 1 : 5));
  const sink = fork(join(import.meta.dirname, 'sink.js'));
  try {
    const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
    await onScratchPostgres(undefined, async (url) => {
      const bytes = await Promise.all(Array.from({ length: 50 }, (_, index) => letter(index)));
      const ground = await prepare(url, port);
      const { notices, pool, queues } = ground;
      const ours: number[] = [];
      const bare: number[] = [];
      // Once each without a clock: a program runs slowly until it is warm.
      await alone(port, bytes, WARM);
      await store(pool, bytes, WARM, 0);
      await deliver(notices, queues, pool, WARM);
      for (let round = 1; round <= rounds; round++) {
        await store(pool, bytes, letters, round);
        // The one that goes first differs from round to round.
        if (round % 2 === 0) ours.push(letters / (await deliver(notices, queues, pool, letters)));
        bare.push(letters / (await alone(port, bytes, letters)));
        if (round % 2 === 1) ours.push(letters / (await deliver(notices, queues, pool, letters)));
        say(`round ${round} of ${rounds}: ${ours.at(-1)?.toFixed(0)} letters/s, the library alone ${bare.at(-1)?.toFixed(0)}`);
      }
      sink.send('?');
      const [{ taken }] = (await once(sink, 'message')) as [{ taken: number }];
      const sent = 2 * (rounds * letters + WARM);
      if (taken !== sent) throw new Error(`The mail server took ${taken} messages instead of ${sent}.`);
      const shares = ours.map((one, index) => one / (bare[index] as number)).sort((a, b) => a - b);
      const percent = (share: number | undefined): string => `${(100 * (share ?? NaN)).toFixed(0)} %`;
      console.log(`${rounds} rounds of ${letters.toLocaleString('en')} letters of ${Math.round((bytes[0]?.length ?? 0) / 1_000)} kB, wake-ups on ${queues.backend}`);
      console.log(`letters a second, median: ${median(ours).toFixed(0)}; the library alone, pooled: ${median(bare).toFixed(0)}`);
      console.log(`share, median (least–most): ${percent(median(shares))} (${percent(shares[0])}–${percent(shares.at(-1))})`);
      await ground.close();
    });
  } finally {
    sink.disconnect();
  }
};

const prepare = async (url: string, port: number): Promise<{ notices: Notices; pool: Pool; queues: WorkQueues; close(): Promise<void> }> => {
  const pool = openPool(url, { max: 20 });
  const log = await openPostgresEventLog({ pool });
  await createSchema(pool, SERVING);
  const settings = Object.assign(new Settings(), { SMTP_URL: `smtp://127.0.0.1:${port}` });
  const notices = await openNotices({ settings, clock: new StoppedClock(NOON), pool, log, treaties: new Map(), nameOf: (iso3) => iso3, home: '/nowhere' });
  await notices.contacts.takeIn(Array.from({ length: 200 }, (_, index) => contact(index)), { dryRun: false });
  const queues = await openWorkQueues({ databaseUrl: url, ...(process.env['REDIS_URL'] ? { redisUrl: process.env['REDIS_URL'] } : {}) });
  const close = async (): Promise<void> => {
    notices.mailer.close();
    await queues.close();
    await log.close();
    await pool.end();
  };
  return { notices, pool, queues, close };
};

const contact = (index: number): Parameters<Notices['contacts']['takeIn']>[0][number] => ({ role: 'focal-point', iso3: 'GNB', name: `Contact ${index}`, office: null, email: `contact.${index}@example.org`, language: 'en', timeZone: 'UTC' });

/** Rows of letters that only have to be sent, each with one of the messages. */
const store = async (pool: Pool, bytes: readonly Buffer[], letters: number, round: number): Promise<void> => {
  await pool.query('TRUNCATE notices.messages');
  const { rows: contacts } = await pool.query<{ id: string }>('SELECT id FROM notices.contacts ORDER BY id');
  for (let first = 0; first < letters; first += 500) {
    const some = Array.from({ length: Math.min(500, letters - first) }, (_, index) => first + index);
    const mimes = some.map((index) => bytes[index % bytes.length] as Buffer);
    await pool.query(
      `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at, mime, sha256, on_record)
       SELECT id, 'ccm', '2026-11-24', 'focal-point', contact_id, 'en', '[]', ARRAY['GNB'], 'rendered', $5::timestamptz - interval '1 hour', '<' || id || '@example.org>', $5, mime, sha256, true
       FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[]) AS letter (id, contact_id, mime, sha256)`,
      [some.map((index) => v5(`${round} ${index}`, NAMESPACE)), some.map((index) => contacts[index % contacts.length]?.id), mimes, mimes.map((mime) => createHash('sha256').update(mime).digest('hex')), NOON.toString()],
    );
  }
  await pool.query('ANALYZE notices.messages');
};

/** Seconds from the start of the deliverer until every letter is on record as sent. */
const deliver = async (notices: Notices, queues: WorkQueues, pool: Pool, letters: number): Promise<number> => {
  const queue = queues.open('letters', report);
  const postman = notices.postman(queue, report);
  const count = async (statuses: readonly string[]): Promise<number> => Number((await pool.query<{ count: string }>('SELECT count(*) FROM notices.messages WHERE status = ANY($1)', [statuses])).rows[0]?.count);
  const began = performance.now();
  postman.start();
  while ((await pool.query("SELECT FROM notices.messages WHERE status IN ('planned', 'rendered') LIMIT 1")).rowCount) await new Promise((resolve) => setTimeout(resolve, 20));
  while ((await count(['sending'])) > 0);
  const seconds = (performance.now() - began) / 1_000;
  await postman.stop();
  await queue.close();
  if ((await count(['sent'])) !== letters) throw new Error(`Of ${letters} letters ${await count(['sent'])} were sent.`);
  return seconds;
};

/** Seconds that the library alone takes, over a pool of connections. */
const alone = async (port: number, bytes: readonly Buffer[], letters: number): Promise<number> => {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port, pool: true, maxConnections: CONNECTIONS });
  const began = performance.now();
  await Promise.all(Array.from({ length: letters }, (_, index) =>
    transport.sendMail({ raw: bytes[index % bytes.length], envelope: { from: 'bounces@example.org', to: [`contact.${index % 200}@example.org`] } })));
  const seconds = (performance.now() - began) / 1_000;
  transport.close();
  return seconds;
};

/** About as long as a letter is: text, HTML, and a calendar twice. */
const letter = (index: number): Promise<Buffer> => {
  const sentence = `Deadline ${index}: destruction of stockpiles under Article 3, due on 1 May 2027, eight years after entry into force. `;
  const ics = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Pacta//EN\r\nMETHOD:PUBLISH\r\n${'BEGIN:VEVENT\r\nUID:a@example.org\r\nDTSTAMP:20261124T000000Z\r\nDTSTART;VALUE=DATE:20270501\r\nSUMMARY:Deadline\r\nEND:VEVENT\r\n'.repeat(3)}END:VCALENDAR\r\n`;
  return new MailComposer({
    from: 'Unit <isu@example.org>', to: `contact.${index}@example.org`, subject: `Deadlines (${index})`, messageId: `<${index}@example.org>`, text: sentence.repeat(20), html: `<p>${sentence.repeat(40)}</p>`,
    icalEvent: { method: 'PUBLISH', filename: 'deadlines.ics', content: ics },
  }).compile().build();
};

const report = (error: unknown): void => say(error instanceof Error ? (error.stack ?? error.message) : String(error));
