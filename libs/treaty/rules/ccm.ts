import type { TreatyRules } from './treaty-rules.js';

/** Convention on Cluster Munitions, adopted in Dublin on 30 May 2008. */
export const ccm: TreatyRules = {
  id: 'ccm',
  title: 'Convention on Cluster Munitions',
  adoptedOn: '2008-05-30',
  openedForSignatureOn: '2008-12-03',
  entryIntoForce: {
    threshold: 30,
    first: { firstOfMonthAfter: 6, citation: 'Art. 17(1)' },
    later: { firstOfMonthAfter: 6, citation: 'Art. 17(2)' },
  },
  signatureClosesAtEntryIntoForce: { citation: 'Art. 15' },
  withdrawal: { term: { months: 6 }, citation: 'Art. 20(3)' },
  obligations: [
    {
      kind: 'stockpile-destruction',
      article: 3,
      theme: 'stockpile_destruction',
      title: 'destroy all stockpiles of cluster munitions',
      term: { years: 8 },
      citation: 'Art. 3(2)',
      extension: {
        mostMonths: 48,
        citation: 'Art. 3(3)',
        filing: { monthsBeforeMeeting: 9, meetingWithinMonths: 12, citation: 'Art. 3(5)' },
      },
    },
    {
      kind: 'clearance',
      article: 4,
      theme: 'clearance',
      title: 'clear and destroy all cluster munition remnants',
      term: { years: 10 },
      citation: 'Art. 4(1)(a)',
      laterTerm: { from: 'hostilities-ended', citation: 'Art. 4(1)(b)' },
      extension: {
        mostMonths: 60,
        citation: 'Art. 4(5)',
        filing: { monthsBeforeMeeting: 9, meetingWithinMonths: 12, citation: 'Art. 4(6)' },
      },
    },
  ],
  reports: {
    article: 7,
    theme: 'transparency',
    initial: { term: { days: 180 }, citation: 'Art. 7(1)' },
    annual: { month: 4, day: 30, citation: 'Art. 7(2)' },
    policies: {
      firstAnnualReport: {
        version: 1,
        answer: 'first-date-after-initial-due',
        because:
          'The text does not say which annual report is the first. We take the first 30 April after the initial report was due; where the initial report itself is due on 30 April, only that one is owed.',
      },
    },
  },
  undertakings: [
    { article: 5, kind: 'victim-assistance', theme: 'victim_assistance', title: 'assist cluster munition victims', citation: 'Art. 5' },
    { article: 9, kind: 'national-measures', theme: 'national_implementation', title: 'take national implementation measures', citation: 'Art. 9' },
  ],
};
