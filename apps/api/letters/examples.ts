/** Answers as they come; test/api/openapi.spec.ts holds each against what is served. */
const ABOUT = { iso3: 'GNB', article: 7, kind: 'annual-report', year: 2026, dueOn: '2027-04-30', step: 'Y-02-01' };

export const FORECAST_EXAMPLE = {
  items: [{ on: '2027-02-01', treaty: 'ccm', to: 'focal-point', contactId: '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c', language: 'en', messageId: '<5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10@pacta.example>', about: [ABOUT] }],
};

export const CONTACT_EXAMPLE = {
  id: '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c', role: 'focal-point', iso3: 'GNB', name: 'Maria Exemplo', office: 'Ministry of Foreign Affairs', email: 'focal.point@example.org', language: 'fr',
  timeZone: 'Africa/Bissau', confirmedOn: '2026-11-24', unreachableSince: null, unsubscribedOn: null, erasedOn: null, reachable: true, confirmation: 'confirmed',
};

export const CONTACTS_EXAMPLE = { items: [CONTACT_EXAMPLE] };

export const IMPORT_EXAMPLE = { dryRun: true, added: 1, changed: 0, unchanged: 0 };

export const CORRESPONDENCE_ITEM_EXAMPLE = {
  at: '2027-02-01T08:00:05.120Z', status: 'held', messageId: '<5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10@pacta.example>', id: '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10', on: '2027-02-01', to: 'focal-point',
  contactId: '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c', language: 'en', about: [ABOUT], reason: 'The ministry asked for time until Monday.', sha256: null, sendAfter: '2027-02-01T08:00:00.000Z', insteadOf: null,
};

export const CORRESPONDENCE_EXAMPLE = { items: [CORRESPONDENCE_ITEM_EXAMPLE] };

export const BOUNCE_EXAMPLE = { outcome: 'bounced', detail: 'The message did not arrive (5.1.1). It goes to the next in line.', message: '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10', status: '5.1.1' };

export const TEMPLATES_EXAMPLE = { items: [{ kind: 'overdue', to: 'focal-point', about: 'what is overdue', languages: ['en', 'fr', 'es'] }] };

export const TEST_LETTER_EXAMPLE = {
  outcome: 'sent', messageId: '<test-01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c@pacta.example>', subject: '[Test] Yearly confirmation of the contact address – Guinea-Bissau', response: 'kept in the embedded mailbox',
};
