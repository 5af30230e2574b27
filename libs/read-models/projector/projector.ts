import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import { inTransaction, pause, whileLeased } from '#platform';
import { project } from './project.js';
import { createSchema, followerOf, SERVING } from './schema.js';

/** Follows the log and keeps the read models. One process at a time does it for one version of the tables; the others stand by. */
export class Projector {
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
    /** Told of every failure; the projector goes on from its cursor by itself. */
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.running ??= whileLeased(this.pool, followerOf(SERVING), this.stopping.signal, (held) => this.work(held), this.onError);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async work(held: AbortSignal): Promise<void> {
    await createSchema(this.pool, SERVING);
    while (!held.aborted) {
      try {
        await this.follow(held);
      } catch (error) {
        if (held.aborted) return;
        this.onError(error);
        await pause(1_000, held);
      }
    }
  }

  /** The cursor is read anew each time: a rebuild may have swapped the tables, and what failed was not taken in. */
  private async follow(held: AbortSignal): Promise<void> {
    const after = await cursorOf(this.pool);
    for await (const { events, position } of this.log.follow({ after, max: BATCH, signal: held, name: 'project' })) {
      await inTransaction(this.pool, (client) => project(client, SERVING, events, position));
    }
  }
}

const BATCH = 1_000;

/** Position up to which the read models have taken in the log. */
export const cursorOf = async (pool: Pool): Promise<number> => {
  const { rows } = await pool.query<{ position: string }>(`SELECT position FROM ${SERVING}.cursor`);
  return Number(rows[0]?.position ?? 0);
};
