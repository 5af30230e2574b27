import type { Appointment, DatedMeeting, Day } from '#treaty';

/** States in office as coordinators of a theme on a day: from the end of one meeting to the end of another. */
export const inOffice = (appointments: readonly Appointment[], meetings: readonly DatedMeeting[], theme: string, today: Day): string[] => {
  const order = [...meetings].sort((a, b) => (a.start < b.start ? -1 : 1));
  const found = appointments.filter((one) => {
    if (one.theme !== theme) return false;
    const { from, to } = termOf(one, order);
    return from !== null && from <= today && (to === null || today < to);
  });
  return [...new Set(found.map(({ iso3 }) => iso3))].sort();
};

/** A missing start is the meeting before the end, a missing end two meetings after the start; a meeting yet to come has no end. */
const termOf = ({ fromMeeting, toMeeting }: Appointment, order: readonly DatedMeeting[]): { from: Day | null; to: Day | null } => {
  const place = (id: string | null): number => (id === null ? -1 : order.findIndex((meeting) => meeting.id === id));
  const [start, end] = [place(fromMeeting), place(toMeeting)];
  const from = fromMeeting === null ? order[end - 1] : order[start];
  const to = toMeeting === null ? (start === -1 ? undefined : order[start + 2]) : order[end];
  return { from: from?.end ?? null, to: to?.end ?? null };
};
