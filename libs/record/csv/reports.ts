import { REPORT_KINDS, type ReportKind } from '#treaty';
import type { StateEntry } from '../entry.js';
import type { Cells } from './rows.js';

/** `reports_article7.csv`: transparency reports. A row without a year covers the year before its submission. */
export const reportRow = (cells: Cells): StateEntry[] => {
  const kind = cells.text('kind') as ReportKind;
  if (!REPORT_KINDS.includes(kind)) cells.wrong('kind', `is none of ${REPORT_KINDS.join(', ')}`);
  const year = cells.text('period_year');
  if (year && !/^\d{4}$/.test(year)) cells.wrong('period_year', 'is no year');
  return [{
    about: 'state',
    iso3: cells.text('iso3'),
    proposal: {
      type: 'report-submitted', effectiveOn: cells.date('submitted_on'), knownBy: cells.day('known_by'), knownOn: 'own',
      data: { kind, years: year ? [Number(year)] : [], form: 'full' },
    },
    ...cells.provenance(),
  }];
};
