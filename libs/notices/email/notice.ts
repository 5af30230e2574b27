import type { Day, ObligationStatus } from '#treaty';
import type { Recipient, RecipientRole, Subject } from '../plan/day-plan.js';
import type { TemplateLanguage } from '../simulation/sample-directory.js';

/** A subject of the plan, with what a text about it needs to know. */
export interface NoticeSubject extends Subject {
  /** Article and paragraph: `Art. 4(1)(a)`. */
  citation: string;
  /** What is owed, as the treaty's rules put it; kinds that have no such words leave it empty. */
  title: string;
  status: ObligationStatus;
  /** The steps to the due date, as the rules word them. */
  derivation: readonly string[];
  /** The last meeting before the due date that could grant more time. */
  lastMeeting?: { id: string; title: string; start: Day };
  /** By when a request for more time must have been filed for that meeting. */
  filingDueOn?: Day;
  /** Whether the treaty allows more time for this. */
  extendable?: boolean;
  /** How often the deadline has moved: the SEQUENCE of its calendar entry. */
  sequence?: number;
}

/** The contact who is written to. This is where personal data enters, and it goes into nothing but the message. */
interface Addressee extends Recipient {
  name?: string;
  /** Ministry, mission, division. */
  office?: string;
  address: string;
}

/** All that a message says, before it is put into words. */
export interface Notice {
  /** Letters, digits, `.`, `_` and `-`: becomes part of the Message-ID and of the return address. */
  id: string;
  treaty: { id: string; title: string };
  on: Day;
  recipient: Addressee;
  about: readonly NoticeSubject[];
  /** The role that it was for, where it goes to the registrar because nobody else could be reached. */
  meantFor?: RecipientRole;
  /** The State whose contact is asked to confirm that it is still the right one; such a letter is about nothing else. */
  confirms?: string;
  /** Sent to look at: it says so, and nothing follows from it. */
  isTest?: boolean;
  /** Instant for the calendar's DTSTAMP (`2026-01-02T08:00:00Z`); the start of the day unless given. */
  stampedAt?: string;
}

export interface Links {
  /** Page of the record about a State; null where there is none to show. */
  state: (iso3: string) => string | null;
  /** One short https address: POST unsubscribes, GET shows a page and changes nothing. */
  unsubscribe: string;
  /** Where a contact confirms once a year that it is still the right one; no letter to the registrar carries it. */
  confirm: string;
}

/** Whom messages come from: what MAIL_FROM says. */
export interface Sender {
  name: string;
  address: string;
}

/** Name of a State in a language. */
export type NameOf = (iso3: string, language: TemplateLanguage) => string;

export interface Rendered {
  messageId: string;
  subject: string;
  text: string;
  html: string;
  /** Null where nothing that the message speaks of lies ahead. */
  ics: string | null;
  headers: Readonly<Record<string, string>>;
}
