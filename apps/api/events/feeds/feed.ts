/** A list of news in no format yet. */
export interface Feed {
  title: string;
  /** An id for ever, and its own address. */
  id: string;
  self: string;
  /** Where a person reads on. */
  home: string;
  /** When the newest change in it was. */
  updated: string;
  /** The newest first. */
  entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** The same for ever, whatever becomes of the entry. */
  id: string;
  title: string;
  text: string;
  link: string;
  published: string;
  updated: string;
  tags: readonly string[];
}
