import type { Day, TreatyRules } from '#treaty';
import type { Entry } from '../entry.js';
import type { Cells } from './rows.js';

/** `meetings.csv`: each is known from the end of the one before it, the first one always. */
export const meetings = (rules: TreatyRules, rows: readonly Cells[], today: Day): Entry[] => {
  const inOrder = [...rows].sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
  let knownOn = rules.adoptedOn;
  return inOrder.flatMap((cells) => {
    const [start, end] = [cells.day('start'), cells.day('end')];
    const place = cells.text('place');
    const president = cells.text('president_state');
    const meeting = cells.text('id');
    if (!/^[A-Za-z0-9.]+$/.test(meeting)) cells.wrong('id', 'is no id of a meeting (letters and digits)');
    const data = { title: cells.text('title'), start, end, ...(place ? { place } : {}), ...(president ? { president } : {}) };
    const entries: Entry[] = [{ about: 'meeting', meeting, proposal: { type: 'meeting-scheduled', knownOn: knownOn > today ? today : knownOn, data }, ...cells.provenance() }];
    if (end && end < today) entries.push({ about: 'meeting', meeting, proposal: { type: 'meeting-held', knownOn: end, data: {} }, ...cells.provenance() });
    knownOn = end ?? knownOn;
    return entries;
  });
};

/** A meeting without dates comes after all that have one. */
const startOf = (cells: Cells): Day => cells.day('start') ?? '9999-12-31';
