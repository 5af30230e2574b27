/** Answers as they come; test/api/openapi.spec.ts holds each against what is served. */
export const ASKED_EXAMPLE = { message: 'If this address can be written to, a letter with a link is on its way. The link is good for 24 hours.' };

const SUBSCRIBER_ID = '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c';
const KEY_ID = '5f3a9c1e7b2d';

export const CONFIRMED_EXAMPLE = { id: KEY_ID, key: `pacta_${KEY_ID}_Yk3vQ9mZt0eWq7r2LhXc5uBnA8sDf1gJ4oPiV6yTzKE`, subscriber: SUBSCRIBER_ID };

export const SUBSCRIBERS_EXAMPLE = { items: [{ id: SUBSCRIBER_ID, email: 'reader@example.org', since: '2026-11-24T08:00:00.000Z' }] };
export const OWN_SUBSCRIBER_EXAMPLE = { id: SUBSCRIBER_ID, email: 'reader@example.org', keys: [{ id: KEY_ID, createdAt: '2026-11-24T08:00:00.000Z' }] };
