import type { AnyProposal } from '#treaty';
import type { StateEntry } from '../entry.js';
import type { Cells } from './rows.js';

/** `article3.csv` and `article4.csv`: what was declared, finished, asked for and decided under one article. */
export const obligationEvent = (article: number) => (cells: Cells): StateEntry[] => [
  { about: 'state', iso3: cells.text('iso3'), proposal: proposalOf(article, cells), ...cells.provenance() },
];

const proposalOf = (article: number, cells: Cells): AnyProposal => {
  const own = { effectiveOn: cells.date('date'), knownBy: cells.day('known_by'), knownOn: 'own' as const };
  const event = cells.text('event');
  const meeting = cells.text('meeting');
  const until = cells.day('new_deadline');
  switch (event) {
    case 'obligation_declared':
      return { type: 'obligation-declared', ...own, data: { article } };
    case 'completed':
      return { type: 'obligation-completed', ...own, data: { article } };
    case 'completion_declared':
      return { type: 'completion-declared', ...own, data: { article, ...(meeting ? { meeting } : {}) } };
    case 'initial_completion_declared':
      return { type: 'initial-completion-declared', ...own, data: { article } };
    case 'further_stock_found':
      return { type: 'further-stock-found', ...own, data: { article } };
    case 'no_stockpile_confirmed':
      return { type: 'no-stockpile-confirmed', ...own, data: {} };
    case 'obligation_reopened':
      return { type: 'contamination-discovered', ...own, data: { article } };
    case 'deadline_passed':
      return { type: 'remark-made', ...own, data: { about: 'deadline-passed' } };
    case 'extension_requested': {
      const months = cells.months('requested_months');
      return { type: 'extension-requested', ...own, data: { article, ...(months === undefined ? {} : { months }), ...(until ? { until } : {}), ...(meeting ? { meeting } : {}) } };
    }
    case 'extension_granted': {
      const months = cells.months('granted_months');
      return { type: 'extension-granted', ...own, data: { article, ...(months === undefined ? {} : { months }), ...(until ? { until } : {}), meeting, mode: modeOf(cells) } };
    }
    case 'extension_refused':
      return { type: 'extension-refused', ...own, data: { article, meeting, mode: modeOf(cells) } };
    default:
      return cells.wrong('event', 'is none that we know');
  }
};

/** The column `mode` says so; a table without it may say so in its note. */
const modeOf = (cells: Cells): 'meeting' | 'silence' =>
  cells.text('mode') === 'silence' || (cells.text('mode') === '' && /silence procedure/i.test(cells.text('note'))) ? 'silence' : 'meeting';
