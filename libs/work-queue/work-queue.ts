import { createPostgresBackend, Queue, runMigrations, withBackend, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import pg from 'pg';
import { openRedis } from './redis.js';

/**
 * Where wake-ups wait. What is owed, when and how often it was tried are rows of their owner; a job carries a row's id
 * and may be lost, doubled or come late without harm. A sweep of the owner's puts in again what got lost.
 */
export interface WorkQueue {
  /** Asks for a row to be looked at, at an instant (now unless given). Asking twice for the same instant is asking once. */
  wake(row: string, at?: Date): Promise<void>;
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

const SCHEMA = 'work_queue';

const onPostgres = async (connectionString: string): Promise<WorkQueues> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
  const connection = { connectionString, schema: SCHEMA, max: 4, application_name: 'pacta queue' };
  const classes = withBackend(createPostgresBackend);
  return {
    backend: 'PostgreSQL',
    open: (name, onError) => wakeUps(new classes.Queue(name, { connection }) as unknown as Queue, (handle, concurrency) => new classes.Worker(name, handle, { connection, concurrency, ...PATIENCE }) as unknown as Worker, onError),
    close: () => Promise.resolve(),
  };
};

const onRedis = (redis: Redis): WorkQueues => ({
  backend: 'Redis',
  // Braces keep all keys of a queue on one node of a cluster.
  open: (name, onError) => wakeUps(new Queue(name, { connection: redis, prefix: PREFIX }), (handle, concurrency) => new Worker(name, handle, { connection: redis, concurrency, prefix: PREFIX, ...PATIENCE }), onError),
  close: async () => {
    await redis.quit();
  },
});

const PREFIX = '{pacta}';
const PATIENCE = { lockDuration: 60_000, stalledInterval: 15_000, maxStalledCount: 1_000 };

const wakeUps = (queue: Queue, start: (handle: (job: { data: { row: string } }) => Promise<void>, concurrency: number) => Worker, onError: (error: unknown) => void): WorkQueue => {
  let worker: Worker | null = null;
  queue.on('error', onError);
  return {
    queue,
    wake: async (row, at) => {
      const delay = at ? Math.max(0, at.getTime() - Date.now()) : 0;
      // A job id may contain no colon; with the instant in it, a later wake-up of the row is not taken for the same.
      const jobId = `${row}-${at ? at.getTime() : 'now'}`.replaceAll(':', '_');
      await queue.add('wake', { row }, { jobId, delay, removeOnComplete: true, removeOnFail: { count: 1_000 } });
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
      await worker?.close();
      await queue.close();
    },
  };
};
