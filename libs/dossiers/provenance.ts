/** Where a fact comes from: the document that says so. */
export interface Source {
  title: string;
  reference?: string;
  url?: string;
}

/** Who recorded a fact, on whose word, and in the course of what. Never a name or an address: references only. */
export interface Provenance {
  /** `key:…`, `oidc:…` or `import:…` */
  actor: string;
  source: Source;
  note?: string;
  /** Of the request that it came with. */
  correlation: string;
  /** Id of the event that it follows from. */
  causation?: string;
  /** Loaded as history: on record, but no news to anyone. */
  history?: boolean;
}
