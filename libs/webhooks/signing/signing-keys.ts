import type { Pool, PoolClient } from 'pg';
import { type Clock, inTransaction, instantOf } from '#platform';
import type { Seal } from '../storage/seal.js';
import { MessageSigner } from './sign.js';
import { SigningKey } from './signing-key.js';

/** How long the key before goes on signing: subscribers are people who read their mail once a week. */
const OVERLAP = { hours: 30 * 24 };
const REMEMBERED_MS = 30_000;

/** Our own keys: one signs, and for a while after it was replaced the one before does too. */
export class SigningKeys {
  private recent: { until: number; keys: SigningKey[]; signer: MessageSigner } | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** Makes the first key; several processes may come at once. */
  async prepare(): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext('webhooks.signing_keys'))");
      const { rowCount } = await client.query('SELECT FROM webhooks.signing_keys WHERE retires_at IS NULL');
      if (rowCount === 0) await this.add(client);
    });
  }

  /** @returns the new public key; the one before signs along for thirty days */
  async rotate(): Promise<string> {
    const publicKey = await inTransaction(this.pool, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext('webhooks.signing_keys'))");
      await client.query('UPDATE webhooks.signing_keys SET retires_at = $1 WHERE retires_at IS NULL', [this.clock.now().add(OVERLAP).toString()]);
      return this.add(client);
    });
    this.recent = null;
    return publicKey;
  }

  async signer(): Promise<MessageSigner> {
    return (await this.current()).signer;
  }

  /** The newest first. */
  async publicKeys(): Promise<string[]> {
    return (await this.current()).keys.map(({ publicKey }) => publicKey);
  }

  private async current(): Promise<{ keys: SigningKey[]; signer: MessageSigner }> {
    const now = performance.now();
    if (this.recent && this.recent.until > now) return this.recent;
    const { rows } = await this.pool.query<{ secret: string }>('SELECT secret FROM webhooks.signing_keys WHERE retires_at IS NULL OR retires_at > $1 ORDER BY created_at DESC, retires_at DESC NULLS FIRST', [instantOf(this.clock)]);
    const keys = rows.map(({ secret }) => SigningKey.read(this.seal.open(secret)));
    const same = this.recent?.keys.map(({ publicKey }) => publicKey).join() === keys.map(({ publicKey }) => publicKey).join();
    this.recent = { until: now + REMEMBERED_MS, keys, signer: same && this.recent ? this.recent.signer : new MessageSigner(keys) };
    return this.recent;
  }

  private async add(client: PoolClient): Promise<string> {
    const key = SigningKey.create();
    await client.query('INSERT INTO webhooks.signing_keys (public_key, secret, created_at) VALUES ($1, $2, $3)', [key.publicKey, this.seal.close(key.secretKey), instantOf(this.clock)]);
    return key.publicKey;
  }
}
