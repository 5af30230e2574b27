import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

export interface Kept {
  'if-none-match'?: string;
  'if-modified-since'?: string;
}

interface Sent {
  type: string;
  body: string;
  /** When it last changed, and what time it is now. */
  changed: Temporal.Instant;
  now: Temporal.Instant;
}

/** Seconds within which a further change may bear the same second, or an earlier one. */
const UNSETTLED = 5;

/** Sends a body with its ETag and the date of its last change, or 304 where the asker has it already. */
export const sendUnlessKept = async (reply: FastifyReply, kept: Kept, { type, body, changed, now }: Sent): Promise<void> => {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const second = Math.floor(changed.epochMilliseconds / 1_000);
  // A date only has seconds. While another change may still fall into this one, say the second before: whoever goes by dates asks once more.
  const modified = now.epochMilliseconds / 1_000 - second < UNSETTLED ? second - 1 : second;
  void reply.header('etag', etag).header('last-modified', new Date(modified * 1_000).toUTCString()).header('cache-control', 'no-cache');
  if (isKept(kept, etag, modified)) return void (await reply.status(304).send());
  await reply.header('content-type', type).send(body);
};

/** A tag says more than a date and goes before it (RFC 9110, 13.2.2). */
const isKept = (kept: Kept, etag: string, modified: number): boolean => {
  const { 'if-none-match': tags, 'if-modified-since': since } = kept;
  if (tags !== undefined) return tags.split(/\s*,\s*/).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
  return since !== undefined && Date.parse(since) >= modified * 1_000;
};
