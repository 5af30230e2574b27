/** Answers as they come from the real record, some shortened; test/api/openapi.spec.ts holds each against what is served. */
export const LIVE_EXAMPLE = { status: 'ok' };

export const READY_EXAMPLE = { status: 'ok', checks: [{ name: 'event log', ok: true }, { name: 'read models', ok: true }, { name: 'queue', ok: true }, { name: 'record', ok: true }] };

export const TREATIES_EXAMPLE = { items: [{ id: 'ccm', title: 'Convention on Cluster Munitions', adoptedOn: '2008-05-30' }] };

export const RULES_EXAMPLE = {
  id: 'ccm', title: 'Convention on Cluster Munitions', adoptedOn: '2008-05-30', openedForSignatureOn: '2008-12-03',
  entryIntoForce: { threshold: 30, first: { firstOfMonthAfter: 6, citation: 'Art. 17(1)' }, later: { firstOfMonthAfter: 6, citation: 'Art. 17(2)' } },
  withdrawal: { term: { months: 6 }, citation: 'Art. 20(3)' },
  obligations: [{ kind: 'stockpile-destruction', article: 3, theme: 'stockpile_destruction', title: 'destroy all stockpiles of cluster munitions', term: { years: 8 }, citation: 'Art. 3(2)', extension: { mostMonths: 48, citation: 'Art. 3(3)' } }],
  reports: { article: 7, initial: { term: { days: 180 }, citation: 'Art. 7(1)' }, annual: { month: 4, day: 30, citation: 'Art. 7(2)' } },
};

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

export const STATES_EXAMPLE = {
  items: [
    {
      iso3: 'GNB', status: 'party', signedOn: '2008-12-04', depositedOn: '2010-11-29', instrument: 'ratification', inForceOn: '2011-05-01', provisionallyApplying: false, withdrawalNotifiedOn: null,
      withdrawalTakesEffectOn: null, derivation: ['deposited 29 Nov 2010', 'in force 1 May 2011 (Art. 17(2))'], name: 'Guinea-Bissau', region: 'Africa',
    },
  ],
  next: null, position: 860,
};

export const DEADLINES_EXAMPLE = {
  items: [{ iso3: 'SOM', article: 4, kind: 'clearance', theme: 'clearance', citation: 'Art. 4(1)(a)', dueOn: '2026-03-01', status: 'decision-pending', extended: false, derivation: ['deposited 30 Sep 2015', 'in force 1 Mar 2016 (Art. 17(2))', '+ 10 years = 1 Mar 2026 (Art. 4(1)(a))'] }],
  next: null, position: 860,
};

export const HISTORY_EXAMPLE = {
  items: [
    {
      id: '0d0ec8a2-6d0a-5c39-9d3e-0a6a3a8f5b11', position: 300, revision: 1, about: 'dossier', iso3: 'GNB', type: 'instrument-deposited', effectiveOn: '2010-11-29', knownOn: '2010-11-29',
      recordedAt: '2026-11-24T06:00:00.000Z', actor: 'import:ccm', source: { title: 'UNTC status table XXVI-6 as at January 2014 (GitHub zmjones/untreaties, treaties/26-6.csv)' }, note: null, data: { instrument: 'ratification' },
    },
  ],
  next: null, position: 860,
};

export const MEETINGS_EXAMPLE = {
  items: [{ id: '9MSP', title: 'Ninth Meeting of States Parties', start: '2019-09-02', end: '2019-09-04', place: 'Geneva', president: 'LKA', knownOn: '2018-09-05', held: true }],
  next: null, position: 860,
};

export const STATISTICS_EXAMPLE = {
  treaty: 'ccm', year: 2019, joined: ['MDV', 'PHL'], enteredIntoForceFor: ['GMB', 'NAM', 'PHL'], withdrew: [], reports: { initial: { owed: 4, submitted: 4, onTime: 4, overdue: 0, notKnown: 0, rate: 1 } },
  completions: [{ iso3: 'CHE', article: 3, kind: 'stockpile-destruction', on: '2019-03-19', status: 'met' }],
  extensions: { granted: [{ iso3: 'DEU', article: 4, months: 60, until: '2025-08-01', meeting: '9MSP' }] }, position: 860,
};

export const DISCREPANCIES_EXAMPLE = {
  items: [{ id: '5e8f…', iso3: 'GIN', subject: 'initial report, due date', computed: '2015-09-28', stated: '19 Apr 2015', source: { title: 'CMC list of initial reports' }, note: 'With the date of Article 7, the 19 overdue reports of review para 94 come out.' }],
  next: null, position: 860,
};

export const RECORDED_EXAMPLE = { position: 861, revision: 10, events: ['01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c'], flags: [] };

/** Tonga, which has signed nothing, would accede. */
export const PREVIEW_EXAMPLE = {
  dryRun: true, wouldRecord: { type: 'instrument-deposited', effectiveOn: '2026-03-10', knownBy: null, data: { instrument: 'accession' }, knownOn: '2026-11-24' }, flags: [],
  before: { participation: { status: 'none', depositedOn: null, inForceOn: null }, obligations: [] },
  after: {
    participation: { status: 'party', depositedOn: '2026-03-10', instrument: 'accession', inForceOn: '2026-09-01' },
    obligations: [{ article: 7, kind: 'initial-report', citation: 'Art. 7(1)', dueOn: '2027-02-28', status: 'pending', derivation: ['deposited 10 Mar 2026', 'in force 1 Sep 2026 (Art. 17(2))', '+ 180 days = 28 Feb 2027 (Art. 7(1))'] }],
  },
};

export const MEETING_PREVIEW_EXAMPLE = { dryRun: true, wouldRecord: { type: 'meeting-scheduled', effectiveOn: null, knownOn: '2026-11-24', data: { title: 'Fourteenth Meeting of States Parties', start: '2027-09-13', end: '2027-09-16' } }, flags: [] };

export const KEYS_EXAMPLE = { items: [{ id: '5f0c9a31b7d2', role: 'registrar', label: 'first start', createdAt: '2026-11-24T06:00:00.000Z', revokedAt: null }] };

export const KEY_EXAMPLE = { id: '5f0c9a31b7d2', key: 'pacta_5f0c9a31b7d2_(43 characters, shown only now)' };

export const PROBLEM_EXAMPLE = {
  type: 'urn:pacta:problem:instrument-already-deposited', title: 'Refused', status: 422, code: 'instrument-already-deposited',
  detail: 'GNB deposited its instrument on 29 Nov 2010. Correct that fact if its date is wrong.', article: 'Art. 17(2)', correlation: '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c',
};
