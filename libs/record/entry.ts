import type { AnyProposal, Day, MeetingProposal } from '#treaty';
import type { RecordProposal, Source } from '#dossiers';

/** One row of the record, as the command that it becomes. */
export type Entry = { source: Source; note?: string; from: { file: string; line: number } } & (
  | { about: 'state'; iso3: string; proposal: AnyProposal }
  | { about: 'meeting'; meeting: string; proposal: MeetingProposal & { knownOn: Day } }
  | { about: 'record'; proposal: RecordProposal }
);

export type StateEntry = Extract<Entry, { about: 'state' }>;
