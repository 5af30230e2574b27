import type { Meeting } from '../assess/treaty-record.js';
import { inWords } from '../calendar/day.js';
import type { MeetingFactData } from '../facts/fact-data.js';
import { Refusal } from './refusal.js';

export type MeetingProposal = { [T in keyof MeetingFactData]: { type: T; data: MeetingFactData[T] } }[keyof MeetingFactData];

/** Whether a fact about a meeting may be recorded; a {@link Refusal} says why not. */
export const decideMeeting = (proposal: MeetingProposal, id: string, meeting: Meeting | undefined): void => {
  const start = proposal.data.start ?? meeting?.start;
  const end = proposal.data.end ?? meeting?.end;
  if (start && end && end < start) throw new Refusal('meeting-ends-before-it-starts', `${id} would end on ${inWords(end)}, before it starts on ${inWords(start)}. Check both days.`);
  if (proposal.type === 'meeting-scheduled') {
    if (meeting) throw new Refusal('meeting-already-scheduled', `${id} is on record. Move it if its dates have changed (meeting-moved).`);
    return;
  }
  if (!meeting) throw new Refusal('unknown-meeting', `There is no meeting ${id} on record. Schedule it first (meeting-scheduled).`);
  if (meeting.held) throw new Refusal('meeting-already-held', `${id} is on record as held. Note a discrepancy if a source gives other dates (discrepancy-noted).`);
};

/** Whether a fact about a meeting makes another schedule of it, which is known from that fact on and not before. */
export const givesDates = ({ type, data }: MeetingProposal): boolean => type !== 'meeting-held' || data.start !== undefined || data.end !== undefined;

/** The schedule of a meeting as one more fact leaves it. */
export const evolveMeeting = (before: Meeting | undefined, id: string, fact: MeetingProposal & { knownOn: string; recordedAt: string }): Meeting => {
  const known = { knownOn: fact.knownOn, recordedAt: fact.recordedAt };
  switch (fact.type) {
    case 'meeting-scheduled':
      return { id, ...fact.data, ...known };
    case 'meeting-moved':
      return { ...(before ?? { id, title: id }), ...fact.data, ...known };
    case 'meeting-held':
      // That it was held is no news about its dates, unless the fact gives other dates.
      return { ...(before ?? { id, title: id, start: null, end: null, ...known }), ...fact.data, ...(givesDates(fact) ? known : {}), held: true };
  }
};
