import type { FastifyReply } from 'fastify';
import type { Recorded } from '#dossiers';
import { etagOf } from '../http/guards.js';

/** What a command answers its caller: recorded, with the headers that guard the next one, or what a dry run found. */
export const answered = <Preview extends { dryRun: true }>(reply: FastifyReply, answer: Recorded | Preview): Omit<Recorded, 'repeated'> | Preview => {
  if ('dryRun' in answer) {
    void reply.status(200);
    return answer;
  }
  const { repeated, ...recorded } = answer;
  void reply.header('etag', etagOf(recorded.revision)).header('idempotent-replayed', String(repeated));
  return recorded;
};
