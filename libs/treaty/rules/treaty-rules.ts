import type { Day, Duration } from '../calendar/day.js';

/** Everything that differs from one treaty to the next. A treaty is one file of this shape and no other code. */
export interface TreatyRules {
  /** Short name in addresses and stream names: `ccm`. */
  id: string;
  title: string;
  adoptedOn: Day;
  openedForSignatureOn: Day;
  entryIntoForce: {
    /** Instruments needed. */
    threshold: number;
    /** For those among the first `threshold`, counted from the deposit of the last of them. */
    first: EntryTerm & Cited;
    /** For whoever deposits later, counted from its own deposit. */
    later: EntryTerm & Cited;
  };
  signatureClosesAtEntryIntoForce: Cited | null;
  withdrawal: { term: Duration } & Cited;
  /** Obligations with a term that runs from entry into force for the State. */
  obligations: TermedObligation[];
  reports: {
    article: number;
    theme: string;
    initial: { term: Duration } & Cited;
    annual: { month: number; day: number } & Cited;
    policies: { firstAnnualReport: Policy<'first-date-after-initial-due'> };
  };
  /** Obligations without a deadline: what States report of them is kept and listed. */
  undertakings: Undertaking[];
}

interface Cited {
  /** Article and paragraph, as a lawyer would cite it: `Art. 17(2)`. */
  citation: string;
}

/** First day of the n-th month after the month of deposit, or a number of days after the deposit. */
export type EntryTerm = { firstOfMonthAfter: number } | { days: number };

export interface TermedObligation extends Cited {
  kind: string;
  article: number;
  theme: string;
  /** What is to be done, as it reads in a sentence. */
  title: string;
  term: Duration;
  /** Where the term may run from a later event than entry into force. */
  laterTerm?: { from: 'hostilities-ended'; citation: string };
  extension: ExtensionRule | null;
}

export interface ExtensionRule extends Cited {
  /** The most that one decision may grant, in calendar months. */
  mostMonths: number;
  /** A request is filed this many months before the meeting that is to consider it. */
  filing: { monthsBeforeMeeting: number; meetingWithinMonths: number } & Cited;
}

interface Undertaking extends Cited {
  article: number;
  kind: string;
  theme: string;
  title: string;
}

/** An answer of ours where the text is silent. It has a version, because a better answer may come. */
interface Policy<Answer extends string> {
  version: number;
  answer: Answer;
  because: string;
}
