import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { type Clock, inTransaction, instantOf, Problem } from '#platform';

/** A link of a letter is good for so long, and once. */
const VALID_FOR = { hours: 24 };
/** Letters in 24 hours: to one address, and to all, so that nobody fills a mailbox in our name. */
const MOST_TO_ONE = 3;
const MOST_TO_ALL = 200;

/** Somebody whose address is known. */
export interface Subscriber {
  id: string;
  email: string;
  since: string;
}

/** As endpoints name their owner, whichever of its keys it comes with. */
export const ownerOfSubscriber = (id: string): string => `${OWNER}${id}`;

/**
 * People who got a key by themselves: they give an address, and whoever reads the letter that goes there has the key.
 * Addresses stand here and nowhere else; the record and the log know owners by their keys.
 */
export class Subscribers {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  /**
   * Somebody asks for a key in the name of an address.
   *
   * @returns the token for the link of the letter to that address, which is kept nowhere; null where that address has had
   *   enough letters for today, which whoever asks is not told
   * @throws {Problem} 429 where too many ask
   */
  async ask(email: string): Promise<string | null> {
    const token = randomBytes(24).toString('base64url');
    const now = this.clock.now();
    return inTransaction(this.pool, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext('webhooks.sign_ups'))");
      await client.query('DELETE FROM webhooks.sign_ups WHERE asked_at < $1', [now.subtract(VALID_FOR).toString()]);
      const { rows: [counted] } = await client.query<{ all: number; own: number }>('SELECT count(*)::int AS all, (count(*) FILTER (WHERE lower(email) = lower($1)))::int AS own FROM webhooks.sign_ups', [email]);
      if ((counted?.own ?? 0) >= MOST_TO_ONE) return null;
      if ((counted?.all ?? 0) >= MOST_TO_ALL) throw new Problem(429, 'too-many-sign-ups', 'Too many have asked for a key today. Try again tomorrow, or write to the Implementation Support Unit.');
      await client.query('INSERT INTO webhooks.sign_ups (token_hash, email, asked_at) VALUES ($1, $2, $3)', [hashOf(token), email, instantOf(this.clock)]);
      return token;
    });
  }

  /** The address that a link was sent to, as long as it is good. */
  async invited(token: string): Promise<string | null> {
    const { rows } = await this.pool.query<{ email: string }>('SELECT email FROM webhooks.sign_ups WHERE token_hash = $1 AND asked_at >= $2', [hashOf(token), this.clock.now().subtract(VALID_FOR).toString()]);
    return rows[0]?.email ?? null;
  }

  /** Uses a link, once; another that was sent to the same address is then no good either. */
  async confirm(token: string): Promise<string | null> {
    const { rows } = await this.pool.query<{ email: string }>(
      'DELETE FROM webhooks.sign_ups WHERE lower(email) IN (SELECT lower(email) FROM webhooks.sign_ups WHERE token_hash = $1 AND asked_at >= $2) RETURNING email', [hashOf(token), this.clock.now().subtract(VALID_FOR).toString()],
    );
    return rows[0]?.email ?? null;
  }

  /** A letter that could not be sent is no letter: its link is no good, and does not count. */
  async withdraw(token: string): Promise<void> {
    await this.pool.query('DELETE FROM webhooks.sign_ups WHERE token_hash = $1', [hashOf(token)]);
  }

  /** Whose an address is, in whatever letters it is written; from now on somebody new, where it was nobody's. */
  async at(email: string): Promise<string> {
    return inTransaction(this.pool, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext('webhooks.subscribers'))");
      const { rows: [known] } = await client.query<{ owner: string }>('SELECT owner FROM webhooks.subscribers WHERE lower(email) = lower($1) LIMIT 1', [email]);
      if (known) return known.owner.slice(OWNER.length);
      const id = v7();
      await client.query('INSERT INTO webhooks.subscribers (owner, email, since) VALUES ($1, $2, $3)', [ownerOfSubscriber(id), email, instantOf(this.clock)]);
      return id;
    });
  }

  async list(): Promise<Subscriber[]> {
    const { rows } = await this.pool.query<{ owner: string; email: string; since: Date }>('SELECT owner, email, since FROM webhooks.subscribers ORDER BY owner LIMIT 10000');
    return rows.map(({ owner, email, since }) => ({ id: owner.slice(OWNER.length), email, since: since.toISOString() }));
  }

  /** Null for a key that was given out by hand, and for somebody who was forgotten. */
  async addressOf(owner: string): Promise<string | null> {
    const { rows } = await this.pool.query<{ email: string }>('SELECT email FROM webhooks.subscribers WHERE owner = $1', [owner]);
    return rows[0]?.email ?? null;
  }

  async forget(owner: string): Promise<void> {
    await this.pool.query('DELETE FROM webhooks.subscribers WHERE owner = $1', [owner]);
  }
}

const OWNER = 'subscriber:';

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
