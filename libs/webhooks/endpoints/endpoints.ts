import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { v5, v7 } from 'uuid';
import { type Clock, inTransaction, instantOf, Problem } from '#platform';
import { EVENT_TYPES } from '../catalogue/kinds.js';
import { oweRecovery, oweReplay } from '../delivery/owe.js';
import { ForbiddenTarget, type Reach, readTarget } from '../guard/target.js';
import type { Seal } from '../storage/seal.js';
import { newSecret } from '../signing/secret.js';
import type { SigningKeys } from '../signing/signing-keys.js';
import { type Endpoint, ENDPOINT_COLUMNS, endpointOf, type EndpointRow, type NewEndpoint } from './endpoint.js';

/** Both secrets sign for so long after a rotation. */
const OVERLAP = { hours: 24 };
/** So that whoever asked for an endpoint has read its secret before the first call comes. */
const FIRST_CHALLENGE = { milliseconds: 500 };
const MOST_OF_ONE_OWNER = 100;
/** So long the same request with the same key of its sender's is the same. */
const REPEATABLE = { hours: 24 };

export interface Secrets {
  secret: string;
  publicKey: string;
}

/** The endpoints of subscribers. An owner sees its own; whoever sees all gives no owner. */
export class Endpoints {
  constructor(
    private readonly pool: Pool,
    private readonly seal: Seal,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    private readonly reach: Reach,
    /** Something is to be done at this instant. */
    private readonly wake: (at: Temporal.Instant) => void,
  ) {}

