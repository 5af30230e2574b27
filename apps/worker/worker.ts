import type { Postman } from '#notices';
import { Projector } from '#read-models';
import { openWorkQueues, type WorkQueues } from '#work-queue';
import type { Ground } from '../ground/index.js';

/** What goes on behind the API: following the log, and the letters. */
export class Worker {
  private readonly projector: Projector;
  private queues: WorkQueues | null = null;
  private postman: Postman | null = null;
  private stopQueue: () => Promise<void> = () => Promise.resolve();

  constructor(private readonly ground: Ground) {
    this.projector = new Projector(ground.pool, ground.log, (error) => ground.logger.error({ err: error }, 'projector'));
  }

  async start(): Promise<void> {
    const { databaseUrl, settings, notices, logger } = this.ground;
    this.projector.start();
    this.queues = await openWorkQueues({ databaseUrl, ...(settings.REDIS_URL ? { redisUrl: settings.REDIS_URL } : {}) });
    const queue = this.queues.open('letters', (error) => logger.error({ err: error }, 'letters'));
    this.stopQueue = () => queue.close();
    this.postman = notices.postman(queue, (error) => logger.error({ err: error }, 'letters'));
    this.postman.start();
  }

  async stop(): Promise<void> {
    await this.postman?.stop();
    await this.stopQueue();
    await this.queues?.close();
    await this.projector.stop();
  }
}
