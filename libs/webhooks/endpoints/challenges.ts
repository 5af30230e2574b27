import type { Pool } from 'pg';
import { type Clock, instantOf } from '#platform';
import { callOnce, type Said, type TrialParts } from '../delivery/trial.js';
import type { Answer } from '../guard/post.js';
import { ENDPOINT_COLUMNS, type EndpointRow } from './endpoint.js';

/** Seconds from one challenge to the next; after the last it is its owner's turn. */
const WAITS = [5, 30, 120, 600, 3_600, 21_600, 86_400];
const AT_ONCE = 20;
const NOT_BLOCKED = 'NOT EXISTS (SELECT FROM webhooks.blocked_hosts AS blocked WHERE blocked.host = endpoints.host)';

/**
 * Asks endpoints whether they want what was asked for in their name: nothing else is sent before one has answered with the
 * value that only our signed call told it. The next try is written down before this one is made, so a process that dies
 * leaves one that comes.
 */
export class Challenges {
  constructor(
    private readonly parts: TrialParts & { pool: Pool; clock: Clock },
    private readonly onError: (error: unknown) => void,
  ) {}

  /** @returns when the next one is due */
  async round(): Promise<Temporal.Instant | null> {
    const { pool, clock } = this.parts;
    const now = clock.now();
    const { rows } = await pool.query<EndpointRow & { challenge_tries: number }>(
      `UPDATE webhooks.endpoints SET challenge_tries = challenge_tries + 1, challenge_due_at = $1::timestamptz + ($2::int[])[LEAST(challenge_tries + 1, cardinality($2::int[]))] * interval '1 second' 
       WHERE id IN (SELECT id FROM webhooks.endpoints WHERE status = 'unverified' AND challenge_due_at <= $1 AND ${NOT_BLOCKED} ORDER BY challenge_due_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
       RETURNING ${ENDPOINT_COLUMNS}, challenge_tries`,
      [now.toString(), WAITS],
    );
    await Promise.all(rows.map((row) => this.challenge(row).catch(this.onError)));
    const { rows: [next] } = await pool.query<{ at: Date | null }>(`SELECT min(challenge_due_at) AS at FROM webhooks.endpoints WHERE status = 'unverified' AND ${NOT_BLOCKED}`);
    return next?.at ? Temporal.Instant.fromEpochMilliseconds(next.at.getTime()) : null;
  }

  private async challenge(endpoint: EndpointRow & { challenge_tries: number }): Promise<void> {
    const { pool, clock } = this.parts;
    const said: Said = { challenge: endpoint.challenge };
    const { answer } = await callOnce(this.parts, endpoint, 'webhook.challenge', said);
    const wrong = refusedBecause(answer, endpoint.challenge);
    if (wrong === null) {
      // Only the challenge that was answered: the endpoint may have been challenged anew meanwhile.
      await pool.query("UPDATE webhooks.endpoints SET status = 'active', reason = NULL, challenge_due_at = NULL, failing_since = NULL, changed_at = $3 WHERE id = $1 AND status = 'unverified' AND challenge = $2", [endpoint.id, endpoint.challenge, instantOf(clock)]);
      return;
    }
    const last = endpoint.challenge_tries > WAITS.length;
    await pool.query("UPDATE webhooks.endpoints SET reason = $2, challenge_due_at = CASE WHEN $3 THEN NULL ELSE challenge_due_at END WHERE id = $1 AND status = 'unverified'", [
      endpoint.id, `Our challenge was not answered: ${wrong}${last ? ' It is not repeated any more: resume the endpoint to be asked again.' : ''}`, last,
    ]);
  }
}

/** Null where the challenge was met. */
const refusedBecause = ({ status, text }: Answer, challenge: string): string | null => {
  if (status === null) return text;
  if (status !== 200) return `the answer was ${status}, not 200.`;
  try {
    const answered = JSON.parse(text) as { challenge?: unknown } | null;
    return answered?.challenge === challenge ? null : 'the answer does not hold the same challenge.';
  } catch {
    return 'the answer is no JSON like { "challenge": "…" }.';
  }
};
