import type { Day } from '../calendar/day.js';
import type { TreatyRules } from '../rules/treaty-rules.js';
import type { AnyStanding } from './standing.js';

/** Obligations without a deadline, as far as the State has reported on them. */
export interface Undertakings {
  /** Null where the State is not known to have victims to assist. */
  victimAssistance: { article: number; citation: string; since: Day; reported: { [aspect: string]: boolean | string } } | null;
  /** Categories of national measures by the newest report of them. */
  nationalMeasures: { categories: string[]; reportedOn: Day } | null;
}

export const undertakingsOf = (rules: TreatyRules, facts: readonly AnyStanding[]): Undertakings => {
  const rule = rules.undertakings.find(({ kind }) => kind === 'victim-assistance');
  const article = rule?.article;
  const declared = facts.findLast((fact) => fact.type === 'obligation-declared' && fact.data.article === article);
  const lifted = facts.findLast((fact) => fact.type === 'obligation-found-not-to-exist' && fact.data.article === article);
  const reports = facts.filter((fact) => fact.type === 'victim-assistance-reported');
  const measures = facts.findLast((fact) => fact.type === 'national-measures-reported');
  return {
    victimAssistance:
      rule && declared && !(lifted && lifted.last >= declared.last)
        ? { article: rule.article, citation: rule.citation, since: declared.last, reported: Object.assign({}, ...reports.map((report) => report.data)) as { [aspect: string]: boolean | string } }
        : null,
    nationalMeasures: measures ? { categories: measures.data.categories, reportedOn: measures.last } : null,
  };
};
