import type { Pool } from 'pg';
import type { Subscribers } from '../subscribers/subscribers.js';

/** A letter about the service itself, in plain text. */
export interface ServiceLetter {
  /** The same for the same letter, so that a mail server knows a repeat. */
  id: string;
  subject: string;
  text: string;
}

/**
 * Writes an e-mail.
 *
 * @returns false where it could not be handed over now and is to be tried again
 */
export type WriteTo = (address: string, letter: ServiceLetter) => Promise<boolean>;

interface Row {
  id: string;
  owner: string;
  url: string;
  reason: string;
  changed_at: Date;
}

/** Owners hear by e-mail that an endpoint is disabled: the endpoint itself cannot be told. */
export class DisabledEndpoints {
  constructor(
    private readonly pool: Pool,
    private readonly base: string,
    private readonly subscribers: Subscribers,
    private readonly writeTo: WriteTo,
    private readonly onError: (error: unknown) => void,
  ) {}

  async tellOwners(): Promise<void> {
    const { rows } = await this.pool.query<Row>("SELECT id, owner, url, reason, changed_at FROM webhooks.endpoints WHERE status = 'disabled' AND NOT owner_told ORDER BY changed_at LIMIT 100");
    for (const row of rows) {
      const told = await this.tell(row).catch((error: unknown) => {
        this.onError(error);
        return false;
      });
      if (told) await this.pool.query("UPDATE webhooks.endpoints SET owner_told = true WHERE id = $1 AND changed_at = $2", [row.id, row.changed_at]);
    }
  }

  /** True also for an owner who has no address: a key that was given out by hand. */
  private async tell(row: Row): Promise<boolean> {
    const address = await this.subscribers.addressOf(row.owner);
    return address === null || this.writeTo(address, letterOf(row, this.base));
  }
}

const letterOf = ({ id, url, reason, changed_at }: Row, base: string): ServiceLetter => {
  const since = changed_at.toISOString();
  return {
    id: `webhook-${id}-${changed_at.getTime()}`,
    subject: 'Your webhook endpoint is disabled',
    text: `Nothing more is sent to your endpoint\n\n  ${new URL(url).origin}/…\n\nsince ${since.slice(0, 16).replace('T', ' ')} UTC. ${reason}\n
Once it answers again:
1. Resume it: POST ${base}/v1/webhooks/${id}/resume. It is asked to confirm that it wants the events, as when you made it.
2. Get what it has missed: POST ${base}/v1/webhooks/${id}/recover with {"since": "…"}.

What was sent and what came of it: GET ${base}/v1/webhooks/${id}/deliveries.
If you do not need it any more, delete it: DELETE ${base}/v1/webhooks/${id}.
`,
  };
};
