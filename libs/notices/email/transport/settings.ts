/** How messages leave. */
export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://host:465`; without it messages stay in the embedded mailbox. */
  smtpUrl?: string;
  /** Folder of this installation: the embedded mailbox is its folder `mailbox`. */
  home: string;
  dkim?: DkimKey;
  maxConnections?: number;
  /** In milliseconds; for tests. */
  timeouts?: Partial<Timeouts>;
}

export interface DkimKey {
  domainName: string;
  keySelector: string;
  /** An RSA key in PEM. */
  privateKey: string;
}

export interface Timeouts {
  connection: number;
  greeting: number;
  /** Without a byte from the server. The library's own default is ten minutes. */
  socket: number;
  /** For all of it: a server that trickles its replies resets every other clock. */
  whole: number;
}

export const TIMEOUTS: Timeouts = { connection: 10_000, greeting: 10_000, socket: 30_000, whole: 300_000 };

/** Who the message goes from and to on the wire: the return address, and one recipient. */
export interface WireEnvelope {
  from: string;
  to: string;
}
