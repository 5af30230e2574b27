import { Projector } from '#read-models';
import type { Ground } from '../ground/index.js';

/** What goes on behind the API: following the log. */
export class Worker {
  private readonly projector: Projector;

  constructor({ pool, log, logger }: Ground) {
    this.projector = new Projector(pool, log, (error) => logger.error({ err: error }, 'projector'));
  }

  start(): void {
    this.projector.start();
  }

  stop(): Promise<void> {
    return this.projector.stop();
  }
}
