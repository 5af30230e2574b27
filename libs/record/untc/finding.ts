import type { AnyProposal } from '#treaty';

export interface Disagreement {
  iso3: string;
  subject: 'signature' | 'deposit' | 'provisional-application' | 'withdrawal';
  /** What each of the two says, in words. */
  record: string;
  depositary: string;
}

/** What one fact of a row comes to beside the record; null where neither of the two has it. */
export type Finding = { agrees: true } | { proposes: AnyProposal } | { disagrees: Omit<Disagreement, 'iso3'> } | null;

export const AGREES: Finding = { agrees: true };

export const disagrees = (subject: Disagreement['subject'], record: string, depositary: string): Finding => ({ disagrees: { subject, record, depositary } });
