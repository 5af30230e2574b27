/** Treaties whose titles and usages are translated; another appears under its own title. */
export type KnownTreaty = 'ccm' | 'apmbc' | 'att';

/** What the treaties' rules say is owed, in the rules' own words. */
export type Owed =
  | 'destroy all stockpiles of cluster munitions'
  | 'clear and destroy all cluster munition remnants'
  | 'destroy all stockpiled anti-personnel mines'
  | 'destroy all anti-personnel mines in mined areas';

/** A phrase with a count: which of the two is used is the language's own rule. */
export interface Counted {
  one: string;
  other: string;
}

export const MESSAGE_KINDS = ['before', 'today', 'overdue', 'mixed', 'filing', 'goLive', 'goLiveCoordinator', 'escalation', 'digest', 'registrar', 'undeliverable', 'confirmation'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export type DutyKind = 'stockpile-destruction' | 'clearance' | 'initial-report' | 'annual-report' | 'extension-request' | 'other';

export type StepKind =
  | 'deposited' | 'inForce' | 'inForceWhen' | 'hostilitiesEnded' | 'term' | 'granted' | 'grantedSilence' | 'lastMeeting' | 'monthsBefore' | 'noMeeting'
  | 'initialDue' | 'annualDue';

/** The words that things are called by. `{name}` is a gap to fill. */
export interface Terms {
  dir: 'ltr' | 'rtl';
  /** Between a label and what it labels. */
  colon: string;
  /** The secretariat that signs. */
  unit: string;
  treaties: Record<KnownTreaty, string>;
  /** "under the Convention on …": article and preposition differ from treaty to treaty. */
  under: Record<KnownTreaty | 'other', string>;
  owed: Record<Owed, string>;
  duties: Record<DutyKind, string>;
  meetings: Record<'MSP' | 'RC', string>;
  /** First, second …, as they stand before a meeting; later ones by `ordinal`. */
  ordinals: readonly string[];
  ordinal: string;
  units: Record<'years' | 'months' | 'days', Counted>;
  and: string;
  standing: Record<'dueIn' | 'submitIn', Counted> & Record<
    | 'dueToday' | 'overdue' | 'submitToday' | 'submitMissed' | 'undated' | 'awaitingDecision' | 'due'
    | 'received' | 'receivedLate' | 'receivedUndated' | 'completed' | 'completedLate' | 'completedUndated',
    string
  >;
  labels: Record<'attention' | 'obligation' | 'basis' | 'derivation' | 'options' | 'record', string>;
  groups: Record<'soon' | 'later' | 'overdue' | 'received' | 'none', string>;
  steps: Record<StepKind | 'time' | 'notKnown' | 'practice', string>;
  calendar: Record<'summary' | 'description', string>;
}

/** The sentences of a letter. */
export interface Letters {
  subjects: Record<MessageKind, Counted>;
  openings: Record<MessageKind, Counted>;
  advice: Record<'lastMeeting' | 'fileBy' | 'fileMissed' | 'noMeeting' | 'declare' | 'overdue' | 'report' | 'coverPage' | 'filing' | 'apology', string>;
  salutation: string;
  closing: string;
  footer: Record<'focal-point' | 'deputy' | 'permanent-mission' | 'coordinator' | 'registrar' | 'automatic' | 'nextContact' | 'confirm' | 'unsubscribe', string>;
  /** The yearly question: the label of the link that answers it, and what to do where the answer is no. */
  confirmation: Record<'yes' | 'no', string>;
  /** How a test says that it is one. */
  test: Record<'subject' | 'notice', string>;
}

/** All words of one language. One that lacks a word does not compile; each has the same gaps as the others (languages.spec.ts). */
export type Catalogue = Terms & Letters;
