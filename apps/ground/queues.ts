import { openWorkQueues, type WorkQueues } from '#work-queue';

/** Every queue that there is, for whoever looks at all of them. */
export const QUEUE_NAMES = ['letters', 'webhooks'] as const;

/** Opens the queues when they are first asked for, and again after a failure: who serves pages must start without them. */
export class LazyQueues {
  private opening: Promise<WorkQueues> | null = null;

  constructor(private readonly backend: { databaseUrl: string; redisUrl?: string }) {}

  open(): Promise<WorkQueues> {
    this.opening ??= openWorkQueues(this.backend).catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  async close(): Promise<void> {
    await (await this.opening?.catch(() => null))?.close();
  }
}
