import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Agent } from 'undici';
import { v7 } from 'uuid';
import { type EventLog, openPostgresEventLog } from '#event-log';
import { openPool, Settings, systemClock } from '#platform';
import { createSchema, SERVING } from '#read-models';
import { TREATIES } from '#treaty';
import { cloudEventOf, openWebhooks, type Webhooks } from '#webhooks';
import { openWorkQueues } from '#work-queue';
import { median, onScratchPostgres, say } from './scratch.js';

type Pool = ReturnType<typeof openPool>;

const TYPE = 'treaty.instrument.deposited';
/** Calls under way at once: as many as one worker makes. */
const CONCURRENCY = 128;
const OF_ONE_OWNER = 100;

/**
 * Deliveries that are owed, on their way from the rows over the wire and back into the rows, beside a bare loop of the
 * HTTP client with as many calls under way, the same bodies and the same receiver: rounds of the one and the other in turn.
 * One endpoint among all is slow and one is dead; a last round without the two shows what they cost the others.
 */
export const webhooks = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { endpoints: { type: 'string' }, events: { type: 'string' }, rounds: { type: 'string' }, short: { type: 'boolean', default: false } } });
  const endpoints = Number(values.endpoints ?? (values.short ? 100 : 1_000));
  const events = Number(values.events ?? 101);
  const rounds = Number(values.rounds ?? (values.short ? 1 : 5));
  const sink = fork(join(import.meta.dirname, 'http-sink.js'));
  const taken = async (): Promise<number> => {
    sink.send('?');
    return ((await once(sink, 'message')) as [{ taken: number }])[0].taken;
  };
  try {
    const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
    await onScratchPostgres(undefined, async (url) => {
      const trial = await prepare(url, `http://127.0.0.1:${port}`, endpoints);
      const headers = { 'content-type': 'application/cloudevents+json', 'webhook-id': v7(), 'webhook-timestamp': '1700000000', 'webhook-signature': `v1,${'x'.repeat(44)} v1a,${'x'.repeat(88)}` };
      const ours: number[] = [];
      const bare: number[] = [];
      const owing: number[] = [];
      const calls = events * (endpoints - 2);
      const deliver = async (among: readonly string[] = TROUBLE): Promise<number> => {
        const before = await taken();
        const { owed, seconds } = await trial.deliver(events, among);
        owing.push(owed);
        const made = (await taken()) - before;
        if (made !== calls) throw new Error(`The receiver took ${made} deliveries instead of ${calls}.`);
        return calls / seconds;
      };
      // Once each without a clock: a program runs slowly until it is warm.
      await loop(port, headers, Math.min(calls, 5_000), await trial.body());
      await deliver();
      for (let round = 1; round <= rounds; round++) {
        const body = await trial.body();
        // The one that goes first differs from round to round.
        if (round % 2 === 0) ours.push(await deliver());
        bare.push(calls / (await loop(port, headers, calls, body)));
        if (round % 2 === 1) ours.push(await deliver());
        say(`round ${round} of ${rounds}: ${ours.at(-1)?.toFixed(0)} deliveries/s, the bare loop ${bare.at(-1)?.toFixed(0)}`);
      }
      const alone = await deliver(NOBODY);
      const shares = ours.map((one, index) => one / (bare[index] as number)).sort((a, b) => a - b);
      const percent = (share: number | undefined): string => `${(100 * (share ?? NaN)).toFixed(0)} %`;
      console.log(`${rounds} rounds of ${calls.toLocaleString('en')} deliveries to ${(endpoints - 2).toLocaleString('en')} endpoints beside a slow and a dead one, ${CONCURRENCY} calls at once, ${Buffer.byteLength(await trial.body())} bytes each`);
      console.log(`deliveries a second, median: ${median(ours).toFixed(0)}; a bare loop of undici: ${median(bare).toFixed(0)}`);
      console.log(`share, median (least–most): ${percent(median(shares))} (${percent(shares[0])}–${percent(shares.at(-1))})`);
      console.log(`without the slow and the dead one: ${alone.toFixed(0)} deliveries a second`);
      console.log(`written down as owed, before: ${((events * endpoints) / median(owing)).toFixed(0)} deliveries a second`);
      await trial.close();
    });
  } finally {
    sink.disconnect();
  }
};

/** Who keeps us waiting in a round. */
const TROUBLE = ['/slow', '/dead'];
const NOBODY: readonly string[] = [];

interface Trial {
  /** Seconds until so many events are owed to everybody, and until everybody but those that keep us waiting has them. */
  deliver(events: number, waiting: readonly string[]): Promise<{ owed: number; seconds: number }>;
  /** What one delivery carries. */
  body(): Promise<string>;
  close(): Promise<void>;
}

