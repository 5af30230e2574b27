import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that does what it is told for each address that it is asked to write to. */
export interface MailServer {
  url: string;
  /** Whole messages that came in for an address, whatever was answered. */
  taken(address: string): number;
  /** From now on it answers every message with 250; but for one address, if one is named. */
  behave(but?: Record<string, Silence>): void;
  /** Answers, with 250, what it has kept waiting for an address. */
  answer(address: string): void;
  close(): Promise<void>;
}

/** `rcpt`: never answers RCPT TO; `data`: takes the whole message and never answers, until told. */
export type Silence = 'rcpt' | 'data';

export const startMailServer = async (silences: Record<string, Silence>): Promise<MailServer> => {
  let quiet = { ...silences };
  const taken = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false, closeTimeout: 100,
    onRcptTo: ({ address }, _session, done) => {
      if (quiet[address] !== 'rcpt') done();
      else waiting.set(address, () => done());
    },
    onData: (stream, { envelope }, done) => {
      const address = envelope.rcptTo[0]?.address ?? '';
      stream.resume().on('end', () => {
        taken.set(address, (taken.get(address) ?? 0) + 1);
        if (quiet[address] !== 'data') done(null, 'taken');
        else waiting.set(address, () => done(null, 'taken'));
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken: (address) => taken.get(address) ?? 0,
    behave: (but = {}) => void (quiet = but),
    answer: (address) => waiting.get(address)?.(),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
