import { Controller, Delete, Get, HttpCode, Inject, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Keys, Principal } from '#access';
import { Problem } from '#platform';
import { ownerOfSubscriber, type Subscriber, type Webhooks } from '#webhooks';
import { SubscriberKeys, WEBHOOKS } from '../../ground/index.js';
import { Allow, Asker } from '../access/permission.decorator.js';
import { IdPipe } from '../letters/id.pipe.js';
import { KEYS } from '../tokens.js';
import { ForSubscribers } from '../webhooks/for-subscribers.decorator.js';
import { OWN_SUBSCRIBER_EXAMPLE, SUBSCRIBERS_EXAMPLE } from './examples.js';

@ApiTags('Webhooks')
@Controller('v1/subscribers')
export class SubscribersController {
  constructor(
    @Inject(WEBHOOKS) private readonly webhooks: Webhooks,
    @Inject(KEYS) private readonly keys: Keys,
    @Inject(SubscriberKeys) private readonly subscriberKeys: SubscriberKeys,
  ) {}

  @Get('me')
  @ForSubscribers()
  @ApiOperation({ summary: 'Your address, and the keys that belong to it' })
  @ApiOkResponse({ example: OWN_SUBSCRIBER_EXAMPLE })
  async me(@Asker() asker: Principal): Promise<{ id: string; email: string | null; keys: { id: string; createdAt: string }[] }> {
    const id = subscriberOf(asker);
    const [email, keys] = await Promise.all([this.webhooks.subscribers.addressOf(ownerOfSubscriber(id)), this.keys.list({ subscriber: id })]);
    return { id, email, keys: keys.filter(({ revokedAt }) => revokedAt === null).map(({ id: key, createdAt }) => ({ id: key, createdAt })) };
  }

  @Delete('me')
  @HttpCode(204)
  @ForSubscribers()
  @ApiOperation({ summary: 'Be forgotten: your address, your endpoints with their logs, and all your keys' })
  @ApiNoContentResponse()
  async leave(@Asker() asker: Principal): Promise<void> {
    await this.subscriberKeys.erase(subscriberOf(asker));
  }

  @Delete('me/keys/:key')
  @HttpCode(204)
  @ForSubscribers()
  @ApiOperation({ summary: 'Put one of your keys out of use' })
  @ApiNoContentResponse()
  async revoke(@Param('key') key: string, @Asker() asker: Principal): Promise<void> {
    const own = await this.keys.list({ subscriber: subscriberOf(asker) });
    if (!own.some(({ id }) => id === key) || !(await this.keys.revoke(key))) throw new Problem(404, 'unknown-key', 'There is no such key of yours in use. GET /v1/subscribers/me lists them.');
  }

  @Get()
  @Allow('administer')
  @ApiOperation({ summary: 'Everybody who has a key by an e-mail address' })
  @ApiOkResponse({ example: SUBSCRIBERS_EXAMPLE })
  async list(): Promise<{ items: Subscriber[] }> {
    return { items: await this.webhooks.subscribers.list() };
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('administer')
  @ApiOperation({ summary: 'Erase a subscriber: address, endpoints with their logs, keys', description: 'Asked again, it completes what was interrupted.' })
  @ApiNoContentResponse()
  async erase(@Param('id', IdPipe) id: string): Promise<void> {
    const known = await this.webhooks.subscribers.addressOf(ownerOfSubscriber(id));
    if (known === null && (await this.keys.list({ subscriber: id })).length === 0) throw new Problem(404, 'unknown-subscriber', 'There is no such subscriber. GET /v1/subscribers lists them.');
    await this.subscriberKeys.erase(id);
  }
}

const subscriberOf = ({ subscriber }: Principal): string => {
  if (subscriber !== undefined) return subscriber;
  throw new Problem(404, 'no-subscriber', 'This key belongs to no e-mail address: it was given out by hand.');
};