const prepare = async (url: string, base: string, endpoints: number): Promise<Trial> => {
  const pool = openPool(url, { max: 20 });
  const log = await openPostgresEventLog({ pool });
  await createSchema(pool, SERVING);
  const settings = Object.assign(new Settings(), { WEBHOOKS_ALLOW_LOOPBACK: true });
  const ground = await openWebhooks({ settings, clock: systemClock, pool, log, treaties: TREATIES, writeTo: () => Promise.resolve(true), onError: report });
  const queues = await openWorkQueues({ databaseUrl: url, ...(process.env['REDIS_URL'] ? { redisUrl: process.env['REDIS_URL'] } : {}) });
  const queue = queues.open('webhooks', report);
  const ids: string[] = [];
  for (let index = 0; index < endpoints; index++) {
    const path = index === 0 ? '/slow' : index === 1 ? '/dead' : `/hook/${index}`;
    ids.push((await ground.endpoints.create(`key:${Math.floor(index / OF_ONE_OWNER)}`, { url: `${base}${path}`, types: [TYPE] })).endpoint.id);
  }
  // As if each had answered its challenge, and were held back.
  await pool.query("UPDATE webhooks.endpoints SET status = 'paused', challenge_due_at = NULL");
  ground.courier.start(queue);
  const close = async (): Promise<void> => {
    await ground.courier.stop();
    await queue.close();
    await queues.close();
    await ground.close();
    await log.close();
    await pool.end();
  };
  return { deliver: (events, waiting) => deliver({ pool, log, ground, first: ids[2] as string }, events, waiting), body: () => aBody(ground), close };
};

const deliver = async ({ pool, log, ground, first }: { pool: Pool; log: EventLog; ground: Webhooks; first: string }, events: number, waiting: readonly string[]): Promise<{ owed: number; seconds: number }> => {
  await pool.query("UPDATE webhooks.endpoints SET status = 'paused', failing_since = NULL");
  // What the slow and the dead one have in hand from the round before.
  while ((await pool.query('SELECT FROM webhooks.lanes WHERE holder IS NOT NULL LIMIT 1')).rowCount) await sleep(100);
  await pool.query('TRUNCATE webhooks.deliveries');
  await pool.query('UPDATE webhooks.lanes SET due_at = NULL, not_before = NULL, failures = 0');
  await pool.query('UPDATE webhooks.endpoints SET types = CASE WHEN right(url, 5) = ANY($1) OR url LIKE $2 THEN ARRAY[$3] ELSE ARRAY[]::text[] END', [waiting, '%/hook/%', TYPE]);
  const began = performance.now();
  for (let index = 0; index < events; index++) await log.append(`dossier-ccm-${STATES[index % STATES.length]}`, [event()], { expected: 'any' });
  const head = await log.lastPosition();
  while ((await ground.events.position()) < head) await sleep(20);
  const owed = (performance.now() - began) / 1_000;
  await pool.query('VACUUM ANALYZE webhooks.deliveries');
  const started = performance.now();
  await pool.query("UPDATE webhooks.endpoints SET status = 'active' WHERE id <> $1", [first]);
  await ground.endpoints.resume(first, null);
  const open = "SELECT FROM webhooks.deliveries AS owed JOIN webhooks.endpoints AS endpoint ON endpoint.id = owed.endpoint WHERE owed.status = 'pending' AND endpoint.url LIKE '%/hook/%' LIMIT 1";
  while ((await pool.query(open)).rowCount) await sleep(50);
  return { owed, seconds: (performance.now() - started) / 1_000 };
};

const STATES = ['GNB', 'BGR', 'LAO', 'NIU', 'TUV', 'LKA', 'PER', 'ZAF'];

const event = () => ({
  id: v7(), type: 'InstrumentDeposited.v1', recordedAt: new Date().toISOString(), metadata: { actor: 'key:bench', source: { title: 'Depositary notification', reference: 'C.N.776.2008.TREATIES-2' } },
  data: { effectiveOn: '2026-10-05', knownBy: null, knownOn: '2026-10-06', data: { instrument: 'ratification' } },
});

/** What a delivery carries; before there is one, something as long. */
const aBody = async ({ events }: Webhooks): Promise<string> => {
  const [newest] = await events.newest(1);
  return newest ? JSON.stringify(cloudEventOf(newest, 'http://127.0.0.1:3000')) : 'x'.repeat(900);
};

/** Seconds that the client alone takes, over connections that are kept open. */
const loop = async (port: number, headers: Record<string, string>, calls: number, body: string): Promise<number> => {
  const agent = new Agent({ pipelining: 1, keepAliveTimeout: 10_000 });
  const origin = `http://127.0.0.1:${port}`;
  let next = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, async () => {
    while (next < calls) {
      const path = `/bare/${next++}`;
      const answer = await agent.request({ origin, path, method: 'POST', headers, body });
      await answer.body.text();
    }
  }));
  const seconds = (performance.now() - began) / 1_000;
  await agent.close();
  return seconds;
};

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const report = (error: unknown): void => say(error instanceof Error ? (error.stack ?? error.message) : String(error));
