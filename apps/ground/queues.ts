import { openWorkQueues, type WorkQueue, type WorkQueues } from '#work-queue';

/** Every queue that there is, for whoever looks at all of them. */
export const QUEUE_NAMES = ['letters', 'webhooks'] as const;

/** Opens the queues when they are first asked for, and again after a failure: who serves pages must start without them. */
export class LazyQueues {
  private opening: Promise<WorkQueues> | null = null;
  private watching: Promise<WorkQueue[]> | null = null;

  constructor(private readonly backend: { databaseUrl: string; redisUrl?: string }) {}

  open(): Promise<WorkQueues> {
    this.opening ??= openWorkQueues(this.backend).catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  /** Rejects where the backend does not answer. */
  async ping(): Promise<void> {
    await (await this.watched())[0]?.ping();
  }

  /** Wake-ups that wait, are delayed, under way or have failed, by the name of their queue. */
  async counts(): Promise<Map<string, Record<string, number>>> {
    const queues = await this.watched();
    return new Map(await Promise.all(QUEUE_NAMES.map(async (name, index) => [name, (await queues[index]?.counts()) ?? {}] as const)));
  }

  async close(): Promise<void> {
    for (const queue of (await this.watching?.catch(() => [])) ?? []) await queue.close();
    await (await this.opening?.catch(() => null))?.close();
  }

  private watched(): Promise<WorkQueue[]> {
    this.watching ??= this.open().then((queues) => QUEUE_NAMES.map((name) => queues.open(name, () => undefined)), (error: unknown) => {
      this.watching = null;
      throw error;
    });
    return this.watching;
  }
}
