import type { Day } from '../calendar/day.js';
import { firstOfMonthAfter, plus } from '../calendar/day.js';
import type { AnyFact, Cut } from '../facts/fact.js';
import type { EntryTerm, TreatyRules } from '../rules/treaty-rules.js';
import { standing } from './standing.js';

/** What an assessment of one State needs to know of the treaty as a whole. */
export interface TreatyRecord {
  /** Of every State: the facts that decide on its deposit (deposits, and corrections or retractions of them). */
  deposits: ReadonlyMap<string, readonly AnyFact[]>;
  /** In the order of recording; a meeting that was moved stands once for each of its schedules. */
  meetings: readonly Meeting[];
  coverage: Coverage;
  /** Of thematic coordinators, in the order of recording. */
  appointments: readonly Appointment[];
}

/** A State in office as coordinator of a theme, from the end of one meeting to the end of another. */
export interface Appointment {
  theme: string;
  iso3: string;
  fromMeeting: string | null;
  toMeeting: string | null;
}

/** A meeting with its dates as scheduled. A meeting in two parts starts with its first and ends with its second. */
export interface Meeting {
  id: string;
  title: string;
  start: Day | null;
  end: Day | null;
  /** Day from which it was known that the meeting would be on these dates: the end of the meeting before it. */
  knownOn: Day;
  recordedAt: string;
  place?: string;
  president?: string;
  /** Whether it is on record as held. */
  held?: boolean;
}

export interface DatedMeeting extends Meeting {
  start: Day;
  end: Day;
}

/** Until when the record claims to be complete, by kind of obligation; a kind without a date is never complete. */
export interface Coverage {
  completeUntil: { [kind: string]: Day | null };
  /** Each statement as it was recorded, oldest first: at an earlier instant the later ones had not been made. */
  statements?: readonly { kind: string; completeUntil: Day | null; recordedAt: string }[];
  /** From this day on the registrar keeps the record as things happen, and it is complete. */
  liveFrom?: Day | null;
}

/** The treaty as at a cut: when it enters into force, which meetings are on record, how complete the record is. */
export interface TreatyAt {
  /** Day of the deposit that completed the number needed; null as long as too few are known. */
  thresholdOn: Day | null;
  entryIntoForceOn: Day | null;
  meetings: readonly DatedMeeting[];
  coverage: Coverage;
  appointments: readonly Appointment[];
}

export const treatyAt = (rules: TreatyRules, record: TreatyRecord, cut: Cut): TreatyAt => {
  const meetings = meetingsAt(record.meetings, cut);
  const deposits: Day[] = [];
  for (const facts of record.deposits.values()) {
    const first = standing(facts, meetings, cut).find((fact) => fact.type === 'instrument-deposited');
    if (first) deposits.push(first.last);
  }
  deposits.sort();
  const thresholdOn = deposits[rules.entryIntoForce.threshold - 1] ?? null;
  return {
    thresholdOn,
    entryIntoForceOn: thresholdOn && entry(thresholdOn, rules.entryIntoForce.first),
    meetings,
    coverage: coverageAt(record.coverage, cut),
    appointments: record.appointments,
  };
};

/** Day on which the treaty enters into force for a State, and the paragraph that says so. */
export const inForceFor = (rules: TreatyRules, treaty: TreatyAt, depositedOn: Day): { on: Day | null; citation: string } => {
  if (treaty.thresholdOn === null || depositedOn <= treaty.thresholdOn) {
    return { on: treaty.entryIntoForceOn, citation: rules.entryIntoForce.first.citation };
  }
  return { on: entry(depositedOn, rules.entryIntoForce.later), citation: rules.entryIntoForce.later.citation };
};

const entry = (deposit: Day, term: EntryTerm): Day =>
  'days' in term ? plus(deposit, { days: term.days }) : firstOfMonthAfter(deposit, term.firstOfMonthAfter);

/**
 * Each meeting as it was scheduled by what was known then. One that was not known yet keeps its first schedule (it says
 * when it is known from), because facts of a coarse date are bounded by their meeting.
 */
export const meetingsAt = (schedules: readonly Meeting[], cut: Pick<Cut, 'knownOn' | 'recordedBy'>): DatedMeeting[] => {
  const latest = new Map<string, Meeting>();
  for (const schedule of schedules) {
    if (schedule.recordedAt > cut.recordedBy) continue;
    if (!latest.has(schedule.id) || schedule.knownOn <= cut.knownOn) latest.set(schedule.id, schedule);
  }
  return [...latest.values()].filter(isDated);
};

const coverageAt = (coverage: Coverage, { recordedBy }: Pick<Cut, 'recordedBy'>): Coverage => {
  const { statements = [] } = coverage;
  if (statements.every(({ recordedAt }) => recordedAt <= recordedBy)) return coverage;
  const made = statements.filter(({ recordedAt }) => recordedAt <= recordedBy);
  return { ...coverage, completeUntil: Object.fromEntries(made.map(({ kind, completeUntil }) => [kind, completeUntil])), statements: made };
};

const isDated = (meeting: Meeting): meeting is DatedMeeting => meeting.start !== null && meeting.end !== null;
