import type { Entry } from '../entry.js';
import type { Cells } from './rows.js';

/** `coverage.csv`: until when the record claims to be complete. */
export const coverage = (cells: Cells): Entry[] => [
  { about: 'record', proposal: { type: 'coverage-stated', data: { kind: cells.text('kind'), completeUntil: cells.day('complete_until') } }, ...cells.provenance() },
];

/** `discrepancies.csv`: where a source says something else than the record, of one State or of the treaty. */
export const discrepancy = (cells: Cells): Entry[] => {
  const iso3 = cells.text('iso3');
  const [article, kind] = [cells.text('article'), cells.text('kind')];
  const data = {
    subject: cells.text('subject'), kept: cells.text('kept'), stated: cells.text('stated'),
    ...(article ? { article: Number(article) } : {}), ...(kind ? { kind } : {}),
  };
  const knownBy = cells.day('known_by');
  return [
    iso3
      ? { about: 'state', iso3, proposal: { type: 'discrepancy-noted', effectiveOn: null, knownBy, knownOn: 'own', data }, ...cells.provenance() }
      : { about: 'record', proposal: { type: 'discrepancy-noted', data }, ...cells.provenance() },
  ];
};

/** `coordinators.csv`: which State coordinated a theme, from the end of which meeting to the end of which. */
export const appointment = (cells: Cells): Entry[] => [
  {
    about: 'record',
    proposal: { type: 'coordinator-appointed', data: { theme: cells.text('theme'), iso3: cells.text('iso3'), fromMeeting: cells.text('from_meeting') || null, toMeeting: cells.text('to_meeting') || null } },
    ...cells.provenance(),
  },
];
