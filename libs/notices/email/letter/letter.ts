/** A letter in words, before it takes the form of plain text or HTML. Both say exactly this; labels carry their colon. */
export interface Letter {
  subject: string;
  /** Treaty and secretariat. */
  head: readonly string[];
  attention: string | null;
  salutation: string;
  blocks: readonly Block[];
  closing: string;
  signature: readonly string[];
  footer: readonly string[];
  confirm: Link | null;
  unsubscribe: Link;
}

export type Block = { kind: 'paragraph'; text: string } | { kind: 'heading'; text: string } | ({ kind: 'entry' } & Entry) | { kind: 'link'; link: Link };

/** One thing that is owed, or one State with all that is said of it. */
export interface Entry {
  title: string;
  tone: Tone;
  lines: readonly string[];
  rows: readonly (readonly [label: string, value: string])[];
  lists: readonly { label: string; items: readonly string[] }[];
  link: Link | null;
}

export type Tone = 'due' | 'overdue' | 'done';

export interface Link {
  label: string;
  url: string;
}
