import type { Mailbox } from '../email/index.js';

/** How the ids of letters about the service itself begin; all others belong to the correspondence of a State. */
const OURS = /^<(sign-up|webhook)-/;
const MOST = 100_000;

/** Takes letters about the service to one address out of the embedded mailbox, for good. */
export const forgetServiceLetters = async (mailbox: Mailbox, address: string): Promise<void> => {
  for (const { messageId } of await mailbox.list(MOST)) {
    if (OURS.test(messageId) && recipientOf(await mailbox.read(messageId)) === address.toLowerCase()) await mailbox.remove(messageId);
  }
};

const recipientOf = (mime: Buffer | null): string | undefined => /^To:\s*<?([^<>\s]+)>?\s*$/im.exec(mime?.toString('latin1').split('\r\n\r\n')[0] ?? '')?.[1]?.toLowerCase();
