import type { CoarseDate, Day } from '../calendar/day.js';
import type { MeetingProposal } from '../decide/meetings.js';
import type { AnyProposal } from '../decide/ground.js';
import type { FactData, FactType, Instrument, ReportForm } from '../facts/fact-data.js';

/** Something that a State did, or that was found of it, as it is put to the record. */
export interface Happening {
  iso3: string;
  proposal: AnyProposal;
  /** Day of recording; left out: long afterwards, as history that is known from its own date. */
  recordedOn?: Day;
}

export interface MeetingHappening {
  meeting: string;
  proposal: MeetingProposal & { knownOn: Day };
  recordedOn?: Day;
}

/** A date as the source gives it: `2021`, or `['2021', '2021-09-20']` where it was by 20 September, or null with that alone. */
export type When = CoarseDate | null | [date: CoarseDate | null, knownBy: Day];

export const happened = <T extends FactType>(iso3: string, type: T, when: When, data: FactData[T]): Happening => {
  const [effectiveOn, knownBy] = Array.isArray(when) ? when : [when, null];
  return { iso3, proposal: { type, effectiveOn, knownBy, knownOn: 'own', data } as unknown as AnyProposal };
};

/** Recorded by a registrar on that day: known from then, unless its source shows that it was known on another day. */
export const recorded = <H extends Happening>(recordedOn: Day, happening: H, knownOn?: Day): H => ({
  ...happening, recordedOn, proposal: { ...happening.proposal, knownOn },
});

export const signed = (iso3: string, when: When) => happened(iso3, 'signed', when, {});
export const deposited = (iso3: string, when: When, instrument: Instrument = 'accession') => happened(iso3, 'instrument-deposited', when, { instrument });
export const ratified = (iso3: string, when: When) => deposited(iso3, when, 'ratification');
export const appliedProvisionally = (iso3: string, when: When) => happened(iso3, 'provisional-application-declared', when, {});
export const withdrew = (iso3: string, when: When, takesEffectOn?: Day) => happened(iso3, 'withdrawal-notified', when, takesEffectOn ? { takesEffectOn } : {});

export const declared = (iso3: string, article: number, when: When = null, hostilitiesEndedOn?: Day) =>
  happened(iso3, 'obligation-declared', when, { article, ...(hostilitiesEndedOn ? { hostilitiesEndedOn } : {}) });
export const completed = (iso3: string, article: number, when: When) => happened(iso3, 'obligation-completed', when, { article });
export const completionDeclared = (iso3: string, article: number, when: When) => happened(iso3, 'completion-declared', when, { article });
export const reopened = (iso3: string, article: number, when: When) => happened(iso3, 'contamination-discovered', when, { article });
export const noStockpile = (iso3: string, when: When) => happened(iso3, 'no-stockpile-confirmed', when, {});

type Length = { months?: number; until?: Day };
export const requested = (iso3: string, article: number, when: When, { meeting, ...length }: Length & { meeting?: string } = {}) =>
  happened(iso3, 'extension-requested', when, { article, ...length, ...(meeting ? { meeting } : {}) });
export const granted = (iso3: string, article: number, when: When, { meeting, mode = 'meeting', ...length }: Length & { meeting: string; mode?: 'meeting' | 'silence' }) =>
  happened(iso3, 'extension-granted', when, { article, ...length, meeting, mode });
export const refused = (iso3: string, article: number, when: When, meeting: string) => happened(iso3, 'extension-refused', when, { article, meeting, mode: 'meeting' });

export const reportedInitially = (iso3: string, when: When, form: ReportForm = 'full') => happened(iso3, 'report-submitted', when, { kind: 'initial', years: [], form });
export const reportedAnnually = (iso3: string, when: When, ...years: number[]) => happened(iso3, 'report-submitted', when, { kind: 'annual', years, form: 'full' });
export const reportedVoluntarily = (iso3: string, when: When, ...years: number[]) => happened(iso3, 'report-submitted', when, { kind: 'voluntary', years, form: 'full' });

/** Corrects a fact by its id (`LTU-2`: the second of Lithuania's dossier). */
export const corrected = (fact: string, knownOn: Day, change: Omit<FactData['fact-corrected'], 'fact' | 'reason'>): Happening =>
  recorded(knownOn, happened(fact.slice(0, 3), 'fact-corrected', null, { fact, reason: 'read once more', ...change }));
export const retracted = (fact: string, knownOn: Day): Happening => recorded(knownOn, happened(fact.slice(0, 3), 'fact-retracted', null, { fact, reason: 'never happened' }));

export const scheduled = (meeting: string, start: Day | null, end: Day | null, knownOn: Day, recordedOn?: Day): MeetingHappening => ({
  meeting, recordedOn, proposal: { type: 'meeting-scheduled', knownOn, data: { title: meeting, start, end } },
});
export const moved = (meeting: string, start: Day, end: Day, knownOn: Day, recordedOn?: Day): MeetingHappening => ({
  meeting, recordedOn, proposal: { type: 'meeting-moved', knownOn, data: { start, end } },
});
export const held = (meeting: string, knownOn: Day, dates: { start?: Day; end?: Day } = {}, recordedOn?: Day): MeetingHappening => ({
  meeting, recordedOn, proposal: { type: 'meeting-held', knownOn, data: dates },
});
