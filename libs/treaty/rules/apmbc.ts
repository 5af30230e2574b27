import type { TreatyRules } from './treaty-rules.js';

/** Anti-Personnel Mine Ban Convention, adopted in Oslo on 18 September 1997. */
export const apmbc: TreatyRules = {
  id: 'apmbc',
  title: 'Anti-Personnel Mine Ban Convention',
  adoptedOn: '1997-09-18',
  openedForSignatureOn: '1997-12-03',
  entryIntoForce: {
    threshold: 40,
    first: { firstOfMonthAfter: 6, citation: 'Art. 17(1)' },
    later: { firstOfMonthAfter: 6, citation: 'Art. 17(2)' },
  },
  signatureClosesAtEntryIntoForce: { citation: 'Art. 15' },
  withdrawal: { term: { months: 6 }, citation: 'Art. 20(3)' },
  obligations: [
    {
      kind: 'stockpile-destruction',
      article: 4,
      theme: 'stockpile_destruction',
      title: 'destroy all stockpiled anti-personnel mines',
      term: { years: 4 },
      citation: 'Art. 4',
      extension: null,
    },
    {
      kind: 'clearance',
      article: 5,
      theme: 'clearance',
      title: 'destroy all anti-personnel mines in mined areas',
      term: { years: 10 },
      citation: 'Art. 5(1)',
      extension: {
        mostMonths: 120,
        citation: 'Art. 5(3)',
        filing: { monthsBeforeMeeting: 9, meetingWithinMonths: 12, citation: 'practice of the Meetings of the States Parties' },
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
        because: 'As for the Convention on Cluster Munitions, whose Article 7 was modelled on this one.',
      },
    },
  },
  undertakings: [
    { article: 6, kind: 'victim-assistance', theme: 'victim_assistance', title: 'assist mine victims', citation: 'Art. 6(3)' },
    { article: 9, kind: 'national-measures', theme: 'national_implementation', title: 'take national implementation measures', citation: 'Art. 9' },
  ],
};
