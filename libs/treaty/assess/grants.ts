import { plus } from '../calendar/day.js';
import type { TreatyRules } from '../rules/treaty-rules.js';
import { isOfThisMembership, type Participation } from './participation.js';
import type { AnyStanding, Standing } from './standing.js';

/** Grants whose named day is not the former due date plus the months granted. The day wins; the difference is worth knowing. */
export const grantsThatDisagree = (rules: TreatyRules, facts: readonly AnyStanding[], participation: Participation): { fact: Standing<'extension-granted'>; computed: string; article: number }[] =>
  rules.obligations.flatMap(({ article, term }) => {
    let dueOn = participation.inForceOn && plus(participation.inForceOn, term);
    const found: { fact: Standing<'extension-granted'>; computed: string; article: number }[] = [];
    for (const fact of facts) {
      if (fact.type !== 'extension-granted' || fact.data.article !== article || !isOfThisMembership(fact, participation)) continue;
      const { months, until } = fact.data;
      const computed = dueOn && months !== undefined ? plus(dueOn, { months }) : null;
      if (until !== undefined && computed !== null && computed !== until) found.push({ fact, computed, article });
      dueOn = until ?? computed ?? dueOn;
    }
    return found;
  });
