const HEAD = { from: '"Implementation Support Unit" <isu@pacta.example>', to: '"Maria Exemplo" <focal.point@example.org>', subject: 'Clearance is due on 1 March 2031', date: '2027-02-01T08:00:05.000Z' };

export const MAILBOX_EXAMPLE = {
  items: [{ id: '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10@pacta.example', on: '2027-02-01', storedAt: '2027-02-01T08:00:05.120Z', bytes: 672, ...HEAD }],
  next: null,
};

export const OPENED_LETTER_EXAMPLE = {
  id: '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10@pacta.example', bytes: 672, ...HEAD, text: 'Clearance is due on 1 March 2031.', html: '<p>Clearance is due on 1 March 2031.</p>',
  headers: [{ name: 'Auto-Submitted', value: 'auto-generated' }], attachments: [{ name: 'deadlines.ics', type: 'application/ics', bytes: 15 }],
};
