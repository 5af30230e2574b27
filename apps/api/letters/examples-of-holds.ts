import { CORRESPONDENCE_ITEM_EXAMPLE } from './examples.js';

/** Answers as they come; test/api/openapi.spec.ts holds each against what is served. */
const REASON = 'The ministry asked for time until Monday.';

const HOLD = { scope: 'state', treaty: 'ccm', iso3: 'BGR', on: null, inForce: true, reason: REASON, since: '2027-02-01T08:00:05.120Z', by: 'key:5f3a9c1e7b2d', waiting: 1 } as const;
const RUN_HOLD = { ...HOLD, scope: 'run', iso3: null, on: '2027-02-08' } as const;

export const HOLDS_EXAMPLE = { items: [{ ...RUN_HOLD, on: '2027-02-05' }] };
export const HELD_EXAMPLE = { hold: HOLD, turned: 1, onTheirWay: 0 };
export const RELEASED_EXAMPLE = { hold: { ...HOLD, inForce: false, waiting: 0 }, turned: 1, onTheirWay: 0 };
export const SKIPPED_EXAMPLE = { hold: null, turned: 1, onTheirWay: 0 };

export const HELD_RUN_EXAMPLE = { ...HELD_EXAMPLE, hold: RUN_HOLD };
export const RELEASED_RUN_EXAMPLE = { ...RELEASED_EXAMPLE, hold: { ...RUN_HOLD, inForce: false, waiting: 0 } };

const RUN = { on: '2027-02-08', messages: 1, counts: { planned: 1 }, hold: null };
export const RUNS_EXAMPLE = { items: [RUN] };
export const RUN_EXAMPLE = { ...RUN, items: [{ ...CORRESPONDENCE_ITEM_EXAMPLE, status: 'planned', on: '2027-02-08' }] };

export const TASKS_EXAMPLE = {
  items: [
    {
      id: 'letter-held:5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10', kind: 'letter-held', since: '2027-02-01', treaty: 'ccm', iso3: 'GNB',
      text: 'The letter of 2027-02-01 to a focal point about GNB is held: The ministry asked for time until Monday. Release or skip it.',
      link: '/v1/messages/5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10', messageId: '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10', contactId: '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c',
    },
  ],
  next: null,
  counts: { 'letter-held': 1 },
};
