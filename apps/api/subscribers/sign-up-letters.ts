import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import type { ServiceLetter, Webhooks, WriteTo } from '#webhooks';

/** Milliseconds from one try to the next, where a letter cannot be handed over: somebody is waiting for it. */
const PAUSES = [0, 3_000, 30_000];

/** The letter with the link to a key. Whoever asked is told nothing of what became of it: that would tell who is known here. */
export class SignUpLetters {
  constructor(
    private readonly writeTo: WriteTo,
    private readonly subscribers: Pick<Webhooks['subscribers'], 'withdraw'>,
    /** Address at which this service is reached, without a slash at its end. */
    private readonly base: string,
    private readonly onError: (error: unknown) => void,
  ) {}

  send(email: string, token: string): void {
    void this.try(email, token).catch(this.onError);
  }

  private async try(email: string, token: string): Promise<void> {
    const letter = this.letter(token);
    for (const pause of PAUSES) {
      await sleep(pause, undefined, { ref: false });
      if (await this.writeTo(email, letter)) return;
    }
    // Whoever waited in vain asks again, and has not used up one of the letters of the day.
    await this.subscribers.withdraw(token);
  }

  private letter(token: string): ServiceLetter {
    return {
      id: `sign-up-${v7()}`,
      subject: 'Your key for webhooks: one more step',
      text: `Somebody, probably you, asked for a key to have events of the record sent to an address of their own (webhooks).

Open this page and press the button; it then shows the key, once:

  ${this.base}/s/${token}

The link is good for 24 hours, and once. If you did not ask, do nothing: without the button nothing happens, and we forget your address within a day.
`,
    };
  }
}
