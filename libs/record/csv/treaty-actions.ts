import type { AnyProposal } from '#treaty';
import type { StateEntry } from '../entry.js';
import type { Cells } from './rows.js';

/** `treaty_actions.csv`: signatures, deposits, provisional applications, withdrawals. */
export const treatyAction = (cells: Cells): StateEntry[] => {
  const own = { effectiveOn: cells.date('date'), knownOn: 'own' as const };
  return [{ about: 'state', iso3: cells.text('iso3'), proposal: proposalOf(cells, own), ...cells.provenance() }];
};

const proposalOf = (cells: Cells, own: { effectiveOn: string | null; knownOn: 'own' }): AnyProposal => {
  const action = cells.text('action');
  switch (action) {
    case 'signature':
      return { type: 'signed', ...own, data: {} };
    case 'ratification':
    case 'acceptance':
    case 'approval':
    case 'accession':
      return { type: 'instrument-deposited', ...own, data: { instrument: action } };
    case 'provisional_application':
      return { type: 'provisional-application-declared', ...own, data: {} };
    case 'withdrawal': {
      const takesEffectOn = cells.day('effective_date');
      return { type: 'withdrawal-notified', ...own, data: takesEffectOn ? { takesEffectOn } : {} };
    }
    default:
      return cells.wrong('action', 'is none that we know');
  }
};
