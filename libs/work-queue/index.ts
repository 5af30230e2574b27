/** Wake-ups: BullMQ on PostgreSQL or Redis behind one small module. */
export { UnfitRedis } from './redis.js';
export { openWorkQueues, type WorkQueue, type WorkQueues } from './work-queue.js';
