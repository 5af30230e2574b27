import { type Day, MET, type Obligation, plus } from '#treaty';
import type { RecipientRole } from '../plan/day-plan.js';

/** A kind of letter, as it is looked at before it goes out. */
export interface Template {
  /** Whom it goes to. */
  to: RecipientRole;
  /** What it speaks of, to be read after "about". */
  about: string;
  step: string;
  /** What it would speak of, of what a State owes on a day. */
  pick: (obligations: readonly Obligation[], on: Day) => Obligation[];
  /** What is said of nobody's obligations. */
  isQuestion?: true;
}

const isFiling = ({ kind }: Obligation): boolean => kind === 'extension-request';
const isOverdue = ({ status }: Obligation): boolean => status === 'overdue';
const isDated = ({ dueOn }: Obligation): boolean => dueOn !== null;

const overdue = (all: readonly Obligation[]): Obligation[] => all.filter(isOverdue);
const dueOn = (all: readonly Obligation[], on: Day): Obligation[] => all.filter((one) => one.status === 'pending' && one.dueOn === on && !isFiling(one));
const open = (all: readonly Obligation[]): Obligation[] => all.filter((one) => isDated(one) && (one.status === 'pending' || isOverdue(one)));
const nearest = (all: readonly Obligation[], on: Day): Obligation[] =>
  all.filter((one) => one.status === 'pending' && one.dueOn !== null && one.dueOn > on && !isFiling(one)).sort((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1)).slice(0, 1);
const ofTheWeek = (all: readonly Obligation[], on: Day): Obligation[] =>
  all.filter((one) => isOverdue(one) || (one.status === 'pending' && one.dueOn !== null && one.dueOn <= plus(on, { days: 60 })) || (MET.has(one.status) && one.metKnownOn !== undefined && one.metKnownOn >= plus(on, { days: -7 })));
const overdueOrNearest = (all: readonly Obligation[], on: Day): Obligation[] => (all.some(isOverdue) ? overdue(all) : nearest(all, on));

/** Every kind of letter there is. */
export const TEMPLATES = {
  before: { to: 'focal-point', step: 'T-30', about: 'an obligation that falls due later', pick: nearest },
  today: { to: 'focal-point', step: 'T0', about: 'what falls due on the day itself', pick: dueOn },
  overdue: { to: 'focal-point', step: 'T+14', about: 'what is overdue', pick: overdue },
  mixed: { to: 'focal-point', step: 'T-30', about: 'what is overdue together with what falls due', pick: (all, on) => (all.some(isOverdue) && nearest(all, on).length > 0 ? [...overdue(all), ...nearest(all, on)] : []) },
  filing: { to: 'focal-point', step: 'F-90', about: 'the day by which a request for more time must be filed', pick: (all) => all.filter((one) => isFiling(one) && one.status === 'pending' && isDated(one)) },
  'go-live': { to: 'focal-point', step: 'go-live', about: 'all that is open, when letters begin', pick: open },
  'go-live-coordinator': { to: 'coordinator', step: 'go-live', about: 'all that is open in a theme, when letters begin', pick: open },
  escalation: { to: 'coordinator', step: 'T+30', about: 'what has been overdue for 30 days', pick: overdue },
  digest: { to: 'coordinator', step: 'digest', about: 'what is due, overdue or newly received, each week', pick: ofTheWeek },
  registrar: { to: 'registrar', step: 'T+30', about: 'what a theme without coordinators would have been told', pick: overdueOrNearest },
  undeliverable: { to: 'registrar', step: 'T+30', about: 'what could not be delivered to whom it was meant for, with nobody left to send it to', pick: overdueOrNearest },
  confirmation: { to: 'focal-point', step: '', about: 'whether this is still the right contact, once a year', pick: () => [], isQuestion: true },
} as const satisfies Record<string, Template>;

export type TemplateKind = keyof typeof TEMPLATES;

export const TEMPLATE_KINDS = Object.keys(TEMPLATES) as TemplateKind[];
