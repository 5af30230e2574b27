import type { Pool } from 'pg';
import { type Clock, instantOf } from '#platform';

export interface BlockedHost {
  host: string;
  reason: string;
  actor: string;
  blockedAt: string;
}

interface Row {
  host: string;
  reason: string;
  actor: string;
  blocked_at: Date;
}

const viewOf = ({ blocked_at, ...row }: Row): BlockedHost => ({ ...row, blockedAt: blocked_at.toISOString() });

/** The kill switch: hosts that nothing is sent to, whoever asked for it. What is owed there waits until the host is let go. */
export class BlockedHosts {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  async block(host: string, reason: string, actor: string): Promise<BlockedHost> {
    const { rows } = await this.pool.query<Row>(
      `INSERT INTO webhooks.blocked_hosts (host, reason, actor, blocked_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (host) DO UPDATE SET reason = excluded.reason, actor = excluded.actor RETURNING host, reason, actor, blocked_at`, [canonical(host), reason, actor, instantOf(this.clock)],
    );
    return viewOf(rows[0] as Row);
  }

  /** @returns false where it was not blocked */
  async release(host: string): Promise<boolean> {
    const { rowCount } = await this.pool.query('DELETE FROM webhooks.blocked_hosts WHERE host = $1', [canonical(host)]);
    return rowCount === 1;
  }

  async list(): Promise<BlockedHost[]> {
    const { rows } = await this.pool.query<Row>('SELECT host, reason, actor, blocked_at FROM webhooks.blocked_hosts ORDER BY host');
    return rows.map(viewOf);
  }
}

/** As the host of an endpoint is kept. */
const canonical = (host: string): string => URL.parse(`https://${host}/`)?.hostname ?? host.toLowerCase();
