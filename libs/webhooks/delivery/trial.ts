import type { Pool } from 'pg';
import { v7 } from 'uuid';
import type { Clock } from '#platform';
import { CLOUD_EVENT_TYPE } from '../catalogue/cloud-event.js';
import type { EndpointRow } from '../endpoints/endpoint.js';
import type { Answer, Caller } from '../guard/post.js';
import { verdictOf } from '../schedule/retry.js';
import { secretKeyOf } from '../signing/secret.js';
import type { SigningKeys } from '../signing/signing-keys.js';
import type { Seal } from '../storage/seal.js';

export interface TrialParts {
  pool: Pool;
  clock: Clock;
  seal: Seal;
  keys: SigningKeys;
  caller: Caller;
  /** Address at which this service is reached, without a slash at its end. */
  base: string;
}

export type Said = Readonly<Record<string, string>>;
type Endpoint = Pick<EndpointRow, 'id' | 'url' | 'secret' | 'previous_secret' | 'previous_until'>;

/** What every call carries beside its signatures. */
export const CALL_HEADERS = { 'content-type': CLOUD_EVENT_TYPE, 'user-agent': 'Pacta-Webhooks/1.0', 'accept-encoding': 'identity' };

/**
 * One call that is no event of the log: a challenge or a test. It is made once and stands in the endpoint's delivery log
 * with what came of it.
 */
export const callOnce = async ({ pool, clock, seal, keys, caller, base }: TrialParts, endpoint: Endpoint, type: string, said: Said): Promise<{ delivery: string; answer: Answer; delivered: boolean }> => {
  const id = v7();
  const now = clock.now();
  const at = now.toString({ smallestUnit: 'millisecond' });
  const body = JSON.stringify({ specversion: '1.0', id, type, source: `${base}/v1/webhooks/${endpoint.id}`, time: at, datacontenttype: 'application/json', data: { endpoint: endpoint.id, ...said }, ...said });
  const signer = await keys.signer();
  const message = { id, timestamp: Math.floor(now.epochMilliseconds / 1_000), body };
  const answer = await caller.post(endpoint.url, body, { ...CALL_HEADERS, ...signer.headers(message, secretsOf(seal, endpoint, now.epochMilliseconds)) });
  const delivered = verdictOf(answer.status) === 'delivered';
  const { rows } = await pool.query<{ position: string; trial: number }>(
    `INSERT INTO webhooks.deliveries (endpoint, position, trial, event_id, type, status, in_order, tries, due_at, attempts)
     SELECT endpoint.id, cursor.position, nextval('webhooks.trials'), $2, $3, $4, false, 1, $5, $6 FROM webhooks.cursor, webhooks.endpoints AS endpoint WHERE endpoint.id = $1 RETURNING position, trial`,
    [endpoint.id, id, type, delivered ? 'delivered' : 'failed', at, JSON.stringify([{ at, status: answer.status, durationMs: answer.durationMs, response: answer.text }])],
  );
  return { delivery: `${endpoint.id}.${rows[0]?.position}.${rows[0]?.trial}`, answer, delivered };
};

/** The newest first; the one before for as long as it is valid. */
export const secretsOf = (seal: Seal, { secret, previous_secret, previous_until }: Pick<EndpointRow, 'secret' | 'previous_secret' | 'previous_until'>, now: number) =>
  [secret, ...(previous_secret !== null && previous_until !== null && previous_until.getTime() > now ? [previous_secret] : [])].map((one) => secretKeyOf(seal.open(one)));
