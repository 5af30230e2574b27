import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import { type Clock, instantOf, migrate, Problem } from '#platform';
import { type Principal, type Role, ROLES } from './principal.js';

export interface NewKey {
  role: Role;
  /** For a coordinator. */
  theme?: string;
  /** For a focal point. */
  iso3?: string;
  /** Whose it is, where it belongs to an address: a reference, never the address. */
  subscriber?: string;
  /** What it is for, in the creator's words. */
  label?: string;
}

export interface KeyInfo extends NewKey {
  id: string;
  createdAt: string;
  revokedAt: string | null;
}

const STEPS = [
  `CREATE SCHEMA access;
   CREATE TABLE access.keys (
     id text PRIMARY KEY,
     -- Keys are long and random, so a plain hash is as good as a slow one; the key itself is nowhere.
     hash bytea NOT NULL,
     role text NOT NULL,
     theme text,
     iso3 text,
     label text,
     created_at timestamptz NOT NULL,
     revoked_at timestamptz
   )`,
  `ALTER TABLE access.keys ADD COLUMN subscriber uuid;
   CREATE INDEX keys_of_subscriber ON access.keys (subscriber) WHERE subscriber IS NOT NULL`,
];

/** API keys: shown once, kept as hashes. A revoked key is out of use within seconds. */
export class Keys {
  private readonly recent = new Map<string, { principal: Principal | null; until: number }>();

  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  prepare(): Promise<void> {
    return migrate(this.pool, 'access', STEPS);
  }

  /** @returns the key itself, which is kept nowhere */
  async create({ role, theme, iso3, subscriber, label }: NewKey): Promise<{ id: string; key: string }> {
    if (!ROLES.includes(role)) throw new Problem(400, 'unknown-role', `A role is one of ${ROLES.join(', ')}.`);
    if (role === 'focal-point' && !iso3) throw new Problem(400, 'state-missing', 'A focal point stands for one State: say which (iso3).');
    if (role === 'coordinator' && !theme) throw new Problem(400, 'theme-missing', 'A coordinator has a theme: say which (theme).');
    const id = randomBytes(6).toString('hex');
    const secret = randomBytes(32).toString('base64url');
    await this.pool.query('INSERT INTO access.keys (id, hash, role, theme, iso3, subscriber, label, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
      id, hashOf(secret), role, theme ?? null, iso3 ?? null, subscriber ?? null, label ?? null, instantOf(this.clock),
    ]);
    return { id, key: `${PREFIX}${id}_${secret}` };
  }

  /** All that were ever made, or those of one subscriber. */
  async list(of?: { subscriber: string }): Promise<KeyInfo[]> {
    const { rows } = await this.pool.query<{ id: string; role: Role; theme: string | null; iso3: string | null; subscriber: string | null; label: string | null; created_at: Date; revoked_at: Date | null }>(
      'SELECT id, role, theme, iso3, subscriber, label, created_at, revoked_at FROM access.keys WHERE $1::uuid IS NULL OR subscriber = $1 ORDER BY created_at', [of?.subscriber ?? null],
    );
    return rows.map(({ id, role, theme, iso3, subscriber, label, created_at, revoked_at }) => ({
      id, role, ...(theme ? { theme } : {}), ...(iso3 ? { iso3 } : {}), ...(subscriber ? { subscriber } : {}), ...(label ? { label } : {}), createdAt: created_at.toISOString(), revokedAt: revoked_at?.toISOString() ?? null,
    }));
  }

  async revoke(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query('UPDATE access.keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [id, instantOf(this.clock)]);
    this.recent.clear();
    return rowCount === 1;
  }

  async revokeAllOf(subscriber: string): Promise<void> {
    await this.pool.query('UPDATE access.keys SET revoked_at = $2 WHERE subscriber = $1 AND revoked_at IS NULL', [subscriber, instantOf(this.clock)]);
    this.recent.clear();
  }

  /** Null for a key that is none of ours, or no longer one. */
  async identify(key: string): Promise<Principal | null> {
    const now = performance.now();
    const digest = hashOf(key).toString('base64');
    const known = this.recent.get(digest);
    if (known && known.until > now) return known.principal;
    const principal = await this.lookUp(key);
    if (this.recent.size >= MOST_RECENT) this.recent.clear();
    this.recent.set(digest, { principal, until: now + REMEMBERED_MS });
    return principal;
  }

  private async lookUp(key: string): Promise<Principal | null> {
    const found = /^pacta_([0-9a-f]{12})_([\w-]{43})$/.exec(key);
    if (!found) return null;
    const [, id, secret] = found as unknown as [string, string, string];
    const { rows } = await this.pool.query<{ hash: Buffer; role: Role; theme: string | null; iso3: string | null; subscriber: string | null }>(
      'SELECT hash, role, theme, iso3, subscriber FROM access.keys WHERE id = $1 AND revoked_at IS NULL', [id],
    );
    const [row] = rows;
    if (!row || !timingSafeEqual(row.hash, hashOf(secret))) return null;
    return { actor: `key:${id}`, role: row.role, ...(row.theme ? { theme: row.theme } : {}), ...(row.iso3 ? { iso3: row.iso3 } : {}), ...(row.subscriber ? { subscriber: row.subscriber } : {}) };
  }
}

export const PREFIX = 'pacta_';
const REMEMBERED_MS = 2_000;
const MOST_RECENT = 5_000;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
