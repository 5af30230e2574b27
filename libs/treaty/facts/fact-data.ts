import type { Day } from '../calendar/day.js';

export const INSTRUMENTS = ['ratification', 'acceptance', 'approval', 'accession'] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

export const REPORT_KINDS = ['initial', 'annual', 'voluntary'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** A full report, or the cover page that may replace an annual report when nothing changed. */
export const REPORT_FORMS = ['full', 'cover'] as const;
export type ReportForm = (typeof REPORT_FORMS)[number];

/** A decision taken in a meeting's room, or by silence procedure in its name. */
export const DECISION_MODES = ['meeting', 'silence'] as const;
export type DecisionMode = (typeof DECISION_MODES)[number];

interface OfArticle {
  article: number;
}

/** What each kind of fact says beside its dates and its source. Months are calendar months. */
export interface FactData {
  // Participation
  signed: object;
  'instrument-deposited': { instrument: Instrument; depositaryNotification?: string };
  'provisional-application-declared': object;
  /** `takesEffectOn` only where it is later than the treaty's own term (a withdrawing State in armed conflict). */
  'withdrawal-notified': { takesEffectOn?: Day };

  // Obligations
  /** `hostilitiesEndedOn`: contaminated after entry into force; the term then runs from there (Art. 4(1)(b)). */
  'obligation-declared': OfArticle & { hostilitiesEndedOn?: Day };
  'obligation-completed': OfArticle & { quantity?: number };
  'completion-declared': OfArticle & { meeting?: string };
  'initial-completion-declared': OfArticle;
  'further-stock-found': OfArticle & { quantity?: number };
  'contamination-discovered': OfArticle;
  'no-stockpile-confirmed': object;
  'obligation-found-not-to-exist': OfArticle;
  'work-plan-submitted': OfArticle;
  'progress-reported': OfArticle & { quantity?: number; unit?: string };

  // Extensions of a deadline
  'extension-requested': OfArticle & { months?: number; until?: Day; meeting?: string };
  'extension-request-revised': OfArticle & { months?: number; until?: Day; meeting?: string };
  'extension-request-analysed': OfArticle & { meeting?: string; finding?: string };
  'extension-request-withdrawn': OfArticle;
  'extension-granted': OfArticle & {
    months?: number;
    until?: Day;
    meeting: string;
    mode: DecisionMode;
    conditions?: string;
  };
  'extension-refused': OfArticle & { meeting: string; mode: DecisionMode };

  // Reports and measures
  'report-submitted': { kind: ReportKind; years: number[]; form: ReportForm; forms?: string[] };
  'report-corrected': { years: number[]; forms?: string[] };
  /** All categories of measures that the State has by then; a later fact replaces an earlier one. */
  'national-measures-reported': { categories: string[] };
  'victim-assistance-reported': { [aspect: string]: boolean | string };
  'retention-reported': { quantity?: number; purpose?: string };
  'assistance-requested': OfArticle;
  'assistance-provided': OfArticle & { to?: string };
  'assistance-received': OfArticle & { from?: string };
  'coalition-launched': { with?: string };
  'coalition-concluded': { with?: string };

  // People, by reference only
  'focal-point-designated': { contact: string };
  'focal-point-stood-down': { contact: string };

  // About the record itself
  'discrepancy-noted': { subject: string; kept: string; stated: string; article?: number; kind?: string };
  'remark-made': { about: string };
  /** `effectiveOn` of the correction, or `data.effectiveOn`, is the corrected fact's date; `data` replaces what it names. */
  'fact-corrected': { fact: string; reason: string; effectiveOn?: string; knownBy?: Day | null; data?: object };
  'fact-retracted': { fact: string; reason: string };
}

export type FactType = keyof FactData;

/** Facts about a meeting (one stream each). */
export interface MeetingFactData {
  'meeting-scheduled': { title: string; start: Day | null; end: Day | null; place?: string; president?: string };
  'meeting-moved': { start: Day; end: Day; place?: string };
  'meeting-held': { start?: Day; end?: Day };
}

/** Facts about the record of a treaty as a whole (one stream a treaty). */
export interface RecordFactData {
  'coverage-stated': { kind: string; completeUntil: Day | null };
  /** From this day on the registrar keeps the record as things happen, and people are told. */
  'went-live': { from: Day };
  /** In office from the end of one meeting to the end of another; null where the source does not say. */
  'coordinator-appointed': { theme: string; iso3: string; fromMeeting: string | null; toMeeting: string | null };
  /** Ends every appointment of the State to the theme that was made before. */
  'coordinator-stood-down': { theme: string; iso3: string };
  'discrepancy-noted': FactData['discrepancy-noted'];
}
