import { type Clock, instantOf } from '#platform';
import { composePlain, type PlainLetter } from '../mime/plain-letter.js';
import type { Sender } from '../notice.js';
import type { Mailer } from './mailer.js';

/**
 * Writes letters about the service itself, which belong to no State's correspondence.
 *
 * @returns false where the letter could not be handed over now and is to be tried again; true where it was, may have been,
 *   or never can be
 */
export const writingTo = (mailer: Mailer, from: Sender, clock: Clock) => async (address: string, letter: PlainLetter): Promise<boolean> => {
  const mime = await composePlain(letter, { from, to: address, date: instantOf(clock) });
  const { kind } = await mailer.send(mime, { from: from.address, to: address });
  return kind !== 'deferred' && kind !== 'unreachable';
};
