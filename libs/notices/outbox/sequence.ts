import type { AnyFact, Obligation, TreatyRecord } from '#treaty';

/**
 * How often a deadline may have moved, for the SEQUENCE of its calendar entry: grants on the obligation's article,
 * corrections and retractions in the dossier, and, for a filing date, new schedules of meetings. Counted as recorded, so
 * that it never falls again, also where a grant is taken back.
 */
export const sequenceOf = (facts: readonly AnyFact[], { meetings }: Pick<TreatyRecord, 'meetings'>, { article, kind }: Pick<Obligation, 'article' | 'kind'>): number => {
  const moved = facts.filter((fact) => fact.type === 'fact-corrected' || fact.type === 'fact-retracted' || (fact.type === 'extension-granted' && fact.data.article === article)).length;
  return kind === 'extension-request' ? moved + meetings.length - new Set(meetings.map(({ id }) => id)).size : moved;
};
