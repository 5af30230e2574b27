import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import type { Observable } from 'rxjs';
import { EVENT_LOG, type EventLog } from '#event-log';
import { DATABASE, Problem } from '#platform';
import { cursorOf, waitForPosition } from '#read-models';

/** Read your own writes: a read that names a position waits until the read models have it. */
@Injectable()
export class MinPositionInterceptor implements NestInterceptor {
  constructor(
    @Inject(DATABASE) private readonly pool: Pool,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { minPosition } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: { minPosition?: string } }>>().query;
    if (minPosition !== undefined) {
      if (!/^\d{1,15}$/.test(String(minPosition))) throw new Problem(400, 'invalid-input', 'minPosition must be the position that a command answered with.');
      await this.waitFor(Number(minPosition));
    }
    return next.handle();
  }

  private async waitFor(position: number): Promise<void> {
    if ((await cursorOf(this.pool)) >= position) return;
    const head = await this.log.lastPosition();
    if (position > head) throw new Problem(400, 'position-ahead-of-the-log', `minPosition is ${position}, but the log only goes to ${head}. Give the position that a command answered with.`);
    await waitForPosition(this.pool, position);
  }
}
