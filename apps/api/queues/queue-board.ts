import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Problem } from '#platform';
import type { WorkQueue } from '#work-queue';
import { type LazyQueues, QUEUE_NAMES } from '../../ground/index.js';
import type { Admission } from '../access/admission.js';
import { sendProblem } from '../errors/problem.filter.js';

export interface QueueBoard {
  admission: Admission;
  queues: LazyQueues;
  logger: Logger;
}

const AT = '/queues';
/** What it would fetch from elsewhere, a typeface, it does without. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/**
 * The operator's view of the queues, for administrators: what waits, what is delayed, what failed, and to try it again.
 * Whatever is done there moves wake-ups only; what is owed to whom stays in rows.
 */
export const serveQueueBoard = async (http: FastifyInstance, { admission, queues, logger }: QueueBoard): Promise<void> => {
  const adapter = new FastifyAdapter();
  adapter.setBasePath(AT);
  const board = createBullBoard({ queues: [], serverAdapter: adapter, options: { uiConfig: { boardTitle: 'Pacta: wake-ups' } } });
  const shown: WorkQueue[] = [];
  const show = async (): Promise<void> => {
    const opened = await queues.open();
    if (shown.length > 0) return;
    shown.push(...QUEUE_NAMES.map((name) => opened.open(name, (error) => logger.error({ err: error }, 'queue board'))));
    board.setQueues(shown.map(({ queue }) => new BullMQAdapter(queue)));
  };
  http.addHook('onClose', async () => void (await Promise.all(shown.map((queue) => queue.close()))));
  await http.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      try {
        await admission.admit(request, reply, 'administer', { page: true });
        void reply.headers({ 'content-security-policy': POLICY, 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });
        if (request.url.startsWith(`${AT}/api/`)) await show().catch((error: unknown) => Promise.reject(away(error)));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        sendProblem(reply, error, request.id);
        return reply;
      }
    });
    await scope.register(adapter.registerPlugin());
  }, { prefix: AT });
};

const away = (error: unknown): Problem => new Problem(503, 'queues-out-of-reach', error instanceof Error && error.name === 'UnfitRedis' ? error.message : 'The queues do not answer at the moment. Letters go out all the same; look again shortly.');
