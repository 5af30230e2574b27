import type { Postman } from '#notices';
import { Projector, untilCurrent } from '#read-models';
import type { WorkQueue } from '#work-queue';
import type { Ground } from '../ground/index.js';

/** What goes on behind the API: following the log, the letters, and the calls to whoever asked for them. */
export class Worker {
  private readonly projector: Projector;
  private readonly stopping = new AbortController();
  private postman: Postman | null = null;
  private letters: Promise<void> = Promise.resolve();
  private stopQueues: () => Promise<unknown> = () => Promise.resolve();

  constructor(private readonly ground: Ground) {
    this.projector = new Projector(ground.pool, ground.log, (error) => ground.logger.error({ err: error }, 'projector'));
  }

  async start(): Promise<void> {
    const { notices, webhooks, logger, metrics, pool, log } = this.ground;
    this.projector.start();
    const queues = await this.ground.queues.open();
    const [letters, calls] = (['letters', 'webhooks'] as const).map((name) => queues.open(name, (error) => logger.error({ err: error }, name))) as [WorkQueue, WorkQueue];
    this.stopQueues = () => Promise.all([letters.close(), calls.close()]);
    this.postman = notices.postman(letters, (error) => logger.error({ err: error }, 'letters'), (state, messages) => metrics.noticesRecorded.inc({ state }, messages));
    this.letters = this.startLetters(this.postman, untilCurrent(pool, log, this.stopping.signal));
    if (this.ground.settings.WEBHOOKS_ALLOW_LOOPBACK) logger.warn('webhooks may go to this machine itself, without TLS (WEBHOOKS_ALLOW_LOOPBACK=1): for development only');
    webhooks.courier.start(calls);
  }

  /** Read models that are filled for the first time, after an upgrade, do not know yet what is settled: nobody is written to from them. */
  private async startLetters(postman: Postman, current: Promise<boolean>): Promise<void> {
    if (await current) postman.start();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.letters;
    await Promise.all([this.postman?.stop(), this.ground.webhooks.courier.stop()]);
    await this.stopQueues();
    await this.projector.stop();
  }
}
