import type { Day } from '../calendar/day.js';
import { inWords, plus } from '../calendar/day.js';
import type { Cut } from '../facts/fact.js';
import type { Instrument } from '../facts/fact-data.js';
import type { TreatyRules } from '../rules/treaty-rules.js';
import type { AnyStanding } from './standing.js';
import { inForceFor, type TreatyAt } from './treaty-record.js';

export type ParticipationStatus = 'none' | 'signatory' | 'contracting' | 'party' | 'withdrawn';

/** Where a State stands towards the treaty. Dates are as precise as the record. */
export interface Participation {
  status: ParticipationStatus;
  signedOn: Day | null;
  depositedOn: Day | null;
  instrument: Instrument | null;
  /** Day on which the treaty enters, or entered, into force for the State; stays after a withdrawal. */
  inForceOn: Day | null;
  provisionallyApplying: boolean;
  withdrawalNotifiedOn: Day | null;
  /** Day on which the withdrawal takes, or took, effect. */
  withdrawalTakesEffectOn: Day | null;
  /** How `inForceOn` and the effect of a withdrawal come about, in words. */
  derivation: string[];
}

export const participationOf = (rules: TreatyRules, facts: readonly AnyStanding[], treaty: TreatyAt, cut: Cut): Participation => {
  let signedOn: Day | null = null;
  let deposit: AnyStanding & { type: 'instrument-deposited' } | null = null;
  let withdrawal: { on: Day; effect: Day } | null = null;
  let provisional = false;
  for (const fact of facts) {
    if (fact.type === 'signed') signedOn ??= fact.last;
    else if (fact.type === 'provisional-application-declared') provisional = true;
    else if (fact.type === 'withdrawal-notified') {
      const effect = plus(fact.last, rules.withdrawal.term);
      withdrawal = { on: fact.last, effect: fact.data.takesEffectOn && fact.data.takesEffectOn > effect ? fact.data.takesEffectOn : effect };
    } else if (fact.type === 'instrument-deposited' && (deposit === null || (withdrawal && withdrawal.effect <= fact.last))) {
      // A State that left may come back with a second instrument; its earlier withdrawal is then history.
      provisional = provisional && deposit === null;
      deposit = fact;
      withdrawal = null;
    }
  }
  const depositedOn = deposit?.last ?? null;
  const inForce = depositedOn === null ? null : inForceFor(rules, treaty, depositedOn);
  const inForceOn = inForce?.on ?? null;
  const derivation: string[] = [];
  if (depositedOn) derivation.push(`deposited ${inWords(depositedOn)}`);
  if (inForce?.on) derivation.push(`in force ${inWords(inForce.on)} (${inForce.citation})`);
  else if (inForce) derivation.push(`in force when ${rules.entryIntoForce.threshold} instruments are deposited (${inForce.citation})`);
  return {
    status: statusOf(signedOn, depositedOn, inForceOn, withdrawal?.effect ?? null, cut.asAt),
    signedOn,
    depositedOn,
    instrument: deposit?.data.instrument ?? null,
    inForceOn,
    provisionallyApplying: provisional && !(inForceOn !== null && inForceOn <= cut.asAt),
    withdrawalNotifiedOn: withdrawal?.on ?? null,
    withdrawalTakesEffectOn: withdrawal?.effect ?? null,
    derivation,
  };
};

const statusOf = (signedOn: Day | null, depositedOn: Day | null, inForceOn: Day | null, leavesOn: Day | null, asAt: Day): ParticipationStatus => {
  if (depositedOn === null) return signedOn === null ? 'none' : 'signatory';
  if (leavesOn !== null && leavesOn <= asAt) return 'withdrawn';
  return inForceOn !== null && inForceOn <= asAt ? 'party' : 'contracting';
};

/** Bound by consent (instrument deposited) and not gone: both contracting States and States Parties. */
export const isContracting = (participation: Participation): boolean =>
  participation.status === 'contracting' || participation.status === 'party';

/** False for what was reported, asked or granted before the State's deposit: in a membership that it has left. */
export const isOfThisMembership = (fact: AnyStanding, { depositedOn }: Participation): boolean => depositedOn === null || fact.last >= depositedOn;
