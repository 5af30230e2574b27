import type { TreatyRules } from './treaty-rules.js';

/** Arms Trade Treaty, adopted by the General Assembly on 2 April 2013. */
export const att: TreatyRules = {
  id: 'att',
  title: 'Arms Trade Treaty',
  adoptedOn: '2013-04-02',
  openedForSignatureOn: '2013-06-03',
  entryIntoForce: {
    threshold: 50,
    first: { days: 90, citation: 'Art. 22(1)' },
    later: { days: 90, citation: 'Art. 22(2)' },
  },
  signatureClosesAtEntryIntoForce: { citation: 'Art. 21(1)' },
  withdrawal: { term: { days: 90 }, citation: 'Art. 24(2)' },
  obligations: [],
  reports: {
    article: 13,
    theme: 'transparency',
    initial: { term: { years: 1 }, citation: 'Art. 13(1)' },
    annual: { month: 5, day: 31, citation: 'Art. 13(3)' },
    policies: {
      firstAnnualReport: {
        version: 1,
        answer: 'first-date-after-initial-due',
        because: 'The text does not say which annual report is the first. We take the first 31 May after the initial report was due.',
      },
    },
  },
  undertakings: [
    { article: 5, kind: 'national-measures', theme: 'national_implementation', title: 'keep a national control system', citation: 'Art. 5(2)' },
  ],
};
