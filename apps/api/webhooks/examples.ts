/** Answers as they come; test/api/openapi.spec.ts holds each against what is served. */
const ENDPOINT = {
  id: '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c', owner: 'key:5f3a9c1e7b2d', url: 'https://receiver.example/hooks/pacta', types: ['treaty.instrument.deposited'], treaty: 'ccm', states: ['GNB'], theme: null,
  ordered: false, rate: null, status: 'unverified', reason: 'It has not answered our challenge yet.', createdAt: '2026-11-24T08:00:00.000Z', failingSince: null, previousSecretUntil: null,
};
const PUBLIC_KEY = 'whpk_1k2Yk0x2mJ9v5tq3q7a0b1c2d3e4f5g6h7i8j9k0l1M=';
const SECRETS = { secret: 'whsec_c2VjcmV0IG9mIGFuIGVuZHBvaW50LCBzaG93biBvbmNl', publicKey: PUBLIC_KEY };

export const CREATED_ENDPOINT_EXAMPLE = { ...ENDPOINT, ...SECRETS };
export const ENDPOINT_EXAMPLE = { ...ENDPOINT, status: 'active', reason: null, publicKeys: [PUBLIC_KEY] };
export const CHANGED_ENDPOINT_EXAMPLE = { ...ENDPOINT, status: 'active', reason: null };
export const PAUSED_ENDPOINT_EXAMPLE = { ...CHANGED_ENDPOINT_EXAMPLE, status: 'paused' };
export const CHALLENGED_ENDPOINT_EXAMPLE = ENDPOINT;
export const ENDPOINTS_EXAMPLE = { items: [CHANGED_ENDPOINT_EXAMPLE], publicKeys: [PUBLIC_KEY] };
export const ROTATED_ENDPOINT_EXAMPLE = { ...CHANGED_ENDPOINT_EXAMPLE, previousSecretUntil: '2026-11-25T08:00:00.000Z', ...SECRETS };

const ATTEMPT = { at: '2026-11-24T08:00:00.250Z', status: 200, durationMs: 34, response: 'ok' };
const DELIVERY = { id: `${ENDPOINT.id}.861`, eventId: '0192f0c1-7a50-7c51-9f8e-3b1d7e8a1c01', type: 'treaty.instrument.deposited', status: 'delivered', attempts: [ATTEMPT] };
export const TEST_DELIVERY_EXAMPLE = { ...DELIVERY, id: `${ENDPOINT.id}.861.7`, type: 'webhook.test' };
export const DELIVERIES_EXAMPLE = { items: [DELIVERY], next: null };
export const RESENT_EXAMPLE = { ...DELIVERY, status: 'pending', nextAttemptAt: '2026-11-24T08:05:00.000Z' };
export const OWED_EXAMPLE = { deliveries: 1 };

export const BLOCKED_HOST_EXAMPLE = { host: 'blocked.example', reason: 'Its operator asked us to stop.', actor: 'key:5f3a9c1e7b2d', blockedAt: '2026-11-24T08:00:00.000Z' };
export const BLOCKED_HOSTS_EXAMPLE = { items: [BLOCKED_HOST_EXAMPLE] };
