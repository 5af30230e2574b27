import { assess, type Assessment } from '../assess/assess.js';
import { treatyAt } from '../assess/treaty-record.js';
import type { Day } from '../calendar/day.js';
import { decide, type Decision } from '../decide/decide.js';
import { END_OF_TIME } from '../decide/ground.js';
import { decideMeeting } from '../decide/meetings.js';
import { eventTypeOf, writtenFact, type WrittenFact } from '../facts/event-types.js';
import type { AnyFact, Cut } from '../facts/fact.js';
import { emptyRecord, foldRecord } from '../facts/fold-record.js';
import { dossierStream, meetingStream, parseStream, recordStream, type StreamName } from '../facts/streams.js';
import type { TreatyRules } from '../rules/treaty-rules.js';
import type { Happening, MeetingHappening } from './happenings.js';
import { COMPLETE_UNTIL, FIRST_THIRTY, MEETINGS } from './history.js';

export const LONG_AFTER: Day = '2026-11-24';

/** A day alone asks about that day as it was known then. */
export type AskedCut = Day | (Partial<Cut> & { asAt: Day });

const cutOf = (asked: AskedCut): Cut => {
  const { asAt, knownOn = asAt, recordedBy = END_OF_TIME } = typeof asked === 'string' ? { asAt: asked } : asked;
  return { asAt, knownOn, recordedBy };
};

/** A treaty's record without a log: every fact goes through `decide`, as a registrar's does. */
export class RecordInMemory {
  readonly record = emptyRecord();
  readonly dossiers = new Map<string, AnyFact[]>();

  constructor(readonly rules: TreatyRules) {}

  /** The Convention with its meetings, the first thirty instruments and the coverage of the real record. */
  static ofTheConvention(rules: TreatyRules): RecordInMemory {
    const record = new RecordInMemory(rules);
    FIRST_THIRTY.forEach(([iso3, depositedOn]) => record.fold(dossierStream(rules.id, iso3), 'instrument-deposited', { effectiveOn: depositedOn, knownBy: null, knownOn: depositedOn, data: { instrument: 'ratification' } }));
    MEETINGS.forEach(([id, start, end], index) => record.fold(meetingStream(rules.id, id), 'meeting-scheduled', { effectiveOn: null, knownBy: null, knownOn: MEETINGS[index - 1]?.[2] ?? rules.adoptedOn, data: { title: id, start, end } }));
    record.cover(COMPLETE_UNTIL);
    return record;
  }

  cover(completeUntil: { [kind: string]: Day | null }, recordedOn?: Day): void {
    for (const [kind, until] of Object.entries(completeUntil)) {
      this.fold(recordStream(this.rules.id), 'coverage-stated', { effectiveOn: null, knownBy: null, knownOn: LONG_AFTER, data: { kind, completeUntil: until } }, recordedOn);
    }
  }

  decide({ iso3, proposal, recordedOn: today = LONG_AFTER }: Happening): Decision {
    return decide(proposal, { rules: this.rules, iso3, facts: this.factsOf(iso3), record: this.record, today });
  }

  put(happening: Happening | MeetingHappening): Decision | undefined {
    const { recordedOn = LONG_AFTER } = happening;
    if ('meeting' in happening) {
      const { meeting, proposal } = happening;
      decideMeeting(proposal, meeting, this.record.meetings.findLast(({ id }) => id === meeting));
      this.fold(meetingStream(this.rules.id, meeting), proposal.type, { effectiveOn: null, knownBy: null, knownOn: proposal.knownOn, data: proposal.data }, recordedOn);
      return undefined;
    }
    const decision = this.decide(happening);
    const facts = this.factsOf(happening.iso3);
    const fact = { ...decision.fact, id: `${happening.iso3}-${facts.length + 1}`, recordedAt: instantOn(recordedOn) };
    this.dossiers.set(happening.iso3, [...facts, fact]);
    this.fold(dossierStream(this.rules.id, happening.iso3), fact.type, fact, recordedOn, fact.id);
    return decision;
  }

  assess(iso3: string, asked: AskedCut): Assessment {
    const cut = cutOf(asked);
    return assess(this.rules, this.factsOf(iso3), treatyAt(this.rules, this.record, cut), cut);
  }

  factsOf(iso3: string): AnyFact[] {
    return this.dossiers.get(iso3) ?? [];
  }

  private fold(stream: string, type: AnyFact['type'] | MeetingHappening['proposal']['type'] | 'coverage-stated', fact: WrittenFact, recordedOn = LONG_AFTER, id = ''): void {
    foldRecord(this.record, parseStream(stream) as StreamName, { id, type: eventTypeOf(type), recordedAt: instantOn(recordedOn), data: writtenFact(fact) });
  }
}

const instantOn = (day: Day): string => `${day}T08:00:00.000Z`;
