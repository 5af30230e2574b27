export const ENDPOINT_STATUSES = ['unverified', 'active', 'paused', 'disabled'] as const;
type EndpointStatus = (typeof ENDPOINT_STATUSES)[number];

/** What a subscriber asks for. */
export interface NewEndpoint {
  url: string;
  types: readonly string[];
  treaty?: string;
  states?: readonly string[];
  theme?: string;
  /** One after the other, in the order of the log; one that fails holds up those after it. */
  ordered?: boolean;
  /** Deliveries a minute at the most. */
  rate?: number;
}

/** An endpoint as its owner sees it. Its secret is not in it: that is shown once, when it is made. */
export interface Endpoint {
  id: string;
  owner: string;
  url: string;
  types: string[];
  treaty: string | null;
  states: string[] | null;
  theme: string | null;
  ordered: boolean;
  rate: number | null;
  status: EndpointStatus;
  /** Why it is disabled, or not verified yet. */
  reason: string | null;
  createdAt: string;
  /** Since when nothing has succeeded. */
  failingSince: string | null;
  /** Until when signatures with the secret before this one go along. */
  previousSecretUntil: string | null;
}

/** An endpoint with all that it takes to send to it. */
export interface EndpointRow extends Omit<Endpoint, 'createdAt' | 'failingSince' | 'previousSecretUntil'> {
  secret: string;
  previous_secret: string | null;
  previous_until: Date | null;
  challenge: string;
  failing_since: Date | null;
  created_at: Date;
}

export const ENDPOINT_COLUMNS = 'id, owner, url, types, treaty, states, theme, ordered, rate, status, reason, secret, previous_secret, previous_until, challenge, failing_since, created_at';

export const endpointOf = ({ id, owner, url, types, treaty, states, theme, ordered, rate, status, reason, previous_until, failing_since, created_at }: EndpointRow): Endpoint => ({
  id, owner, url, types, treaty, states, theme, ordered, rate, status, reason, createdAt: created_at.toISOString(), failingSince: failing_since?.toISOString() ?? null, previousSecretUntil: previous_until?.toISOString() ?? null,
});
