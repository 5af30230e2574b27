import { Problem } from '#platform';
import { type Cut, END_OF_TIME, isDay } from '#treaty';

/** The dates of a question as a caller gives them. */
export interface AskedCut {
  /** The day the question is about; today unless given. */
  asAt?: string;
  /** By what was known on that day: `asAt` unless given, or today where that lies ahead. */
  knownOn?: string;
  /** By what this system held at that instant; now unless given. */
  recordedBy?: string;
}

export const resolveCut = ({ asAt, knownOn, recordedBy }: AskedCut, today: string): Cut => {
  const day = dayOf('asAt', asAt) ?? today;
  return { asAt: day, knownOn: dayOf('knownOn', knownOn) ?? (day > today ? today : day), recordedBy: recordedBy === undefined ? END_OF_TIME : instantFrom(recordedBy) };
};

const dayOf = (name: string, text: string | undefined): string | undefined => {
  if (text === undefined || isDay(text)) return text;
  throw new Problem(400, 'invalid-date', `${name} must be a day that exists, such as 2020-09-28.`);
};

/** Instants are compared as text, so all have milliseconds and end in Z. */
const instantFrom = (text: string): string => {
  try {
    return Temporal.Instant.from(text).toString({ smallestUnit: 'millisecond', roundingMode: 'ceil' });
  } catch {
    throw new Problem(400, 'invalid-date', 'recordedBy must be an instant with its offset, such as 2026-11-24T12:00:00Z.');
  }
};
