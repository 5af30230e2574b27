import { type AnyFact, assess, type AssessedState, type Cut, type Day, END_OF_TIME, plus, treatyAt, type TreatyRecord, type TreatyRules } from '#treaty';
import { type Directory, type Message, planDay, planGoLive } from '../plan/day-plan.js';
import type { Watched } from '../plan/watch.js';
import { isWeekend } from '../plan/working-days.js';

export interface Simulated {
  rules: TreatyRules;
  dossiers: ReadonlyMap<string, readonly AnyFact[]>;
  record: TreatyRecord;
  directory: Directory;
  from: Day;
  to: Day;
  /** Begin with the digest of going live, instead of as if it had been live for long. */
  goLive?: boolean;
  /** Until then by what is known on each day; after it by what is known then. Past the present nothing more is known. */
  knownUntil?: Day;
}

/** Long enough for whatever a first day still makes up: the next working day is never further away. */
const WARM_UP_DAYS = 30;

/** Every message that would have gone out, day by day, each by what was known on its day. */
export function* simulate({ rules, dossiers, record, directory, from, to, goLive = false, knownUntil }: Simulated): Generator<Message> {
  const watched = new Map<string, Watched>();
  const sent = new Set<string>();
  const themes = themesOf(rules);
  let live = !goLive;
  let today = live ? plus(from, { days: -WARM_UP_DAYS }) : from;
  let first = live;
  for (; today <= to; today = plus(today, { days: 1 })) {
    const cut: Cut = { asAt: today, knownOn: knownUntil && knownUntil < today ? knownUntil : today, recordedBy: END_OF_TIME };
    const treaty = treatyAt(rules, record, cut);
    const assessed = [...dossiers].map(([iso3, facts]): AssessedState => [iso3, assess(rules, facts, treaty, cut, { explain: false })]);
    const day = { today, assessed, treaty, directory, themes, watched, sent };
    if (first) {
      planGoLive(day);
      first = false;
    }
    if (live) {
      const messages = planDay(day);
      if (today >= from) yield* messages;
    } else if (!isWeekend(today)) {
      live = true;
      yield* planGoLive(day);
    }
  }
}

export const themesOf = (rules: TreatyRules): string[] => [...new Set([...rules.obligations.map(({ theme }) => theme), rules.reports.theme])];
