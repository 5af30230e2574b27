import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, Queue, runMigrations, withBackend, Worker } from 'bullmq';
import pg from 'pg';
import { type Connections, openRedis } from './redis.js';

/**
 * Where wake-ups wait. What is owed, when and how often it was tried are rows of their owner; a job carries a row's id
 * and may be lost, doubled or come late without harm. A sweep of the owner's puts in again what got lost.
 */
export interface WorkQueue {
  /** Asks for rows to be looked at, each at its instant. Asking twice for the same instant is asking once. Rejects at once where the backend is away. */
  wake(rows: readonly { row: string; at: Date }[]): Promise<void>;
  /** Looks at rows as they are woken, several at a time; in however many processes. What it throws is reported, and left to the sweep. */
  work(handle: (row: string) => Promise<void>, concurrency: number): void;
  counts(): Promise<Record<string, number>>;
  /** Rejects when the backend does not answer. */
  ping(): Promise<void>;
  /** For the operator's board. */
  readonly queue: Queue;
  close(): Promise<void>;
}

export interface WorkQueues {
  open(name: string, onError: (error: unknown) => void): WorkQueue;
  /** In a sentence, for the start. */
  readonly backend: string;
  close(): Promise<void>;
}

/** Wake-ups on PostgreSQL; or on Redis where an address of one is given. */
export const openWorkQueues = async ({ databaseUrl, redisUrl }: { databaseUrl: string; redisUrl?: string }): Promise<WorkQueues> =>
  redisUrl ? onRedis(await openRedis(redisUrl)) : onPostgres(databaseUrl);

const onPostgres = async (connectionString: string): Promise<WorkQueues> => {
  const pool = new pg.Pool({
    connectionString, max: 12, application_name: 'pacta queue', connectionTimeoutMillis: 5_000, keepAlive: true,
    // A wake-up that a power cut takes is put in again; to wait for the disk for each would halve their number.
    options: `-c synchronous_commit=off -c search_path=${SCHEMA}`,
  });
  // A pool of ours, since on the one that the library makes a connection may die between two of its listeners, and with
  // it the process.
  pool.on('error', () => undefined);
  // Each queue and each worker listens to it.
  pool.setMaxListeners(0);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
  const classes = withBackend(createPostgresBackend);
  return {
    backend: 'PostgreSQL',
    open: (name, onError) => wakeUps(new classes.Queue(name, { connection: pool }) as unknown as Queue, (handle, concurrency) => new classes.Worker(name, handle, { connection: pool, concurrency, ...PATIENCE }) as unknown as Worker, onError),
    close: () => Promise.race([pool.end(), sleep(PATIENCE_AT_END_MS, undefined, { ref: false })]),
  };
};

/** The library's own name for it: on a pool that it is given it knows no other. */
const SCHEMA = 'bullmq';

const onRedis = ({ patient, prompt }: Connections): WorkQueues => ({
  backend: 'Redis',
  // Braces keep all keys of a queue on one node of a cluster.
  open: (name, onError) => wakeUps(new Queue(name, { connection: prompt, prefix: PREFIX }), (handle, concurrency) => new Worker(name, handle, { connection: patient, concurrency, prefix: PREFIX, ...PATIENCE }), onError),
  close: () => {
    for (const redis of [patient, prompt]) redis.disconnect();
    return Promise.resolve();
  },
});

const PREFIX = '{pacta}';
/** A backend that is away is not waited for at the end: jobs are wake-ups, and nothing is lost with them. */
const PATIENCE_AT_END_MS = 3_000;
const PATIENCE = { lockDuration: 60_000, stalledInterval: 15_000, maxStalledCount: 1_000 };

const wakeUps = (queue: Queue, start: (handle: (job: { data: { row: string } }) => Promise<void>, concurrency: number) => Worker, onError: (error: unknown) => void): WorkQueue => {
  let worker: Worker | null = null;
  queue.on('error', onError);
  return {
    queue,
    wake: async (rows) => {
      if (rows.length === 0) return;
      await queue.addBulk(rows.map(({ row, at }) => ({
        name: 'wake', data: { row },
        // A job id may contain no colon; with the instant in it, a later wake-up of the row is not taken for the same.
        opts: { jobId: `${row}-${at.getTime()}`.replaceAll(':', '_'), delay: Math.max(0, at.getTime() - Date.now()), removeOnComplete: true, removeOnFail: { count: 1_000 } },
      })));
    },
    work: (handle, concurrency) => {
      worker = start(({ data }) => handle(data.row), concurrency);
      worker.on('error', onError);
      worker.on('failed', (_job, error) => onError(error));
    },
    counts: () => queue.getJobCounts(),
    ping: async () => {
      await queue.getJobCounts('waiting');
    },
    close: async () => {
      const closed = Promise.all([worker?.close(), queue.close()]).catch(onError);
      await Promise.race([closed, sleep(PATIENCE_AT_END_MS, undefined, { ref: false })]);
    },
  };
};
