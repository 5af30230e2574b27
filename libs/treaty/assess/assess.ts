import type { AnyFact, Cut } from '../facts/fact.js';
import type { TreatyRules } from '../rules/treaty-rules.js';
import type { Obligation } from './obligation.js';
import { type Participation, participationOf } from './participation.js';
import { reportObligations } from './reports.js';
import { type AnyStanding, standing } from './standing.js';
import { termedObligation } from './termed-obligations.js';
import type { TreatyAt } from './treaty-record.js';
import { type Undertakings, undertakingsOf } from './undertakings.js';

export interface Assessment {
  participation: Participation;
  obligations: Obligation[];
  undertakings: Undertakings;
  /** The facts that counted, in the order in which they count. */
  facts: AnyStanding[];
}

/**
 * Where one State stands: whether it is bound, what it owes, when that is due and why, and how it stands, at a cut.
 * Pure: the same facts, the same treaty and the same dates give the same answer, whenever it is asked.
 *
 * @param facts the State's facts in the order in which they were recorded
 * @param treaty the treaty at the same cut (`treatyAt`)
 * @param options `explain: false` leaves the derivations of obligations empty, where only numbers are wanted
 */
export const assess = (rules: TreatyRules, facts: readonly AnyFact[], treaty: TreatyAt, cut: Cut, { explain = true } = {}): Assessment => {
  const counted = standing(facts, treaty.meetings, cut);
  const participation = participationOf(rules, counted, treaty, cut);
  const standpoint = { rules, facts: counted, participation, treaty, cut, explain };
  return {
    participation,
    obligations: [...rules.obligations.flatMap((rule) => termedObligation(rule, standpoint)), ...reportObligations(standpoint)],
    undertakings: undertakingsOf(rules, counted),
    facts: counted,
  };
};
