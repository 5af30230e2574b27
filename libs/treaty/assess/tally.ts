import type { Day } from '../calendar/day.js';
import type { TreatyRules } from '../rules/treaty-rules.js';
import type { Assessment } from './assess.js';
import { MET, type Obligation } from './obligation.js';
import { isContracting } from './participation.js';

const COUNTS = ['owed', 'met', 'outstanding', 'overdue', 'decisionPending', 'notKnown', 'lapsed'] as const;
type Count = (typeof COUNTS)[number];

/**
 * How many obligations of one kind are owed and how they stand, with the States behind each number. A number counts
 * obligations; a State that owes several annual reports stands once in the list and once for each in `byYear`, where that is asked for.
 */
export type Tally = { article: number; kind: string } & Record<Count, number> & { states: Record<Count, string[]>; byYear?: YearTally[] };

export type YearTally = { year: number } & Record<Count, number> & { states: Record<Count, string[]> };

export interface ParticipationCounts {
  /** Deposited and not withdrawn: in force for them or not yet. */
  contractingStates: number;
  /** Those for which the treaty is in force. */
  statesParties: number;
  /** Signed, nothing deposited. */
  signatories: number;
  withdrawn: number;
  states: { contractingStates: string[]; statesParties: string[]; signatories: string[]; withdrawn: string[] };
}

export type AssessedState = readonly [iso3: string, assessment: Assessment];

export const participationCounts = (assessed: readonly AssessedState[]): ParticipationCounts => {
  const states: ParticipationCounts['states'] = { contractingStates: [], statesParties: [], signatories: [], withdrawn: [] };
  for (const [iso3, { participation }] of assessed) {
    if (isContracting(participation)) states.contractingStates.push(iso3);
    if (participation.status === 'party') states.statesParties.push(iso3);
    if (participation.status === 'signatory') states.signatories.push(iso3);
    if (participation.status === 'withdrawn') states.withdrawn.push(iso3);
  }
  return {
    contractingStates: states.contractingStates.length,
    statesParties: states.statesParties.length,
    signatories: states.signatories.length,
    withdrawn: states.withdrawn.length,
    states,
  };
};

export interface TallyOptions {
  /** One theme only. */
  theme?: string;
  /** Annual reports broken down by the year that they cover. */
  byYear?: boolean;
}

/** Of contracting States: what is owed, kind by kind; reports only once their due date is reached. */
export const tallies = (rules: TreatyRules, assessed: readonly AssessedState[], asAt: Day, { theme, byYear = false }: TallyOptions = {}): Tally[] => {
  const kinds = [
    ...rules.obligations.map(({ article, kind, theme: of }) => ({ article, kind, theme: of })),
    ...['initial-report', 'annual-report'].map((kind) => ({ article: rules.reports.article, kind, theme: rules.reports.theme })),
    ...rules.obligations.filter(({ extension }) => extension).map(({ article, theme: of }) => ({ article, kind: 'extension-request', theme: of })),
  ].filter((kind) => theme === undefined || kind.theme === theme);
  const counted = kinds.map((kind) => ({ ...kind, counter: new Counter() }));
  const years = new Map<number, Counter>();
  for (const [iso3, { participation, obligations }] of assessed) {
    if (!isContracting(participation)) continue;
    for (const obligation of obligations) {
      if (!isOwed(obligation, asAt)) continue;
      counted.find(({ kind, article }) => kind === obligation.kind && article === obligation.article)?.counter.add(iso3, obligation);
      if (!byYear || obligation.year === undefined) continue;
      const year = years.get(obligation.year) ?? new Counter();
      years.set(obligation.year, year);
      year.add(iso3, obligation);
    }
  }
  return counted.map(({ article, kind, counter }) => ({
    article,
    kind,
    ...counter.result(),
    ...(byYear && kind === 'annual-report' ? { byYear: [...years].sort(([a], [b]) => a - b).map(([year, counter]) => ({ year, ...counter.result() })) } : {}),
  }));
};

const isOwed = ({ status, kind, dueOn }: Obligation, asAt: Day): boolean =>
  status !== 'not-owed' && status !== 'ended' && (!kind.endsWith('-report') || (dueOn !== null && dueOn <= asAt));

class Counter {
  private readonly numbers = Object.fromEntries(COUNTS.map((count) => [count, 0])) as Record<Count, number>;
  private readonly states = Object.fromEntries(COUNTS.map((count) => [count, []])) as unknown as Record<Count, string[]>;

  add(iso3: string, { status }: Obligation): void {
    this.count('owed', iso3);
    this.count(MET.has(status) ? 'met' : 'outstanding', iso3);
    if (status === 'overdue') this.count('overdue', iso3);
    if (status === 'decision-pending') this.count('decisionPending', iso3);
    if (status === 'not-known') this.count('notKnown', iso3);
    if (status === 'lapsed') this.count('lapsed', iso3);
  }

  result(): Record<Count, number> & { states: Record<Count, string[]> } {
    return { ...this.numbers, states: this.states };
  }

  /** States come one after the other, so a State already listed is the last one listed. */
  private count(count: Count, iso3: string): void {
    this.numbers[count]++;
    const states = this.states[count];
    if (states[states.length - 1] !== iso3) states.push(iso3);
  }
}
