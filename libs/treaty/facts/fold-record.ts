import type { Appointment, Coverage, Meeting, TreatyRecord } from '../assess/treaty-record.js';
import { evolveMeeting, givesDates, type MeetingProposal } from '../decide/meetings.js';
import type { AnyFact } from './fact.js';
import { factTypeOf, readFact, type FactEvent } from './event-types.js';
import type { RecordFactData } from './fact-data.js';
import type { StreamName } from './streams.js';

/** What is known of a treaty as a whole, folded from its events one by one, in order. */
export interface FoldedRecord extends TreatyRecord {
  deposits: Map<string, AnyFact[]>;
  meetings: Meeting[];
  coverage: Coverage;
  appointments: Appointment[];
}

export const emptyRecord = (): FoldedRecord => ({ deposits: new Map(), meetings: [], coverage: { completeUntil: {} }, appointments: [] });

/** Takes one event in; true if it changed anything. */
export const foldRecord = (record: FoldedRecord, { kind, of }: StreamName, event: FactEvent): boolean => {
  if (kind === 'dossier') return foldDeposit(record, of, event);
  const fact = readFact(event) as { type: string; knownOn: string; recordedAt: string; data: object };
  if (kind === 'meeting') {
    const before = record.meetings.findLast((meeting) => meeting.id === of);
    const about = fact as unknown as MeetingProposal & { knownOn: string; recordedAt: string };
    const after = evolveMeeting(before, of, about);
    if (before && !givesDates(about)) record.meetings[record.meetings.indexOf(before)] = after;
    else record.meetings.push(after);
    return true;
  }
  return foldAboutRecord(record, fact as AboutRecord);
};

type AboutRecord = { [T in keyof RecordFactData]: { type: T; recordedAt: string; data: RecordFactData[T] } }[keyof RecordFactData];

const foldAboutRecord = (record: FoldedRecord, { type, data, recordedAt }: AboutRecord): boolean => {
  switch (type) {
    case 'coverage-stated':
      record.coverage = {
        ...record.coverage,
        completeUntil: { ...record.coverage.completeUntil, [data.kind]: data.completeUntil },
        statements: [...(record.coverage.statements ?? []), { ...data, recordedAt }],
      };
      return true;
    case 'went-live':
      record.coverage = { ...record.coverage, liveFrom: data.from };
      return true;
    case 'coordinator-appointed':
      record.appointments.push(data);
      return true;
    case 'coordinator-stood-down':
      record.appointments = record.appointments.filter(({ theme, iso3 }) => theme !== data.theme || iso3 !== data.iso3);
      return true;
    case 'discrepancy-noted':
      return false;
  }
};

/** Whether an event may say anything of the treaty as a whole: all else need not be folded. */
export const shapesRecord = ({ kind }: StreamName, { type }: Pick<FactEvent, 'type'>): boolean => kind !== 'dossier' || SHAPING.has(factTypeOf(type));

const SHAPING: ReadonlySet<string> = new Set(['instrument-deposited', 'fact-corrected', 'fact-retracted']);

/** Deposits decide when the treaty enters into force; so do corrections and retractions of them, whose target may be any fact. */
const foldDeposit = (record: FoldedRecord, iso3: string, event: FactEvent): boolean => {
  const type = factTypeOf(event.type);
  const known = record.deposits.get(iso3);
  if (type !== 'instrument-deposited' && !(known && (type === 'fact-corrected' || type === 'fact-retracted'))) return false;
  record.deposits.set(iso3, [...(known ?? []), readFact(event)]);
  return true;
};
