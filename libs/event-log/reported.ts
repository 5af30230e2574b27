export interface AppendedBatch {
  /** Events written. */
  events: number;
  /** Appends that shared the transaction, those turned down included. */
  appends: number;
  /** From the first attempt to the commit. */
  seconds: number;
}

/** Told of each batch committed: the place to hang a histogram on. */
export type OnAppended = (batch: AppendedBatch) => void;
