/** Answers as they come from the real record; `openapi.spec.ts` holds them against what is served. */
export const BOARD_EXAMPLE = {
  treaty: 'ccm', asAt: '2020-09-28', knownOn: '2020-09-28', entryIntoForceOn: '2010-08-01',
  participation: { contractingStates: 110, statesParties: 108, signatories: 13, withdrawn: 0 },
  obligations: [{ article: 7, kind: 'initial-report', owed: 107, met: 100, outstanding: 7, overdue: 7, decisionPending: 0, notKnown: 0, states: { overdue: ['COG', 'COM', 'CPV', 'GIN', 'MDG', 'RWA', 'TGO'] } }],
  position: 860,
};

export const STATE_EXAMPLE = {
  iso3: 'GNB', name: 'Guinea-Bissau', treaty: 'ccm', asAt: '2019-06-01', knownOn: '2019-06-01',
  participation: { status: 'party', signedOn: '2008-12-04', depositedOn: '2010-11-29', instrument: 'ratification', inForceOn: '2011-05-01', provisionallyApplying: false },
  obligations: [
    {
      article: 3, kind: 'stockpile-destruction', theme: 'stockpile_destruction', citation: 'Art. 3(2)', dueOn: '2019-05-01', status: 'overdue', extended: false,
      derivation: ['deposited 29 Nov 2010', 'in force 1 May 2011 (Art. 17(2))', '+ 8 years = 1 May 2019 (Art. 3(2))'],
    },
  ],
  revision: 9, position: 860,
};

export const DEADLINES_EXAMPLE = {
  items: [{ iso3: 'SOM', article: 4, kind: 'clearance', theme: 'clearance', citation: 'Art. 4(1)(a)', dueOn: '2026-03-01', status: 'decision-pending', extended: false, derivation: ['deposited 30 Sep 2015'] }],
  next: null, position: 860,
};

export const HISTORY_EXAMPLE = {
  items: [
    {
      id: '0d0ec8a2-6d0a-5c39-9d3e-0a6a3a8f5b11', position: 300, revision: 1, about: 'dossier', iso3: 'GNB', type: 'instrument-deposited', effectiveOn: '2010-11-29', knownOn: '2010-11-29',
      recordedAt: '2026-11-24T06:00:00.000Z', actor: 'import:ccm', source: { title: 'UNTC status table XXVI-6' }, note: null, data: { instrument: 'ratification' },
    },
  ],
  next: null, position: 860,
};

export const MEETINGS_EXAMPLE = {
  items: [{ id: '9MSP', title: 'Ninth Meeting of States Parties', start: '2019-09-02', end: '2019-09-04', place: 'Geneva', president: 'LKA', knownOn: '2018-09-05', held: true }],
  next: null, position: 860,
};

export const STATISTICS_EXAMPLE = {
  treaty: 'ccm', year: 2019, joined: ['GMB', 'MDV', 'PHL'], reports: { initial: { owed: 3, submitted: 3, onTime: 3, overdue: 0, notKnown: 0, rate: 1 } },
  completions: [{ iso3: 'CHE', article: 3, kind: 'stockpile-destruction', on: '2019-03-19', status: 'met' }],
  extensions: { granted: [{ iso3: 'DEU', article: 4, months: 60, until: '2025-08-01', meeting: '9MSP' }] }, position: 860,
};

export const DISCREPANCIES_EXAMPLE = {
  items: [{ id: '5e8f…', iso3: 'GIN', subject: 'due date of the initial report', computed: '2015-09-28', stated: '19 April 2015', source: { title: 'CMC list of overdue reports' }, note: null }],
  next: null, position: 860,
};

export const RECORDED_EXAMPLE = { position: 861, revision: 10, events: ['01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c'], flags: [] };

export const PROBLEM_EXAMPLE = {
  type: 'urn:pacta:problem:instrument-already-deposited', title: 'Refused', status: 422, code: 'instrument-already-deposited',
  detail: 'GNB deposited its instrument on 29 Nov 2010. Correct that fact if its date is wrong.', article: 'Art. 17(2)', correlation: '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c',
};
