import type { Keys } from '#access';
import type { Notices } from '#notices';
import { ownerOfSubscriber, type Webhooks } from '#webhooks';

/**
 * Keys that belong to an e-mail address. The address stands with the subscriber and can be erased; keys and endpoints only
 * name the subscriber. Whoever lost a key and confirms the address again finds the same endpoints with the next.
 */
export class SubscriberKeys {
  constructor(
    private readonly keys: Pick<Keys, 'create' | 'revokeAllOf'>,
    private readonly webhooks: Pick<Webhooks, 'subscribers' | 'endpoints'>,
    private readonly notices: Pick<Notices, 'forgetAddress'>,
  ) {}

  /** A further key for whoever has this address. */
  async give(email: string, label?: string): Promise<{ id: string; key: string; subscriber: string }> {
    const subscriber = await this.webhooks.subscribers.at(email);
    return { ...(await this.keys.create({ role: 'subscriber', subscriber, ...(label === undefined ? {} : { label }) })), subscriber };
  }

  /** Address with the letters to it, endpoints with their logs, and keys: the keys last, so that whoever was interrupted can ask again with one. */
  async erase(subscriber: string): Promise<void> {
    const owner = ownerOfSubscriber(subscriber);
    const address = await this.webhooks.subscribers.addressOf(owner);
    if (address !== null) await this.notices.forgetAddress(address);
    await this.webhooks.subscribers.forget(owner);
    await this.webhooks.endpoints.removeAllOf(owner);
    await this.keys.revokeAllOf(subscriber);
    // What was made between the two.
    await this.webhooks.endpoints.removeAllOf(owner);
  }
}