  /** @param requestKey of the sender's own: with the same one the same endpoint is made once, and answered again as it was */
  async create(owner: string, asked: NewEndpoint, requestKey?: string): Promise<{ endpoint: Endpoint; repeated: boolean } & Secrets> {
    const url = this.read(asked.url);
    const unknown = asked.types.filter((type) => !EVENT_TYPES.has(type));
    if (asked.types.length === 0 || unknown.length > 0) {
      throw new Problem(422, 'unknown-event-type', unknown.length > 0 ? `There are no events of type ${unknown.slice(0, 5).join(', ')}. GET /v1/events/types names all that there are.` : 'Say which types of events you want; GET /v1/events/types names all that there are.');
    }
    const secret = newSecret();
    const challengeAt = this.clock.now().add(FIRST_CHALLENGE);
    const id = requestKey === undefined ? v7() : v5(`${owner} ${requestKey}`, NAMESPACE);
    const { row, repeated } = await inTransaction(this.pool, async (client) => {
      await this.refuseBlocked(client, url.hostname);
      await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [owner]);
      const { rows: [before] } = await client.query<EndpointRow>(`SELECT ${ENDPOINT_COLUMNS} FROM webhooks.endpoints WHERE id = $1`, [id]);
      if (before) return { row: this.sameAs(before, { ...asked, url: url.href }), repeated: true };
      const { rows: [count] } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM webhooks.endpoints WHERE owner = $1', [owner]);
      if ((count?.count ?? 0) >= MOST_OF_ONE_OWNER) throw new Problem(409, 'too-many-endpoints', `One subscriber has at most ${MOST_OF_ONE_OWNER} endpoints. Delete one that you do not need.`);
      const { rows } = await client.query<EndpointRow>(
        `INSERT INTO webhooks.endpoints (id, owner, url, host, types, treaty, states, theme, ordered, rate, status, reason, secret, challenge, challenge_due_at, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'unverified', $11, $12, $13, $14, $15, $15) RETURNING ${ENDPOINT_COLUMNS}`,
        [
          id, owner, url.href, url.hostname, [...new Set(asked.types)], asked.treaty ?? null, asked.states && asked.states.length > 0 ? [...new Set(asked.states)] : null, asked.theme ?? null, asked.ordered ?? false, asked.rate ?? null,
          NOT_ANSWERED, this.seal.close(secret), randomBytes(24).toString('base64url'), challengeAt.toString(), instantOf(this.clock),
        ],
      );
      await client.query('INSERT INTO webhooks.lanes (endpoint) VALUES ($1)', [id]);
      return { row: rows[0] as EndpointRow, repeated: false };
    });
    if (!repeated) this.wake(challengeAt);
    return { endpoint: endpointOf(row), secret: this.seal.open(row.secret), publicKey: await this.publicKey(), repeated };
  }

  async list(owner: string | null): Promise<Endpoint[]> {
    const { rows } = await this.pool.query<EndpointRow>(`SELECT ${ENDPOINT_COLUMNS} FROM webhooks.endpoints WHERE $1::text IS NULL OR owner = $1 ORDER BY id LIMIT 10000`, [owner]);
    return rows.map(endpointOf);
  }

  async find(id: string, owner: string | null): Promise<Endpoint> {
    return endpointOf(await this.row(this.pool, id, owner));
  }

  async remove(id: string, owner: string | null): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      await this.row(client, id, owner);
      await client.query('DELETE FROM webhooks.endpoints WHERE id = $1', [id]);
      await client.query('DELETE FROM webhooks.lanes WHERE endpoint = $1', [id]);
      await client.query('DELETE FROM webhooks.deliveries WHERE endpoint = $1', [id]);
    });
  }

  /** Everything of an owner who is gone. */
  async removeAllOf(owner: string): Promise<void> {
    for (const { id } of await this.list(owner)) await this.remove(id, owner);
  }

  /** What comes meanwhile is kept, and delivered once it is resumed. */
  pause(id: string, owner: string | null): Promise<Endpoint> {
    return this.change(id, owner, async (client, { status }) => {
      if (status !== 'active' && status !== 'paused') throw new Problem(409, 'not-in-that-state', `This endpoint is ${status}: there is nothing to pause.`);
      await client.query("UPDATE webhooks.endpoints SET status = 'paused', changed_at = $2 WHERE id = $1", [id, instantOf(this.clock)]);
    });
  }

  /** A paused endpoint goes on at once; one that is disabled, or has not answered yet, is challenged anew first. */
  async resume(id: string, owner: string | null): Promise<Endpoint> {
    const endpoint = await this.change(id, owner, async (client, { status, url }) => {
      this.read(url);
      if (status === 'paused') {
        await client.query("UPDATE webhooks.endpoints SET status = 'active', failing_since = NULL, changed_at = $2 WHERE id = $1", [id, instantOf(this.clock)]);
        await client.query('UPDATE webhooks.lanes SET not_before = NULL, failures = 0 WHERE endpoint = $1', [id]);
      } else if (status !== 'active') {
        await client.query("UPDATE webhooks.endpoints SET status = 'unverified', reason = $2, challenge = $3, challenge_due_at = $4, challenge_tries = 0, failing_since = NULL, owner_told = true, changed_at = $4 WHERE id = $1", [
          id, NOT_ANSWERED, randomBytes(24).toString('base64url'), instantOf(this.clock),
        ]);
      }
    });
    this.wake(this.clock.now());
    return endpoint;
  }

  /** A new secret; the one before signs along for a day. Of three the oldest ends at once. */
  async rotate(id: string, owner: string | null): Promise<{ endpoint: Endpoint } & Secrets> {
    const secret = newSecret();
    const endpoint = await this.change(id, owner, (client) =>
      client.query('UPDATE webhooks.endpoints SET previous_secret = secret, previous_until = $2, secret = $3, changed_at = $4 WHERE id = $1', [id, this.clock.now().add(OVERLAP).toString(), this.seal.close(secret), instantOf(this.clock)]),
    );
    return { endpoint, secret, publicKey: await this.publicKey() };
  }

  /** Sends again what was news since an instant and has not arrived. */
  recover(id: string, owner: string | null, since: string): Promise<number> {
    return this.send(id, owner, (client) => oweRecovery(client, instantOf(this.clock), id, since));
  }

  /** Sends everything after a position, history included. */
  replay(id: string, owner: string | null, after: number): Promise<number> {
    return this.send(id, owner, (client) => oweReplay(client, instantOf(this.clock), id, after));
  }

  /** For a test: an endpoint that has agreed to be called. */
  async rowToTest(id: string, owner: string | null): Promise<EndpointRow> {
    const row = await this.row(this.pool, id, owner);
    if (row.status !== 'active' && row.status !== 'paused') throw notWanted(row);
    await this.refuseBlocked(this.pool, new URL(row.url).hostname);
    return row;
  }

  private async send(id: string, owner: string | null, owe: (client: PoolClient) => Promise<number>): Promise<number> {
    let owed = 0;
    await this.change(id, owner, async (client, { status }) => {
      if (status !== 'active' && status !== 'paused') throw notWanted({ status });
      owed = await owe(client);
    });
    this.wake(this.clock.now());
    return owed;
  }

  private async change(id: string, owner: string | null, work: (client: PoolClient, row: EndpointRow) => Promise<unknown>): Promise<Endpoint> {
    return inTransaction(this.pool, async (client) => {
      await work(client, await this.row(client, id, owner, 'FOR UPDATE'));
      return endpointOf(await this.row(client, id, owner));
    });
  }

  private async row(client: Pool | PoolClient, id: string, owner: string | null, lock = ''): Promise<EndpointRow> {
    const { rows } = await client.query<EndpointRow>(`SELECT ${ENDPOINT_COLUMNS} FROM webhooks.endpoints WHERE id = $1 AND ($2::text IS NULL OR owner = $2) ${lock}`, [id, owner]);
    if (!rows[0]) throw new Problem(404, 'unknown-endpoint', 'There is no such endpoint among yours. GET /v1/webhooks lists them.');
    return rows[0];
  }

  private read(url: string): URL {
    try {
      return readTarget(url, this.reach);
    } catch (error) {
      if (error instanceof ForbiddenTarget) throw new Problem(422, 'address-not-allowed', error.message);
      throw error;
    }
  }

  private async refuseBlocked(client: Pool | PoolClient, host: string): Promise<void> {
    const { rowCount } = await client.query('SELECT FROM webhooks.blocked_hosts WHERE host = $1', [host]);
    if (rowCount) throw new Problem(422, 'host-blocked', 'Nothing is sent to this host. Ask the Implementation Support Unit why.');
  }

  /** A repeat of a request whose answer may have been lost; only as long as it is fresh is its secret shown again. */
  private sameAs(row: EndpointRow, asked: NewEndpoint): EndpointRow {
    const same = fingerprint(row) === fingerprint(asked);
    const isFresh = Temporal.Instant.compare(this.clock.now(), Temporal.Instant.fromEpochMilliseconds(row.created_at.getTime()).add(REPEATABLE)) < 0;
    if (!same || !isFresh || row.previous_secret !== null) throw new Problem(409, 'idempotency-key-used', 'This Idempotency-Key has made another endpoint, or made this one long ago. Use a new key for a new endpoint.');
    return row;
  }

  private async publicKey(): Promise<string> {
    return (await this.keys.publicKeys())[0] as string;
  }
}

const notWanted = ({ status }: Pick<EndpointRow, 'status'>): Problem =>
  new Problem(409, 'not-in-that-state', `This endpoint is ${status}. ${status === 'disabled' ? 'Resume it first; it' : 'It'} must answer our challenge before anything is sent.`);

const NOT_ANSWERED = 'It has not answered our challenge yet.';

/** What was asked for, however it was written. */
const fingerprint = ({ url, types, treaty, states, theme, ordered, rate }: Pick<NewEndpoint, 'url' | 'types'> & { [Member in Exclude<keyof NewEndpoint, 'url' | 'types'>]?: NewEndpoint[Member] | null }): string =>
  JSON.stringify([url, [...new Set(types)].sort(), treaty ?? null, states && states.length > 0 ? [...new Set(states)].sort() : null, theme ?? null, ordered ?? false, rate ?? null]);

const NAMESPACE = 'b3b1d3b7-4b7e-4c63-8b0e-7d5d1b0a7e55';
